// When and where an act was done that another sentence tells: "The hand-over ceremony took place in A on 9 May", "B was its venue".
#include <algorithm>

#include "importers/detect/posts_given.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {

// Which act a ceremony is of, by the words before it: signing, opening, else a gift handed over.
graph::EventType SentenceEvents::act_of_ceremony(std::uint32_t begin, std::uint32_t end) const {
  using graph::EventType;
  for (std::uint32_t t = begin; t < end; ++t) {
    const VerbForm& form = view_.tables->verb_form(view_.tokens[t].word);
    if (form.verb == kNoVerb || !(form.gerund || form.noun) || (t + 1 < end && view_.info(t + 1).is(WordClass::preposition))) continue;  // "handing over"
    const std::vector<Frame>& frames = view_.tables->frames[form.verb];
    if (std::any_of(frames.begin(), frames.end(), [](const Frame& frame) { return frame.type == EventType::aid; })) continue;
    for (const Frame& frame : frames)
      if (frame.type == EventType::agreement || frame.type == EventType::mission || frame.type == EventType::accreditation) return frame.type;
  }
  return EventType::aid;
}

// "The hand-over ceremony took place in A on 9 May": the time and place of the gift, paper or mission told right before.
void SentenceEvents::read_ceremony(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (group.main == kNoVerb || !group.finite || is_no_fact(group) || !drafts_.empty() || item == 0) return;
  const VerbKind kind = view_.tables->verbs[group.main].kind;
  if (kind != VerbKind::occur && !(kind == VerbKind::light && group.passive)) return;
  // "The ... ceremony", "The signing" opens the sentence, and nothing but its own words stands before the verb.
  const Item& first = sentence_.items[0];
  const std::uint32_t last = sentence_.items[item - 1].end;
  const bool ceremony = view_.info(last - 1).is(WordClass::ceremony);
  const bool act = sentence_.items[item - 1].kind == ItemKind::word && act_of_ceremony(last - 1, last) != graph::EventType::aid;
  if (first.kind != ItemKind::determiner || (!ceremony && !act)) return;
  const Arguments& arguments = clause_.of_verb(item);
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "act.ceremony";
  draft.type = act_of_ceremony(sentence_.begin, group.begin);
  draft.joins_last = true;
  take_time_and_place(draft, arguments.times(), item);
  for (const std::uint32_t place : arguments.places) take_place(draft, place);
  take_status(draft, group);
  if (draft.date || !draft.city.empty()) drafts_.push_back(std::move(draft));
}

// "Cairo was its venue": where the meeting told last was.
void SentenceEvents::read_venue(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (!group.copula || is_no_fact(group) || item == 0 || item + 2 > sentence_.items.size()) return;
  if (!clause_.is_actor(item - 1) || clause_.actor(item - 1).kind != ActorKind::city || clause_.actor(item - 1).possessive) return;
  std::uint32_t at = item + 1;
  if (sentence_.items[at].kind != ItemKind::determiner || ++at >= sentence_.items.size()) return;
  if (!view_.info(sentence_.items[at].end - 1).is(WordClass::host_town)) return;
  if (item > 1 && sentence_.items[item - 2].kind != ItemKind::stop) return;
  Draft draft = draft_at(item - 1, at + 1);
  draft.rule = "talk.venue";
  draft.joins_last = true;
  take_place(draft, item - 1);
  drafts_.push_back(std::move(draft));
}

// "The Ambassador has been appointed to head it", "was named to lead the Embassy in A": to the mission that is told.
void SentenceEvents::read_named_to_lead(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (group.main == kNoVerb || !group.finite || is_no_fact(group) || group.end - group.begin < 4) return;
  const VerbKind kind = view_.tables->verbs[group.main].kind;
  if (kind != VerbKind::attend && kind != VerbKind::chair && kind != VerbKind::plain) return;
  const Frame* named = nullptr;
  for (std::uint32_t t = group.begin; t + 1 < group.end && named == nullptr; ++t) {
    const VerbForm& form = view_.tables->verb_form(view_.tokens[t].word);
    if (!form.participle || form.verb == kNoVerb || word(t + 1) != "to") continue;
    named = appointment_by(*view_.tables, form.verb);
  }
  if (named == nullptr) return;
  const Arguments& arguments = clause_.of_verb(item);
  const std::uint32_t led = first_object(arguments);
  if (led == kNone) return;
  std::vector<PartyIndex> parties;
  const NounClass mission = cast_.last_noun();
  if (clause_.is_actor(led)) {
    const bool told = clause_.actor(led).kind == ActorKind::it && mission != kNoClass && view_.tables->noun_classes[mission] == "mission";
    if (!told) return;
    parties = cast_.last_noun_parties();
  } else if (is_mission(led)) {
    for (const Argument& a : clause_.of_noun(led).all)
      for (const PartyIndex party : meant_of(a.item).parties) parties.push_back(party);
  } else {
    return;
  }
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.type = graph::EventType::appointment;
  draft.rule = "appointment.to-lead";
  draft.confidence = named->confidence - 0.1;
  draft.background = true;  // of no day of its own, unless it says one
  draft.sets = named->sets;
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::subject && clause_.is_actor(a.item) && is_person(a.item)) take_one(draft, Part::appointee, Slot::object, a.item);
  if (draft.takings.empty()) return;
  if (!parties.empty()) draft.takings.push_back({Part::participant, Slot::to, Meant{std::move(parties), {}, {}, {}}, false});
  take_status(draft, group);
  draft.planned = false;
  finish(std::move(draft));
}

}  // namespace entente::importers
