// Letters that a sentence opens with: "In a message sent to her Chilean colleague, the Minister expressed her condolences".
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kOpeningItems = 6;   // from "In" to the noun
constexpr std::uint32_t kAddressItems = 12;  // from the noun to whom it is addressed

}  // namespace

// "handed Minister A a letter of President B addressed to Prime Minister C": it is for whom it is addressed to.
void SentenceEvents::take_addressed(Draft& draft, std::uint32_t verb_item) {
  for (std::uint32_t i = verb_item + 1; i + 2 < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return;
    if (kind != ItemKind::verb) continue;
    if (verb(i).finite && !verb(i).bare_participle) return;
    if (verb(i).main == kNoVerb || view_.tables->verbs[verb(i).main].lemma != "address" || word(sentence_.items[i + 1].begin) != "to") continue;
    const std::uint32_t whom = sentence_.items[i + 2].kind == ItemKind::determiner && i + 3 < sentence_.items.size() ? i + 3 : i + 2;
    if (!clause_.is_actor(whom) || !is_person(whom)) return;
    std::vector<PartyIndex> side;
    for (const Taking& taking : draft.takings)
      if (taking.part == Part::recipient) side = taking.who.parties;
    std::erase_if(draft.takings, [](const Taking& taking) { return taking.part == Part::recipient; });
    const Meant who = meant_of(whom);
    for (const std::uint32_t person : who.persons)
      if (cast_.persons()[person].of == kNoParty && side.size() == 1) cast_.person(person).of = side[0];
    take_one(draft, Part::recipient, Slot::to, whom);
    // "by the Minister of Foreign Affairs of B, C": who wrote it is not who brings it
    for (std::uint32_t at = whom + 1; at + 1 < sentence_.items.size() && sentence_.items[at].kind != ItemKind::verb; ++at) {
      if (sentence_.items[at].kind != ItemKind::preposition || (word(sentence_.items[at].begin) != "by" && word(sentence_.items[at].begin) != "from")) continue;
      const std::uint32_t writer = sentence_.items[at + 1].kind == ItemKind::determiner && at + 2 < sentence_.items.size() ? at + 2 : at + 1;
      if (!clause_.is_actor(writer) || !is_person(writer)) return;
      for (Taking& taking : draft.takings)
        if (taking.part == Part::sender) taking.who.persons.clear();
      take_one(draft, Part::sender, Slot::from, writer);
      return;
    }
    return;
  }
}

// The stance that the words of the main clause give to a letter: "expressed condolences", "congratulated".
std::optional<graph::Stance> SentenceEvents::stance_behind(std::uint32_t item) const {
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::noun) {
      const EventNoun& noun = view_.tables->nouns[sentence_.nouns[here.index].noun];
      if (noun.sets.stance) return noun.sets.stance;
    }
    if (here.kind != ItemKind::verb || verb(i).main == kNoVerb || is_no_fact(verb(i))) continue;
    for (const Frame& frame : view_.tables->frames[verb(i).main])
      if (frame.sets.stance && frame.particle.empty() && (frame.object == ObjectNeed::person || frame.object == ObjectNeed::any)) return frame.sets.stance;
  }
  return std::nullopt;
}

