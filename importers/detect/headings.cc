#include "importers/detect/headings.h"

#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

// "Relations with the Federal Republic": the party at an item hangs on a preposition, and so is no subject.
bool is_governed(const Sentence& sentence, std::size_t item) {
  while (item > 0 && (sentence.items[item].kind == ItemKind::actor || sentence.items[item].kind == ItemKind::determiner ||
                      sentence.items[item].kind == ItemKind::conjunction))
    --item;
  return sentence.items[item].kind == ItemKind::preposition;
}

// "Relations Interrupted": a participle that has lost its auxiliary, unless something follows that it acts on.
void restore_passives(const TextView& view, Sentence& sentence) {
  for (std::size_t i = 1; i < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::verb) continue;
    VerbGroup& verb = sentence.verbs[sentence.items[i].index];
    if (!verb.finite || verb.passive || verb.copula || verb.end != verb.begin + 1 || !view.tables->verb_form(verb.main_word).participle) continue;
    const ItemKind next = i + 1 < sentence.items.size() ? sentence.items[i + 1].kind : ItemKind::stop;
    const bool acts = next == ItemKind::actor || next == ItemKind::noun || next == ItemKind::determiner || next == ItemKind::word || next == ItemKind::number;
    verb.passive = !acts && (sentence.items[i - 1].kind != ItemKind::actor || is_governed(sentence, i - 1));
  }
}

// "... and the Legation in Serbia": the state beside those of the title that the heading names is the other side.
void take_named(const TextView& view, const Sentence& sentence, const Cast& cast, Draft& draft) {
  const auto is_topic = [&](PartyIndex party) { return std::find(cast.topic().begin(), cast.topic().end(), party) != cast.topic().end(); };
  std::vector<PartyIndex> told;
  for (const Taking& taking : draft.takings) told.insert(told.end(), taking.who.parties.begin(), taking.who.parties.end());
  // What is told of the state that the whole text is written by is told of its partner.
  const bool open = told.empty() || (told.size() == 1 && !cast.topic().empty() && told[0] == cast.topic()[0]);
  if (!open) return;
  for (const ActorMention& actor : sentence.actors) {
    if (actor.kind != ActorKind::party || actor.ministry || actor.parties.size() != 1 || is_topic(actor.parties[0])) continue;
    if (view.tables->parties[actor.parties[0]].kind != graph::EntityKind::country) continue;
    draft.takings.push_back({Part::participant, Slot::with, Meant{{actor.parties[0]}, {}, {}, {}}, false});
    return;
  }
}

}  // namespace

std::vector<Draft> read_heading(TextView& view, Sentence& sentence, std::uint32_t index, Cast& cast) {
  std::vector<Draft> told;
  if (sentence.dates.empty()) return told;
  restore_passives(view, sentence);
  for (Draft& draft : SentenceEvents(view, sentence, index, cast, nullptr).run()) {
    if (draft.type != graph::EventType::relations || !draft.sets.stage) continue;
    if (!draft.date && sentence.dates.size() == 1) draft.date = sentence.dates[0];
    if (!draft.date) continue;
    take_named(view, sentence, cast, draft);
    if (draft.takings.empty() && cast.topic().size() != 2 && cast.own() == kNoParty) continue;
    told.push_back(std::move(draft));
  }
  return told;
}

}  // namespace entente::importers
