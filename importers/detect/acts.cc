// Acts told by a noun: "establishment of diplomatic relations between A and B", "the signing of an agreement", "the entry into
// force, on 1 March, of the Treaty", "the ratification by the Senate of the Convention".
#include <algorithm>

#include "base/contains.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kObjectItemsMax = 5;   // from the act to what it acts on
constexpr std::uint32_t kAsidesItemsMax = 14;  // with times and those who act between

}  // namespace

// The items behind an act up to what it acts on. Times and "by the Senate" may stand between.
SentenceEvents::ActObject SentenceEvents::object_of_act(std::uint32_t from, NounClass wanted, bool money) const {
  ActObject found;
  bool by = false;
  bool to = false;
  bool in = false;
  std::uint32_t own = 0;  // items that are no aside
  for (std::uint32_t i = from; i < sentence_.items.size() && i < from + kAsidesItemsMax && own <= kObjectItemsMax; ++i) {
    const Item& here = sentence_.items[i];
    switch (here.kind) {
      case ItemKind::money:
        if (money) found.item = i;
        return found;
      case ItemKind::noun:
        if (used_[i] || class_of(i) != wanted) return found;
        found.item = i;
        return found;
      case ItemKind::preposition:
        by = word(here.begin) == "by";
        to = word(here.begin) == "to" || word(here.begin) == "for";
        in = word(here.begin) == "in";
        break;
      case ItemKind::date: found.dates.push_back(i); break;
      case ItemKind::comma:
      case ItemKind::adverb: break;
      case ItemKind::conjunction:
        if (!by) return found;
        break;
      case ItemKind::actor:
        if (by) found.agents.push_back(i);
        else if (money && to) found.receivers.push_back(i);
        else if (in && clause_.actor(i).kind == ActorKind::city) break;  // "the signing in Abu Dhabi of"
        else if (!is_plain_name(i) && clause_.actor(i).kind != ActorKind::adjective) return found;
        break;
      case ItemKind::number:
      case ItemKind::determiner:
      case ItemKind::word:
        if (!by) ++own;
        break;
      default: return found;
    }
  }
  return found;
}

// Where the words of a frame's particle end behind an item, "force" in "entry into force"; the item itself without a particle,
// kNone where they do not stand there.
std::uint32_t SentenceEvents::past_particle(const Frame& frame, std::uint32_t item) const {
  std::uint32_t token = sentence_.items[item].end;
  for (const WordId particle : frame.particle) {
    if (token >= sentence_.end || view_.tokens[token].word != particle) return kNone;
    ++token;
  }
  std::uint32_t past = item;
  while (past + 1 < sentence_.items.size() && sentence_.items[past].end < token) ++past;
  return past;
}

// "marked the signing of", "announced the conclusion of": they whose act it is say so.
bool SentenceEvents::is_marking(const VerbGroup& group) const {
  return view_.tables->verbs[group.main].is(VerbTrait::marks);
}

// The verb by which its subject stands by the act that begins here, or does it: "witnessed the signing of", "proceeded on Friday,
// in A, to the signing of"; kNone: there is none.
std::uint32_t SentenceEvents::verb_over_act(std::uint32_t begin) const {
  if (begin == 0) return kNone;
  if (sentence_.items[begin - 1].kind == ItemKind::verb) {
    const VerbGroup& group = verb(begin - 1);
    return group.main != kNoVerb && (view_.tables->verbs[group.main].kind == VerbKind::attend || is_marking(group)) ? begin - 1 : kNone;
  }
  if (sentence_.items[begin - 1].kind != ItemKind::preposition || word(sentence_.items[begin - 1].begin) != "to") return kNone;
  for (std::uint32_t i = begin - 1; i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || kind == ItemKind::noun) return kNone;
    if (kind == ItemKind::verb) return verb(i).main != kNoVerb && view_.tables->verbs[verb(i).main].is(VerbTrait::proceeds) ? i : kNone;
  }
  return kNone;
}

