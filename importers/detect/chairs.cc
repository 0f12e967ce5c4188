// Who led a talk that another sentence tells, and where a forum will be, told behind it.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "The sitting was co-chaired by A and B", "A and B co-chaired the proceedings": the chairs of the talk told last.
void SentenceEvents::read_chairs(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  // "State Secretary A, who was in the chair"
  const bool in_the_chair = group.copula && group.end + 2 < sentence_.end && word(group.end) == "in" && word(group.end + 1) == "the" && word(group.end + 2) == "chair";
  // "The co-chairs were A and B"
  const bool names_chairs = group.copula && group.begin > sentence_.begin && view_.info(group.begin - 1).is(WordClass::chairing);
  const bool chairs = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::chair;
  if ((!chairs && !in_the_chair && !names_chairs) || is_no_fact(group)) return;
  if (item > 0 && clause_.names_delegation(item - 1)) return;  // read_delegation
  const Arguments arguments = clause_.of_verb(item);
  for (const Argument& a : arguments.all) {
    const Item& here = sentence_.items[a.item];
    if (a.slot == Slot::object && clause_.is_event_noun(a.item) && !(here.kind == ItemKind::forum && sentence_.forums[here.index].generic)) return;
    if (a.slot == Slot::subject && clause_.is_event_noun(a.item)) return;
  }
  // "the session which was chaired by A": of what is named in the sentence, and read with it.
  if (chairs && std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& here) { return here.kind == ItemKind::forum && !sentence_.forums[here.index].generic; })) return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "talk.chairs";
  draft.joins_last = true;
  const Slot leader = names_chairs ? Slot::object : group.passive ? Slot::by : Slot::subject;
  for (const Argument& a : arguments.all)
    if (a.slot == leader && sentence_.items[a.item].kind == ItemKind::actor && is_person(a.item)) take_one(draft, Part::chair, Slot::subject, a.item);
  // "A chaired it for the Union and B for Brazil": the verb of the second is left out
  for (std::uint32_t i = item + 1; leader == Slot::subject && i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind == ItemKind::verb || sentence_.items[i].kind == ItemKind::relative || sentence_.items[i].kind == ItemKind::stop) break;
    const bool joined = sentence_.items[i - 1].kind == ItemKind::conjunction || (sentence_.items[i - 1].kind == ItemKind::determiner && sentence_.items[i - 2].kind == ItemKind::conjunction);
    if (joined && clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::person && word(sentence_.items[i + 1].begin) == "for" && clause_.is_actor(i + 2) && clause_.actor(i + 2).kind == ActorKind::party) take_one(draft, Part::chair, Slot::subject, i);
  }
  // "was co-chaired by A and B": by the states alone
  const bool person_named = std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& here) { return here.kind == ItemKind::actor && !sentence_.actors[here.index].persons.empty(); });
  for (const Argument& a : arguments.all)
    if (a.slot == leader && group.passive && !person_named && is_state(a.item)) take_one(draft, Part::chair, Slot::subject, a.item);
  // "A and, on behalf of the Community, B acted as co-chairs": what stands between the two governs neither.
  if (leader == Slot::subject && !draft.takings.empty() && !in_the_chair && sentence_.verbs[0].begin >= group.begin)
    for (std::uint32_t i = 0; i < item; ++i) {
      if (!clause_.is_actor(i) || clause_.actor(i).kind != ActorKind::person) continue;
      const std::uint32_t ahead = i > 1 && sentence_.items[i - 1].kind == ItemKind::determiner ? i - 1 : i;
      const bool governed = ahead > 0 && sentence_.items[ahead - 1].kind == ItemKind::preposition;
      const bool known = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.item == i; });
      if (!governed && !known) take_one(draft, Part::chair, Slot::subject, i);
    }
  // "The ceremony was chaired by A and B": they were at the act that was told
  if (group.passive && group.begin > sentence_.begin && view_.info(group.begin - 1).is(WordClass::ceremony)) {
    draft.rule = "talk.present";
    for (Taking& taking : draft.takings) taking.part = Part::participant;
  }
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "with Minister A presiding", "A and B in the chair", "with A and B as co-chairs": chairs named beside the gathering.
void SentenceEvents::take_presiding(Draft& draft) {
  for (std::uint32_t i = 0; i + 1 < sentence_.items.size(); ++i) {
    const bool both = clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::both && clause_.actor(i).level;  // "with the two Ministers as co-chairs"
    if (!clause_.is_actor(i) || (clause_.actor(i).kind != ActorKind::person && !both)) continue;
    std::uint32_t next = i + 1;
    if (sentence_.items[next].kind == ItemKind::comma) ++next;
    if (next >= sentence_.items.size()) return;
    const Item& here = sentence_.items[next];
    const bool presiding = here.kind == ItemKind::verb && verb(next).gerund && verb(next).main != kNoVerb && view_.tables->verbs[verb(next).main].kind == VerbKind::chair;
    const bool linked = here.kind == ItemKind::preposition && (word(here.begin) == "in" || word(here.begin) == "as");
    bool chair = false;
    for (std::uint32_t at = next + 1; linked && at < sentence_.items.size() && at < next + 3; ++at) chair = chair || (sentence_.items[at].kind != ItemKind::actor && view_.info(sentence_.items[at].end - 1).is(WordClass::chairing));
    if (!presiding && !chair) continue;
    if (both) {
      take_one(draft, Part::chair, Slot::by, i);
      continue;
    }
    for (std::uint32_t back = i + 1; back-- > 0;) {
      const ItemKind kind = sentence_.items[back].kind;
      if (kind == ItemKind::actor && clause_.actor(back).kind == ActorKind::person) take_one(draft, Part::chair, Slot::by, back);
      else if (kind != ItemKind::conjunction && kind != ItemKind::comma && kind != ItemKind::determiner) break;
    }
  }
}

