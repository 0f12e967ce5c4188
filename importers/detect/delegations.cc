// Delegations, those who lead them, and whose side they stand for.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

// "under the chairmanship of A and B": who led the meeting.
void SentenceEvents::take_chairs(Draft& draft) {
  for (std::uint32_t i = 0; i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::preposition || word(sentence_.items[i].begin) != "under") continue;
    std::uint32_t at = i + 1;
    while (at < sentence_.items.size() && at < i + 5 && !view_.info(sentence_.items[at].end - 1).is(WordClass::chairing)) ++at;
    if (at >= sentence_.items.size() || at >= i + 5) continue;
    // "the seventh meeting of which will be held under their co-chairmanship": those who speak of it
    if (at == i + 2 && sentence_.items[i + 1].kind == ItemKind::determiner && word(sentence_.items[i + 1].begin) == "their" && !(at + 1 < sentence_.items.size() && word(sentence_.items[at + 1].begin) == "of")) {
      const Meant both = cast_.last_event();
      if (both.persons.size() == 2) draft.takings.push_back({Part::chair, Slot::under, both, false});
      continue;
    }
    for (++at; at < sentence_.items.size(); ++at) {
      const ItemKind kind = sentence_.items[at].kind;
      if (kind == ItemKind::actor) take_one(draft, Part::chair, Slot::under, at);
      else if (kind != ItemKind::preposition && kind != ItemKind::conjunction && kind != ItemKind::comma && kind != ItemKind::determiner) break;
    }
  }
  take_those_in_chair(draft);
}

// "was held in A, with B and C in the chair"
void SentenceEvents::take_those_in_chair(Draft& draft) {
  for (std::uint32_t i = 2; i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::preposition || word(sentence_.items[i].begin) != "in" || sentence_.items[i + 1].kind != ItemKind::determiner || word(sentence_.items[i + 2].begin) != "chair") continue;
    std::vector<std::uint32_t> chairs;
    std::uint32_t at = i;
    for (; at-- > 0;) {
      const ItemKind kind = sentence_.items[at].kind;
      if (kind == ItemKind::actor && is_person(at)) chairs.push_back(at);
      else if (kind != ItemKind::conjunction && kind != ItemKind::comma && kind != ItemKind::determiner) break;
    }
    if (at >= sentence_.items.size() || word(sentence_.items[at].begin) != "with") continue;
    for (auto chair = chairs.rbegin(); chair != chairs.rend(); ++chair) take_one(draft, Part::chair, Slot::under, *chair);
  }
}

