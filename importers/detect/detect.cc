#include "importers/detect/detect.h"

#include <algorithm>

#include "importers/detect/headings.h"
#include "importers/detect/lists.h"
#include "importers/detect/sentence_events.h"
#include "importers/detect/verb_final.h"

namespace entente::importers {
namespace {

// The journey that the heading of an entry tells, unless the traveller was at home.
std::optional<Draft> journey(const Cast& cast, const Entry& entry) {
  const PartyIndex home = cast.persons()[*entry.traveller].of == kNoParty ? cast.own() : cast.persons()[*entry.traveller].of;
  if (std::find(entry.countries.begin(), entry.countries.end(), home) != entry.countries.end()) return std::nullopt;
  Draft draft;
  draft.type = graph::EventType::visit;
  draft.rule = "visit.entry";
  draft.home = entry.countries[0];
  draft.entry_date = true;
  draft.sentence = entry.first;
  draft.begin = entry.heading_begin;
  draft.end = entry.heading_end;
  draft.date = entry.date;
  draft.city = entry.city;
  draft.place_country = entry.countries[0];
  Meant traveller;
  traveller.persons = {*entry.traveller};
  if (home != kNoParty) traveller.parties = {home};
  traveller.level = cast.persons()[*entry.traveller].level;
  Meant host;
  host.parties = entry.countries;
  draft.takings.push_back({Part::guest, Slot::subject, std::move(traveller)});
  draft.takings.push_back({Part::host, Slot::to, std::move(host)});
  return draft;
}

// "Switzerland – Viet Nam", or a country alone in a bulletin by countries: whom the lines under the heading are about.
std::vector<PartyIndex> named_pair(const TextView& view, const Sentence& sentence, const Cast& cast) {
  std::vector<PartyIndex> named;
  for (const Item& item : sentence.items) {
    if (item.kind == ItemKind::actor) {
      const ActorMention& actor = sentence.actors[item.index];
      if (actor.kind != ActorKind::party || actor.ministry || actor.parties.size() != 1 || view.tables->parties[actor.parties[0]].kind == graph::EntityKind::region) return {};
      named.push_back(actor.parties[0]);
    } else if (item.kind != ItemKind::stop && item.kind != ItemKind::conjunction && item.kind != ItemKind::comma && item.kind != ItemKind::number && item.kind != ItemKind::determiner &&
               !(item.kind == ItemKind::word && item.end == item.begin + 1 && !view.tokens[item.begin].letters)) {
      return {};
    }
  }
  if (named.size() == 1 && cast.own() != kNoParty && named[0] != cast.own()) named.push_back(cast.own());
  if (named.size() != 2 || named[0] == named[1]) named.clear();
  return named;
}

// "9.30 a.m. Meeting with the Minister of A": a line of a schedule has no stop at its end, and is no heading for that.
bool is_schedule_line(const Sentence& line) { return !line.nouns.empty() && line.verbs.empty(); }

// "Will the President travel to China?" asserts nothing, but for what it dates in passing.
bool is_question(const TextView& view, const Sentence& sentence) { return sentence.end > sentence.begin && view.raw(sentence.end - 1, sentence.end) == "?"; }

}  // namespace

std::vector<Draft> detect_events(TextView& view, Cast& cast, const std::vector<Entry>& entries, std::vector<SetAside>* set_aside) {
  std::vector<Draft> drafts;
  auto entry = entries.begin();
  for (std::uint32_t i = 0; i < view.sentences.size(); ++i) {
    while (entry != entries.end() && i >= entry->last) ++entry;
    const bool inside = entry != entries.end() && i >= entry->first;
    if (inside && i == entry->first && entry->traveller && entry->whence != kNoParty && cast.persons()[*entry->traveller].of == kNoParty)
      cast.person(*entry->traveller).of = entry->whence;
    if (inside && i == entry->first && entry->traveller) cast.saw_person(*entry->traveller);
    if (inside && i == entry->first && entry->traveller)
      if (auto visit = journey(cast, *entry)) drafts.push_back(std::move(*visit));
    Sentence& sentence = view.sentences[i];
    if (sentence.items.empty()) continue;
    if (view.tables->traits.particles) {
      if (sentence.heading) continue;
      for (Draft& draft : verb_final_events(view, sentence, i, cast)) drafts.push_back(std::move(draft));
      continue;
    }
    if (sentence.heading && !(inside && i > entry->first && is_schedule_line(sentence))) {
      if (const auto pair = named_pair(view, sentence, cast); i > 0 && !pair.empty()) cast.turn_to(pair);
      if (i > 0 && !inside)
        for (Draft& draft : read_heading(view, sentence, i, cast)) drafts.push_back(std::move(draft));
      continue;
    }
    const bool asked = is_question(view, sentence);
    for (Draft& draft : SentenceEvents(view, sentence, i, cast, inside ? &*entry : nullptr, set_aside).run())
      if (!asked || draft.date) drafts.push_back(std::move(draft));
    expand_list(view, cast, i, drafts);
  }
  return drafts;
}

}  // namespace entente::importers