// "Co-chairs: A, Undersecretary of B; C, Undersecretary of D": a line that says who led what was told before.
void SentenceEvents::read_label() {
  if (sentence_.items.size() < 3 || sentence_.verbs.size() > 1) return;
  std::uint32_t colon = 0;
  while (colon < 4 && colon < sentence_.items.size() && !(sentence_.items[colon].kind == ItemKind::stop && view_.raw(sentence_.items[colon].begin, sentence_.items[colon].end) == ":")) ++colon;
  if (colon == 0 || colon >= 4 || colon + 1 >= sentence_.items.size()) return;
  // "Co-chairs:" may be read as a verb; behind the colon stands none.
  for (std::uint32_t i = colon; i < sentence_.items.size(); ++i)
    if (sentence_.items[i].kind == ItemKind::verb) return;
  bool chairs = false;
  bool present = false;
  bool signers = false;
  for (std::uint32_t t = sentence_.begin; t < sentence_.items[colon].begin; ++t) {
    chairs = chairs || view_.info(t).is(WordClass::chairing);
    present = present || view_.info(t).is(WordClass::attendance);
    signers = signers || view_.info(t).is(WordClass::signatory);
  }
  if (signers && !chairs) {
    // "Signatories: Minister A; Secretary-General B"
    Draft paper = signers_at(0, static_cast<std::uint32_t>(sentence_.items.size()));
    for (std::uint32_t i = colon + 1; i < sentence_.items.size(); ++i)
      if (clause_.is_actor(i) && is_person(i) && clause_.actor(i).kind != ActorKind::name) take_one(paper, Part::signatory, Slot::by, i);
    if (!paper.takings.empty()) drafts_.push_back(std::move(paper));
    return;
  }
  if (!chairs && !present) return;
  Draft draft = draft_at(0, static_cast<std::uint32_t>(sentence_.items.size()));
  draft.rule = chairs ? "talk.chairs" : "talk.present";
  draft.joins_last = true;
  for (std::uint32_t i = colon + 1; i < sentence_.items.size(); ++i)
    if (clause_.is_actor(i) && (is_person(i) || (present && clause_.actor(i).kind == ActorKind::party && !clause_.actor(i).possessive))) take_one(draft, chairs ? Part::chair : Part::participant, Slot::subject, i);
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "Minister A was the host": of the talk told last.
void SentenceEvents::read_host(std::uint32_t item) {
  if (!verb(item).copula || is_no_fact(verb(item))) return;
  std::uint32_t at = item + 1;
  if (at < sentence_.items.size() && sentence_.items[at].kind == ItemKind::determiner) ++at;
  if (at >= sentence_.items.size() || word(sentence_.items[at].end - 1) != "host") return;
  const Arguments arguments = clause_.of_verb(item);
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "talk.host";
  draft.joins_last = true;
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::subject && sentence_.items[a.item].kind == ItemKind::actor) take_one(draft, Part::host, Slot::subject, a.item);
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "The State Secretary read to her a protest of four pages": whoever of ours speaks to the envoy who was summoned was there.
void SentenceEvents::read_addressing(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (!cast_.summon_told() || !group.finite || group.copula || group.negated || group.main == kNoVerb) return;
  // "the Director summoned him": tells the summons itself.
  if (std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& draft) { return draft.type == graph::EventType::summon && draft.begin < group.end && group.begin < draft.end; })) return;
  const Arguments& arguments = clause_.of_verb(item);
  Meant speaker;
  Meant addressed;
  for (const Argument& a : arguments.all) {
    if (!clause_.is_actor(a.item)) continue;
    const ActorKind kind = clause_.actor(a.item).kind;
    if (a.slot == Slot::subject && kind == ActorKind::person) speaker = meant_of(a.item);
    const bool named = kind == ActorKind::person || kind == ActorKind::pronoun || kind == ActorKind::post;
    if ((a.slot == Slot::object || a.slot == Slot::to || a.slot == Slot::with) && named && addressed.empty()) addressed = meant_of(a.item);
  }
  if (speaker.persons.empty() || addressed.empty()) return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "summon.addressed";
  draft.joins_last = true;
  draft.takings.push_back({Part::participant, Slot::subject, std::move(speaker), false});
  draft.takings.push_back({Part::none, Slot::to, std::move(addressed), false});
  drafts_.push_back(std::move(draft));
}