// "The Indian side was led by A and the Bangladesh side by B": who stood for whom in the talk told before.
void SentenceEvents::read_delegation(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::accompany && group.passive && group.finite && !is_no_fact(group)) {
    // "He was accompanied by Ministers A and B": they came along on the visit told before.
    const Arguments company = clause_.of_verb(item);
    Draft draft = draft_at(company.begin, company.end);
    draft.type = EventType::visit;
    draft.rule = "visit.company";
    draft.joins_last = true;
    // "met with A, who was accompanied by B": in the talk that the sentence tells
    const auto talk = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::meeting && !d.background && d.begin < group.begin; });
    const bool in_talk = talk != drafts_.end() && item > 0 && sentence_.items[item - 1].kind == ItemKind::relative;
    std::uint32_t led = item;  // whom they accompany
    while (in_talk && led > 0 && sentence_.items[led].kind != ItemKind::actor) --led;
    const Meant whose = in_talk && clause_.is_actor(led) ? meant_of(led) : Meant{};
    if (whose.parties.size() == 1)
      for (const Argument& a : company.all)
        if (a.slot == Slot::by && clause_.is_actor(a.item))
          for (const std::uint32_t person : clause_.actor(a.item).persons)
            if (cast_.persons()[person].of == kNoParty) cast_.person(person).of = whose.parties[0];
    for (const Argument& a : company.all)
      if (a.slot == Slot::by && clause_.is_actor(a.item) && is_person(a.item)) take_one(in_talk ? *talk : draft, in_talk ? Part::participant : Part::guest, in_talk ? Slot::among : Slot::subject, a.item);
    if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
    return;
  }
  if (group.main == kNoVerb || is_no_fact(group)) return;
  const VerbKind leading = view_.tables->verbs[group.main].kind;
  // "The delegations were headed by A and by B", "were presided over by": as many as there were sides.
  const bool delegations = (group.passive && item > 0 && are_delegations(item - 1)) || (!group.passive && leads_delegations(item));
  if (leading != VerbKind::attend && !(leading == VerbKind::chair && delegations)) return;
  const Arguments arguments = clause_.of_verb(item);
  PartyIndex side = kNoParty;
  bool led = false;  // the item before was one who led
  bool led_one = false;  // somebody did
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "talk.delegation";
  draft.joins_last = true;
  for (std::uint32_t i = arguments.begin; i < sentence_.items.size(); ++i) {
    const bool chair = i > item + 1 && sentence_.items[i].kind == ItemKind::verb && view_.info(sentence_.items[i].end - 1).is(WordClass::chairing) && !clause_.is_actor(i - 1);  // "by her co-chair"
    if (i > item && sentence_.items[i].kind == ItemKind::verb && verb(i).finite && !chair) break;  // "headed by A, was received by B"
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[sentence_.items[i].index];
    const bool state = actor.kind == ActorKind::party || actor.kind == ActorKind::adjective;
    // "Iceland was represented by its Minister, A"
    const bool represented = group.passive && i < item && view_.tables->verbs[group.main].is(VerbTrait::represents);
    const bool elided = group.passive && actor.possessive && i + 2 == item && sentence_.items[i + 1].kind == ItemKind::possessive;  // "while Latvia's was headed by"
    const bool gapped = group.passive && i > item && led_one && i + 1 < sentence_.items.size() && word(sentence_.items[i + 1].begin) == "by";  // "and Jordan by its Prime Minister"
    if (state && actor.parties.size() == 1 && (represented || gapped || elided || stands_for_side(i))) {
      side = actor.parties[0];
      if (is_as_host(i)) draft.takings.push_back({Part::host, Slot::subject, Meant{{side}, {}, {}, {}}, false});
    }
    // "The Kingdom's side": ours
    if ((actor.kind == ActorKind::side || actor.kind == ActorKind::own) && actor.possessive && i < item && possesses_side(i)) side = cast_.own();
    // "will be led by the Minister of Trade": of what rank
    const bool post_leads = actor.kind == ActorKind::post && actor.post && !actor.post->plural && i > item && side != kNoParty && group.passive;
    if (post_leads && word(sentence_.items[sentence_.items[i - 1].kind == ItemKind::determiner ? i - 2 : i - 1].begin) == "by") {
      const Meant leader = meant_of(i);
      if (leader.level && (leader.parties.empty() || leader.parties[0] == side)) draft.takings.push_back({Part::participant, Slot::subject, Meant{{side}, actor.end - actor.begin == 1 ? leader.persons : std::vector<std::uint32_t>{}, leader.level, {}}, false});
    }
    if (actor.kind != ActorKind::person || actor.persons.empty()) continue;
    const bool behind_and = led && i > 1 && (sentence_.items[i - 1].kind == ItemKind::conjunction || sentence_.items[i - 1].kind == ItemKind::determiner);
    const bool led_by = behind_and || (i > 0 && sentence_.items[i - 1].kind == ItemKind::preposition && word(sentence_.items[i - 1].begin) == "by") ||
                        (i > 1 && sentence_.items[i - 1].kind == ItemKind::determiner && word(sentence_.items[i - 2].begin) == "by");
    // "was led by her co-chair, Undersecretary A"
    const bool by_chair = i > item + 2 && sentence_.items[i - 1].kind == ItemKind::comma && view_.info(sentence_.items[i - 2].end - 1).is(WordClass::chairing) && word(sentence_.items[item + 1].begin) == "by";
    const bool leads = i < item && !group.passive && std::none_of(sentence_.items.begin() + i, sentence_.items.begin() + item, [](const Item& x) { return x.kind == ItemKind::subordinator; });
    led = (led_by || by_chair) && i > item;
    led_one = led_one || led;
    if (!led_by && !leads && !by_chair) continue;
    if (leads) side = side_behind(item);
    if (side == kNoParty && delegations && (led || leads)) {
      take_one(draft, Part::participant, Slot::subject, i);
      continue;
    }
    if (side == kNoParty && led && group.passive && item > 0 && clause_.is_actor(item - 1) && (clause_.actor(item - 1).kind == ActorKind::plural || clause_.actor(item - 1).kind == ActorKind::it)) {
      take_one(draft, Part::participant, Slot::subject, i);  // "They were headed by A and B"
      continue;
    }
    if (side == kNoParty) continue;
    if (cast_.persons()[actor.persons[0]].of == kNoParty) cast_.person(actor.persons[0]).of = side;
    if (cast_.persons()[actor.persons[0]].of == side) take_one(draft, by_chair ? Part::chair : Part::participant, Slot::subject, i);
  }
  if (delegations) part_leaders(draft);
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "with A and B leading their respective delegations": of the two who met, ours first where nothing says whose they are.
void SentenceEvents::part_leaders(Draft& draft) {
  std::vector<PartyIndex> sides = cast_.last_event().parties;
  for (const ForumMention& forum : sentence_.forums)
    if (forum.parties.size() == 2) sides = forum.parties;
  if (sides.size() != 2 || draft.takings.size() != 2 || (sides[0] != cast_.own() && sides[1] != cast_.own())) return;
  for (const Taking& taking : draft.takings)
    if (taking.who.persons.size() != 1 || cast_.persons()[taking.who.persons[0]].of != kNoParty) return;
  const PartyIndex other = sides[0] == cast_.own() ? sides[1] : sides[0];
  cast_.person(draft.takings[1].who.persons[0]).of = other;
  draft.takings[1].who.parties = {other};
}