void SentenceEvents::read_act(std::uint32_t item) {
  const Item& here = sentence_.items[item];
  const bool plain_noun = here.kind == ItemKind::noun && !view_.tables->nouns[sentence_.nouns[here.index].noun].type && !used_[item];
  if (here.kind != ItemKind::verb && here.kind != ItemKind::word && !plain_noun) return;
  const VerbForm& form = view_.tables->verb_form(view_.tokens[here.end - 1].word);
  const bool named = form.noun || (form.gerund && here.kind == ItemKind::word);
  if (!named || form.verb == kNoVerb || used_[item]) return;
  for (const Frame& frame : view_.tables->frames[form.verb]) {
    const bool by_object = frame.object == ObjectNeed::noun && frame.particle.empty();
    const bool money = frame.object == ObjectNeed::money && frame.particle.empty();  // "A's pledge of 5 million to B"
    const NounClass wanted = by_object ? frame.object_class : frame.subject_class;
    if (wanted == kNoClass && !money) continue;
    const std::uint32_t past = past_particle(frame, item);
    if (past == kNone) continue;
    const ActObject object = object_of_act(past + 1, wanted, money);
    if (object.item == kNone || frame.required_post || frame.sets.since) continue;
    if (frame.required == Slot::in && !clause_.of_noun(object.item).has(Slot::in)) continue;  // "the opening of an office in A"
    if (frame.required_class != kNoClass && !is_about(object.item, frame.required_class)) continue;
    tell_act(frame, item, object);
    return;
  }
}

// "The Ambassador of A and Minister B exchanged notes for a grant": the donor is whose envoy exchanges them in the country that is helped.
void SentenceEvents::give_through_envoy(Draft& draft, const Draft& paper, std::uint32_t item) const {
  std::uint32_t before = item;
  while (before > 0 && sentence_.items[before - 1].kind != ItemKind::preposition && before + 3 > item) --before;
  const bool meant_by_notes = before > 0 && sentence_.items[before - 1].kind == ItemKind::preposition && (word(sentence_.items[before - 1].begin) == "for" || word(sentence_.items[before - 1].begin) == "on");
  if (!meant_by_notes) return;
  PartyIndex donor = kNoParty;
  std::vector<PartyIndex> sides;
  for (const Taking& taking : paper.takings) {
    for (const PartyIndex party : taking.who.parties) add_once(sides, party);
    for (const std::uint32_t person : taking.who.persons)
      if (cast_.persons()[person].kind == PostKind::ambassador) donor = cast_.persons()[person].of;
  }
  if (sides.size() == 1 && cast_.own() != kNoParty && cast_.own() != sides[0]) sides.push_back(cast_.own());  // "Finance Minister B": ours
  if (donor == kNoParty || sides.size() != 2) return;
  const PartyIndex recipient = sides[0] == donor ? sides[1] : sides[0];
  draft.takings.push_back({Part::donor, Slot::by, Meant{{donor}, {}, {}, {}}, false});
  draft.takings.push_back({Part::recipient, Slot::to, Meant{{recipient}, {}, {}, {}}, false});
}

// "notes were exchanged for a grant of 480 million yen from A to B": a gift that the words say whose and for whom it is, beside the
// paper that it is given by.
void SentenceEvents::read_gift(std::uint32_t item) {
  if (used_[item] || !clause_.is_of_class(item, "aid")) return;
  const auto paper = std::find_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.type == graph::EventType::agreement && d.sets.stage == graph::Stage::signed_; });
  if (paper == drafts_.end()) return;
  const Arguments own = clause_.of_noun(item);
  Draft draft = draft_at(own.begin, own.end);
  draft.type = graph::EventType::aid;
  draft.rule = "aid.by-paper";
  draft.confidence = 0.75;
  take_arguments(draft, clause_.event_noun(item).parts, own);
  if (!draft.has(Part::donor) && !draft.has(Part::recipient)) give_through_envoy(draft, *paper, item);
  if (!draft.has(Part::donor) || !draft.has(Part::recipient)) return;
  draft.date = paper->date;
  draft.tense = paper->tense;
  draft.planned = paper->planned;
  used_[item] = true;
  finish(std::move(draft));
}