// "was called in to the Ministry, where he was received by Director A": who received the envoy there is of the summons.
void SentenceEvents::take_reception_into_summons() {
  const auto summons = std::find_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.type == graph::EventType::summon && !d.joins_last; });
  if (summons == drafts_.end()) return;
  const auto in_it = [&](const Meant& who) {
    return !who.persons.empty() && std::any_of(summons->takings.begin(), summons->takings.end(), [&](const Taking& t) { return t.who.persons == who.persons; });
  };
  const auto there = std::find_if(summons + 1, drafts_.end(), [&](const Draft& d) {
    const bool where = std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) { return item.kind == ItemKind::relative && word(item.begin) == "where" && item.begin > summons->begin && item.begin < d.end; });
    return d.type == graph::EventType::meeting && !d.joins_last && where && std::any_of(d.takings.begin(), d.takings.end(), [&](const Taking& t) { return in_it(t.who); });
  });
  if (there == drafts_.end()) return;
  for (const Taking& taking : there->takings)
    if (!in_it(taking.who)) summons->takings.push_back({Part::host, Slot::by, taking.who, false});
  drafts_.erase(there);
}

// "During the visit, the Minister will", "Within the framework of her stay": at the time of the visit told before.
bool SentenceEvents::is_within_visit() const {
  if (sentence_.items.empty()) return false;
  std::size_t i = 0;
  while (i < sentence_.items.size() && i < 4 && (sentence_.items[i].kind == ItemKind::number || sentence_.items[i].kind == ItemKind::stop)) ++i;  // "2."
  if (i >= sentence_.items.size() || sentence_.items[i].kind != ItemKind::preposition) return false;
  const Word first = word(sentence_.items[i].begin);
  if (first != "during" && first != "within" && first != "in" && first != "as" && first != "on") return false;
  bool known = false;
  for (++i; i < sentence_.items.size() && i < 12; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::noun)
      return known && view_.tables->nouns[sentence_.nouns[here.index].noun].type == graph::EventType::visit;
    if (here.kind == ItemKind::determiner) known = word(here.begin) != "a" && word(here.begin) != "an";
    else if (here.kind != ItemKind::preposition && here.kind != ItemKind::word) return false;
  }
  return false;
}

// "... the 48th Summit in May, with the Philippines as host", "Tonga being the host": who receives a meeting, told at its end.
void SentenceEvents::take_later_host(Draft& draft, std::uint32_t item) {
  for (std::uint32_t i = item + 1; i + 2 < sentence_.items.size(); ++i) {
    // "the Forum, whose host is A"
    if (word(sentence_.items[i].end - 1) == "host" && sentence_.items[i + 1].kind == ItemKind::verb && verb(i + 1).copula) {
      const std::uint32_t named = sentence_.items[i + 2].kind == ItemKind::determiner ? i + 3 : i + 2;
      if (named < sentence_.items.size() && clause_.is_actor(named) && is_state(named)) take_one(draft, Part::host, Slot::with, named);
      return;
    }
    if (!clause_.is_actor(i)) continue;
    const Item& link = sentence_.items[i + 1];
    // "the Summit, of which A is the host"
    const bool is_the_host = link.kind == ItemKind::verb && verb(i + 1).copula && i > item + 1 && sentence_.items[i - 1].kind == ItemKind::relative;
    const bool is_host = link.kind == ItemKind::verb && verb(i + 1).gerund && !verb(i + 1).finite;
    if (!is_host && !is_the_host && word(link.begin) != "as") continue;
    const std::uint32_t host = sentence_.items[i + 2].kind == ItemKind::determiner ? i + 3 : i + 2;
    if (host >= sentence_.items.size() || word(sentence_.items[host].end - 1) != "host") continue;
    if (clause_.actor(i).kind == ActorKind::party) take_one(draft, Part::host, Slot::with, i);
    return;
  }
}

}  // namespace entente::importers