// False where the sentence does not open with the letter, or says neither who writes nor to whom.
bool SentenceEvents::take_letter(Draft& draft, std::uint32_t item) {
  if (draft.type != graph::EventType::message || item > kOpeningItems || sentence_.items[0].kind != ItemKind::preposition) return false;
  const Word opening = word(sentence_.items[0].begin);
  if (opening != "in" && opening != "through" && opening != "by" && opening != "with") return false;
  for (std::uint32_t i = 1; i < item; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind != ItemKind::determiner && kind != ItemKind::word && kind != ItemKind::adverb && kind != ItemKind::number) return false;
  }
  // Who is addressed: behind the "to" that follows the noun or its participle.
  std::uint32_t to = item + 1;
  while (to < sentence_.items.size() && to < item + kAddressItems && !(sentence_.items[to].kind == ItemKind::preposition && word(sentence_.items[to].begin) == "to")) {
    if (sentence_.items[to].kind == ItemKind::comma || sentence_.items[to].kind == ItemKind::actor) return false;
    ++to;
  }
  if (to >= sentence_.items.size() || to >= item + kAddressItems) return false;
  std::uint32_t main = kNone;  // the verb of the clause behind
  for (std::uint32_t i = to + 1; i < sentence_.items.size() && main == kNone; ++i)
    if (sentence_.items[i].kind == ItemKind::verb && verb(i).finite && !verb(i).passive) {
      const bool of_relative = [&] {
        for (std::uint32_t at = i; at-- > to;)
          if (sentence_.items[at].kind == ItemKind::relative) return true;
          else if (sentence_.items[at].kind == ItemKind::comma) return false;
        return false;
      }();
      if (!of_relative) main = i;
    }
  if (main == kNone || is_no_fact(verb(main))) return false;
  std::vector<std::uint32_t> senders;
  for (const Argument& a : clause_.of_verb(main).all)
    if (a.slot == Slot::subject && clause_.is_actor(a.item) && a.item > to) senders.push_back(a.item);
  if (senders.empty()) return false;
  draft.takings.clear();
  for (std::uint32_t i = to + 1; i < senders.front(); ++i)
    if (clause_.is_actor(i) && clause_.actor(i).kind != ActorKind::adjective) take_one(draft, Part::recipient, Slot::to, i);
  for (const std::uint32_t sender : senders) take_one(draft, Part::sender, Slot::subject, sender);
  if (const auto stance = stance_behind(main == 0 ? 0 : main - 1); stance && !draft.sets.stance) draft.sets.stance = stance;
  take_status(draft, verb(main));
  take_time_and_place(draft, clause_.of_verb(main), item);
  draft.background = false;
  draft.anaphoric = false;
  draft.confidence = 0.85;
  return true;
}

// "The President, in a message to his colleague, called it a bridge", "noted in his telegram that ...": a letter told of beside what
// is said in it. False where it is none.
bool SentenceEvents::take_letter_inside(Draft& draft, std::uint32_t item) {
  if (draft.type != graph::EventType::message) return false;
  std::uint32_t in = item;
  const auto describes = [](ItemKind kind) { return kind == ItemKind::determiner || kind == ItemKind::word || kind == ItemKind::adverb || kind == ItemKind::number; };
  while (in > 0 && describes(sentence_.items[in - 1].kind)) --in;
  if (in < 2 || sentence_.items[in - 1].kind != ItemKind::preposition || word(sentence_.items[in - 1].begin) != "in") return false;
  --in;
  std::uint32_t main = kNone;
  if (sentence_.items[in - 1].kind == ItemKind::verb) {
    const VerbId told = verb(in - 1).main;
    if (told != kNoVerb && view_.tables->verbs[told].kind == VerbKind::report) main = in - 1;
  } else if (sentence_.items[in - 1].kind == ItemKind::comma) {
    for (std::uint32_t i = item + 1; i < sentence_.items.size() && main == kNone; ++i)
      if (sentence_.items[i].kind == ItemKind::verb && sentence_.items[i - 1].kind == ItemKind::comma) main = i;
  }
  if (main == kNone || !verb(main).finite || verb(main).passive || is_no_fact(verb(main))) return false;
  std::vector<std::uint32_t> senders;
  for (const Argument& a : clause_.of_verb(main).all)
    if (a.slot == Slot::subject && clause_.is_actor(a.item) && a.item < in) senders.push_back(a.item);
  if (senders.empty()) return false;
  draft.takings.clear();
  if (item + 2 < sentence_.items.size() && sentence_.items[item + 1].kind == ItemKind::preposition && word(sentence_.items[item + 1].begin) == "to")
    for (std::uint32_t i = item + 2; i < sentence_.items.size() && (clause_.is_actor(i) || sentence_.items[i].kind == ItemKind::determiner); ++i)
      if (clause_.is_actor(i) && clause_.actor(i).kind != ActorKind::adjective) take_one(draft, Part::recipient, Slot::to, i);
  for (const std::uint32_t sender : senders) take_one(draft, Part::sender, Slot::subject, sender);
  take_status(draft, verb(main));
  draft.background = false;
  draft.anaphoric = false;
  draft.confidence = 0.85;
  return true;
}

}  // namespace entente::importers