void SentenceEvents::tell_act(const Frame& frame, std::uint32_t item, const ActObject& object) {
  used_[object.item] = true;
  if (sentence_.items[item].kind == ItemKind::noun) used_[item] = true;
  const Arguments own = clause_.of_noun(object.item);
  Draft draft = draft_at(item, own.end);
  draft.type = frame.type;
  draft.rule = frame.rule + ".act";
  draft.confidence = frame.confidence - 0.1;
  draft.sets = frame.sets;
  draft.background = true;
  // "the signing of three Memoranda"
  if (draft.type == graph::EventType::agreement && object.item > 0) {
    const Item& many = sentence_.items[object.item - 1];
    const bool counted = many.kind == ItemKind::number && !view_.tokens[many.begin].ordinal;
    if (counted && view_.tokens[many.begin].number > 1 && view_.tokens[many.begin].number < 100) draft.count = view_.tokens[many.begin].number;
  }
  for (const Argument& a : own.all) {
    Part part = frame.parts[static_cast<std::size_t>(a.slot)];
    if (part == Part::none) part = clause_.event_noun(object.item).parts[static_cast<std::size_t>(a.slot)];
    if (part == Part::none && a.slot == Slot::by) part = frame.parts[static_cast<std::size_t>(Slot::subject)];  // "presentation of credentials to A by B"
    take_one(draft, part, a.slot, a.item);
  }
  const Part doer = frame.parts[static_cast<std::size_t>(Slot::subject)];
  for (const std::uint32_t receiver : object.receivers) take_one(draft, Part::recipient, Slot::to, receiver);
  for (const std::uint32_t agent : object.agents) take_one(draft, doer == Part::none ? Part::participant : doer, Slot::by, agent);
  if (item > 0) take_actor_before(draft, item, doer);
  if (draft.takings.empty()) become_relations(draft, object.item);
  if (draft.takings.empty()) follow_paper(draft, object.item);
  take_doer_of(draft, item, doer);
  if (draft.takings.empty()) take_those_around(draft, item);
  // "The Ministers witnessed the signing of": those who stood by, there and then.
  std::uint32_t before = item;
  while (before > 0 && sentence_.items[before - 1].kind == ItemKind::determiner) --before;
  if (const std::uint32_t over = verb_over_act(before); over != kNone) {
    const VerbGroup& standing_by = verb(over);
    if (is_no_fact(standing_by)) return;
    const Arguments by = clause_.of_verb(over);
    for (const Argument& a : by.all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item)) take_one(draft, Part::participant, Slot::among, a.item);
    take_elided_subject(draft, standing_by, Part::participant);
    if (draft.type == graph::EventType::agreement && draft.sets.stage == graph::Stage::signed_) {
      // Those whose officials stand by on both sides have signed.
      Meant sides;
      for (const Taking& taking : draft.takings)
        for (const PartyIndex party : taking.who.parties)
          if (std::find(sides.parties.begin(), sides.parties.end(), party) == sides.parties.end()) sides.parties.push_back(party);
      if (sides.parties.size() == 2) draft.takings.push_back({Part::signatory, Slot::between, std::move(sides)});
    }
    draft.background = false;
    if (standing_by.planned || standing_by.tense == Tense::future) {
      draft.planned = true;
      draft.tense = Tense::future;
    }
    take_time_and_place(draft, by, item);
  }
  draft.upcoming = draft.upcoming || is_to_come(sentence_.items[item].begin);
  if (!object.dates.empty()) draft.date = sentence_.dates[sentence_.items[object.dates[0]].index];
  if (!take_occurrence(draft, object.item)) return;
  take_time_and_place(draft, own, object.item);
  take_company(draft, item);
  if (draft.tense == Tense::unknown) draft.tense = Tense::past;
  if (draft.type == graph::EventType::appointment && draft.background && !draft.date && entry_ != nullptr) {  // "on the occasion of her assumption of duties", in a diary
    drop(draft, "mentioned in passing, without a date");
    return;
  }
  name_paper(draft, object.item);
  take_present(draft);
  finish(std::move(draft));
}

// "the forthcoming opening of the embassy", "preparations for the signing": an act, the noun for which begins at a token, is to come.
bool SentenceEvents::is_to_come(std::uint32_t act) const {
  constexpr std::uint32_t kWordsBefore = 3;
  for (std::uint32_t t = act; t > sentence_.begin && t + kWordsBefore > act; --t)
    if (view_.info(t - 1).is(WordClass::upcoming) || (word(t) == "for" && view_.info(t - 1).is(WordClass::preparation))) return true;
  return false;
}

