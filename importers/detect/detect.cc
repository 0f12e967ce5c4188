#include "importers/detect/detect.h"

#include <algorithm>

#include "importers/detect/headings.h"
#include "importers/detect/sentence_events.h"

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

// What a list under "... the following Ambassadors:" says of each of its items: who comes to the one that receives.
std::optional<Part> part_of_item(const Draft& draft) {
  using graph::EventType;
  if (draft.type == EventType::accreditation || draft.type == EventType::courtesy_call) return Part::guest;
  if (draft.type == EventType::meeting || draft.type == EventType::call) return Part::participant;
  return std::nullopt;
}

constexpr std::uint32_t kListItemsMax = 200;

class Lists {
 public:
  Lists(const TextView& view, const Cast& cast) : view_(view), cast_(cast) {}

  // Replaces the last draft of a sentence that ends in ":" by one for each item of the list under it.
  void expand(std::uint32_t sentence, std::vector<Draft>& drafts) const {
    const Sentence& head = view_.sentences[sentence];
    if (drafts.empty() || head.end == head.begin || view_.raw(head.end - 1, head.end) != ":") return;
    const Draft pattern = drafts.back();
    const auto part = part_of_item(pattern);
    if (!part || pattern.sentence != sentence) return;
    std::vector<Draft> items;
    for (std::uint32_t i = sentence + 1; i < view_.sentences.size() && i <= sentence + kListItemsMax; ++i) {
      auto item = read_item(i, pattern, *part);
      if (!item) break;
      items.push_back(std::move(*item));
    }
    if (items.empty()) return;
    drafts.pop_back();
    drafts.insert(drafts.end(), items.begin(), items.end());
  }

 private:
  // "– Ms. A, Ambassador of B;": a person or post of one country and no verb of its own.
  std::optional<Draft> read_item(std::uint32_t index, const Draft& pattern, Part part) const {
    const Sentence& line = view_.sentences[index];
    if (line.heading || line.items.empty()) return std::nullopt;
    for (const VerbGroup& verb : line.verbs)
      if (verb.finite) return std::nullopt;
    Draft item = pattern;
    item.takings.clear();
    for (const Taking& taking : pattern.takings)
      if (taking.part != part || !taking.who.persons.empty()) item.takings.push_back(taking);
    bool found = false;
    for (const ActorMention& actor : line.actors) {
      if (actor.kind != ActorKind::person && actor.kind != ActorKind::post) continue;
      Meant who = cast_.meant(actor);
      if (who.parties.empty()) continue;
      item.takings.push_back({part, Slot::object, std::move(who), false});
      found = true;
      break;
    }
    if (!found) return std::nullopt;
    item.sentence = index;
    item.begin = line.begin;
    item.end = line.end;
    if (!line.dates.empty()) item.date = line.dates[0];
    return item;
  }

  const TextView& view_;
  const Cast& cast_;
};

}  // namespace

std::vector<Draft> detect_events(TextView& view, Cast& cast, const std::vector<Entry>& entries) {
  std::vector<Draft> drafts;
  auto entry = entries.begin();
  for (std::uint32_t i = 0; i < view.sentences.size(); ++i) {
    while (entry != entries.end() && i >= entry->last) ++entry;
    const bool inside = entry != entries.end() && i >= entry->first;
    if (inside && i == entry->first && entry->traveller && entry->whence != kNoParty && cast.persons()[*entry->traveller].of == kNoParty)
      cast.person(*entry->traveller).of = entry->whence;
    if (inside && i == entry->first && entry->traveller)
      if (auto visit = journey(cast, *entry)) drafts.push_back(std::move(*visit));
    Sentence& sentence = view.sentences[i];
    if (sentence.items.empty()) continue;
    if (sentence.heading) {
      if (i > 0 && !inside)
        for (Draft& draft : read_heading(view, sentence, i, cast)) drafts.push_back(std::move(draft));
      continue;
    }
    for (Draft& draft : SentenceEvents(view, sentence, i, cast, inside ? &*entry : nullptr).run()) drafts.push_back(std::move(draft));
    Lists(view, cast).expand(i, drafts);
  }
  return drafts;
}

}  // namespace entente::importers