// "the Kingdom's side", "the Ministry's delegation": what follows the possessive.
bool SentenceEvents::possesses_side(std::uint32_t item) const {
  const std::uint32_t at = sentence_.items[item].end + 1;
  return at < sentence_.end && (view_.info(at).is(WordClass::side) || view_.info(at).is(WordClass::government_noun));
}

// "Cyprus, as host, was represented by".
bool SentenceEvents::is_as_host(std::uint32_t item) const {
  std::uint32_t at = sentence_.items[item].end;
  if (at < sentence_.end && view_.raw(at, at + 1) == ",") ++at;
  if (at + 1 >= sentence_.end || word(at) != "as") return false;
  ++at;
  if (word(at) == "the" && at + 1 < sentence_.end) ++at;
  return word(at) == "host";
}

// "the delegations", "the sides".
bool SentenceEvents::are_delegations(std::uint32_t item) const {
  if (clause_.is_actor(item)) return (clause_.actor(item).kind == ActorKind::both || clause_.actor(item).kind == ActorKind::plural) && view_.info(clause_.actor(item).end - 1).is(WordClass::side);
  if (sentence_.items[item].kind == ItemKind::word) return view_.info(sentence_.items[item].end - 1).is(WordClass::side) && word(sentence_.items[item].end - 1) != "side";  // "their respective sides"
  return clause_.names_delegation(item) && is_plural_noun(item);
}

// "led the respective delegations".
bool SentenceEvents::leads_delegations(std::uint32_t verb_item) const {
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size() && i < verb_item + 4; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (are_delegations(i)) return true;
    if (kind != ItemKind::determiner && kind != ItemKind::word && kind != ItemKind::number) return false;
  }
  return false;
}

// "the Indian side", "the Turkish delegation".
bool SentenceEvents::stands_for_side(std::uint32_t item) const {
  const Item& here = sentence_.items[item];
  if (view_.info(here.end - 1).is(WordClass::side) || view_.info(here.end - 1).is(WordClass::government_noun)) return true;
  if (here.end > here.begin + 2 && (view_.info(here.begin).is(WordClass::side) || word(here.begin) == "delegation" || word(here.begin) == "team") && word(here.begin + 1) == "of") return true;  // "the delegation of Thailand"
  if (here.end < sentence_.end && (word(here.end) == "one" || word(here.end) == "part")) return true;  // "the Czech side by A and the Indonesian one by B"
  return here.end < sentence_.end && (view_.info(here.end).is(WordClass::side) || view_.info(here.end).is(WordClass::government_noun));
}

PartyIndex SentenceEvents::side_behind(std::uint32_t verb_item) const {
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size() && i < verb_item + 5; ++i) {
    const bool led = i > verb_item + 1 && clause_.names_delegation(i);
    if (led && view_.info(sentence_.items[i - 1].begin).is(WordClass::pronoun_own)) return cast_.own();  // "headed our delegation"
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[sentence_.items[i].index];
    if (actor.kind == ActorKind::own || actor.kind == ActorKind::side) return cast_.own();  // "led our side"
    const bool whole = verb(verb_item).main != kNoVerb && view_.tables->verbs[verb(verb_item).main].is(VerbTrait::represents) && actor.kind == ActorKind::party && !actor.possessive;  // "A represented Viet Nam"
    return actor.parties.size() == 1 && (whole || stands_for_side(i) || is_delegation(i)) ? actor.parties[0] : kNoParty;
  }
  return kNoParty;
}

}  // namespace entente::importers