// "The signing of the treaty by A and B took place in Accra on 13 May", "is scheduled for", "has been postponed": the verb behind
// says when and where, whether and by whom. False where it says that the act did not happen.
bool SentenceEvents::take_occurrence(Draft& draft, std::uint32_t object) {
  bool relative = false;  // inside "which had been planned for 3 March"
  for (std::uint32_t i = object + 1; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::subordinator) return true;
    relative = relative || kind == ItemKind::relative;
    if (kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    const VerbKind how = group.main == kNoVerb ? VerbKind::be_at : view_.tables->verbs[group.main].kind;
    const bool aside = relative || (group.bare_participle && !group.finite);
    if (relative && group.finite) relative = false;  // the clause has its verb
    const bool goes_on = aside && finite_behind(i);  // ", set for today, has been called off"
    if (goes_on && how != VerbKind::plan) continue;
    if (!group.finite && !group.bare_participle) return true;
    const bool occurs = how == VerbKind::occur || how == VerbKind::plan || how == VerbKind::cancel || how == VerbKind::shift || (how == VerbKind::light && group.passive);
    if (!occurs) return true;
    if (group.negated && !group.modal && how != VerbKind::plan) draft.cancelled = true;
    else if (!aside && is_no_fact(group)) return false;
    const Arguments arguments = clause_.of_verb(i);
    if (!goes_on) take_status(draft, group);
    for (const Argument& a : arguments.all)
      if (a.item > object && (a.slot == Slot::by || a.slot == Slot::between || a.slot == Slot::with) && clause_.is_actor(a.item)) take_one(draft, Part::participant, a.slot, a.item);
    take_time_and_place(draft, arguments, object);
    draft.background = false;
    if (goes_on) continue;
    take_planned_time(draft, object);
    return true;
  }
  return true;
}

// Whether the clause goes on with a finite verb behind an item.
bool SentenceEvents::finite_behind(std::uint32_t item) const {
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::subordinator || kind == ItemKind::relative) return false;
    if (kind == ItemKind::verb && verb(i).finite) return true;
  }
  return false;
}

// "The Senate of A has given its approval to the treaty": of an act that a verb calls its subject's own, the subject is the doer.
void SentenceEvents::take_doer_of(Draft& draft, std::uint32_t item, Part part) {
  if (item < 2 || sentence_.items[item - 1].kind != ItemKind::determiner || !view_.info(sentence_.items[item - 1].begin).is(WordClass::possessive_pronoun)) return;
  if (sentence_.items[item - 2].kind != ItemKind::verb || !verb(item - 2).finite || is_no_fact(verb(item - 2))) return;
  const Arguments outer = clause_.of_verb(item - 2);
  for (const Argument& a : outer.all)
    if (a.slot == Slot::subject && clause_.is_actor(a.item)) take_one(draft, part == Part::none ? Part::participant : part, Slot::subject, a.item);
  take_time_and_place(draft, outer, item);
}

// "With the signing of the Agreement, A and B opened a new chapter", "A and B crowned their talks with the signing of": the two
// sides of the clause that an act without any is set in.
void SentenceEvents::take_those_around(Draft& draft, std::uint32_t item) {
  std::uint32_t before = item;
  while (before > 0 && (sentence_.items[before - 1].kind == ItemKind::determiner || sentence_.items[before - 1].kind == ItemKind::word)) --before;
  if (before == 0 || sentence_.items[before - 1].kind != ItemKind::preposition || word(sentence_.items[before - 1].begin) == "of" || word(sentence_.items[before - 1].begin) == "for") return;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite || is_no_fact(verb(i)) || verb(i).passive) continue;
    Draft sides = draft;
    for (const Argument& a : clause_.of_verb(i).all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item)) take_one(sides, draft.sets.stage == graph::Stage::signed_ ? Part::signatory : Part::participant, Slot::between, a.item);
    Meant all;
    for (const Taking& taking : sides.takings)
      for (const PartyIndex party : taking.who.parties)
        if (std::find(all.parties.begin(), all.parties.end(), party) == all.parties.end()) all.parties.push_back(party);
    if (all.parties.size() == 2) draft.takings = sides.takings;
    return;
  }
}

// "U.S. Recognition of", "France's severing of": who did it stands before the act.
void SentenceEvents::take_actor_before(Draft& draft, std::uint32_t item, Part part) {
  std::uint32_t before = item - 1;
  if (sentence_.items[before].kind == ItemKind::possessive && before > 0) --before;
  if (!clause_.is_actor(before)) return;
  const ActorKind kind = clause_.actor(before).kind;
  if (kind == ActorKind::party || kind == ActorKind::adjective) take_one(draft, part == Part::none ? Part::participant : part, Slot::subject, before);
}

}  // namespace entente::importers
