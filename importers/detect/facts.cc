// Whether what is told is said to be so: not wished, supposed, denied or only spoken of.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

// "Should the Ambassador ask to be received, she will be", "if A and B should conclude an agreement": only a case that is thought of.
bool SentenceEvents::is_supposed(std::uint32_t item) const {
  const Word first = word(sentence_.begin);
  if (first == "should" || ((first == "were" || first == "had") && sentence_.begin + 1 < sentence_.end && !view_.tables->verb_form(view_.tokens[sentence_.begin + 1].word).participle)) return true;
  for (std::uint32_t i = item; i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || (kind == ItemKind::verb && verb(i).finite)) return false;
    if (kind == ItemKind::subordinator) return view_.info(sentence_.items[i].begin).is(WordClass::conditional);
  }
  return false;
}

// "will name no new consuls": denied of its object.
bool SentenceEvents::denies_object(const VerbGroup& verb) const {
  if (verb.end + 1 >= sentence_.end) return false;
  const Word next = word(verb.end);
  if (next == "nobody" || next == "none" || next == "nothing") return true;
  return next == "no" && !view_.info(verb.end + 1).is(WordClass::adverb) && !view_.info(verb.end + 1).is(WordClass::degree);
}

// "must put off the visit": what had to be cancelled is.
bool SentenceEvents::is_no_fact(const VerbGroup& verb) const {
  const bool must = verb.modal && verb.main != kNoVerb && view_.tables->verbs[verb.main].kind == VerbKind::cancel && word(verb.begin) == "must";
  return verb.negated || (verb.modal && !must) || verb.wished;
}

// "The Consulate must be closed by 30 November", "must leave by Friday": what is ordered for a day is planned.
bool SentenceEvents::is_ordered(const VerbGroup& group, const Frame& frame, const Arguments& arguments) const {
  const bool ends = frame.type == EventType::expulsion || (frame.type == EventType::mission && frame.sets.stage == graph::Stage::closed);
  return ends && group.modal && !group.negated && !group.wished && word(group.begin) == "must" && !arguments.dates.empty();
}

// "will not be flying to A on Monday as originally foreseen": what had been planned and will not be.
bool SentenceEvents::is_given_up(const VerbGroup& group, const Frame& frame, const Arguments& arguments) const {
  if (frame.type != EventType::visit || !group.negated || group.wished || group.tense != Tense::future || arguments.dates.empty()) return false;
  for (std::uint32_t t = group.end; t + 1 < sentence_.end; ++t) {
    if (word(t) != "as") continue;
    for (std::uint32_t at = t + 1; at < sentence_.end && at < t + 4; ++at) {
      const VerbForm& form = view_.tables->verb_form(view_.tokens[at].word);
      if (form.participle && form.verb != kNoVerb && view_.tables->verbs[form.verb].kind == VerbKind::plan) return true;
    }
  }
  return false;
}

// "wishes to place on record its thanks", "would like to condemn": a position is taken by saying that one wishes to take it.
bool SentenceEvents::is_voiced_wish(const VerbGroup& group, const Frame& frame) const {
  if (frame.type != EventType::statement || group.negated || !group.wished) return false;
  const Word first = word(group.begin);
  const bool likes = group.modal && first == "would" && group.begin + 1 < group.end && word(group.begin + 1) == "like";
  return likes || (!group.modal && group.tense == Tense::present && (first == "wish" || first == "wishes"));
}

// "has accepted an invitation to visit A on 16 September": a journey that is agreed for a day.
bool SentenceEvents::accepts_invitation(std::uint32_t item) const {
  if (!verb(item).infinitive || clause_.of_verb(item).dates.empty()) return false;
  bool invited = false;
  for (std::uint32_t i = item; i-- > 0 && sentence_.items[i].kind != ItemKind::stop && sentence_.items[i].kind != ItemKind::relative;) {
    invited = invited || (sentence_.items[i].kind == ItemKind::word && view_.info(sentence_.items[i].end - 1).is(WordClass::invited));
    if (sentence_.items[i].kind == ItemKind::verb) return invited && verb(i).finite && !is_no_fact(verb(i)) && verb(i).main != kNoVerb && view_.tables->verbs[verb(i).main].is(VerbTrait::accepts);
  }
  return false;
}

// "overtures to establish relations", "ready to visit": what a noun or adjective is about, not what was done;
// but "the decision of A to close its embassy".
bool SentenceEvents::is_idle_infinitive(std::uint32_t item) const {
  const VerbGroup& group = verb(item);
  if (!group.infinitive || word(group.begin) != "to" || item == 0) return false;
  if (accepts_invitation(item)) return false;
  // "an invitation from the President of A to visit the country"
  for (std::uint32_t i = item; i-- > 0 && sentence_.items[i].kind != ItemKind::verb && sentence_.items[i].kind != ItemKind::stop;)
    if (sentence_.items[i].kind == ItemKind::word && word(sentence_.items[i].end - 1) == "invitation") return true;
  std::uint32_t before = item - 1;
  while (before > 1 && sentence_.items[before].kind == ItemKind::actor && sentence_.items[before - 1].kind != ItemKind::verb) {
    --before;  // "the decision of the Government of A to"
    while (before > 0 && (sentence_.items[before].kind == ItemKind::determiner || sentence_.items[before].kind == ItemKind::preposition)) --before;
  }
  if (sentence_.items[before].kind != ItemKind::word) return false;
  const WordInfo& last = view_.info(sentence_.items[before].end - 1);
  const bool off = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::cancel;  // "it became necessary to postpone"
  const bool decided = last.is(WordClass::decision) || last.is(WordClass::expected) || (off && last.is(WordClass::necessity));
  // "was among the first countries to recognise A": did so
  const bool first = before > 0 && sentence_.items[before - 1].kind == ItemKind::number && view_.tokens[sentence_.items[before - 1].begin].ordinal && view_.tokens[sentence_.items[before - 1].begin].number == 1;
  // "was among the early nations to recognise A": so did it, too
  bool among = false;
  for (std::uint32_t i = before; i-- > 0 && sentence_.items[i].kind != ItemKind::verb && sentence_.items[i].kind != ItemKind::stop;) among = among || word(sentence_.items[i].begin) == "among";
  const bool opening = last.is(WordClass::ribbon);  // "cut the ribbon to open the Embassy"
  return !decided && !first && !among && !opening && before + 1 == item;
}

// "decided to impose", "resolved to send".
bool SentenceEvents::is_decision(const VerbGroup& group) const {
  const VerbId first = view_.tables->verb_form(view_.tokens[group.begin].word).verb;
  return first != kNoVerb && first != group.main && view_.tables->verbs[first].is(VerbTrait::decides);
}

std::string_view SentenceEvents::why_no_fact(const VerbGroup& verb) {
  if (verb.negated) return "said not to have happened";
  if (verb.modal) return "only possible";
  return "hoped for or agreed to, not done";
}

// "The treaty recognised the independence of A", "the general broke relations with B": who did it is no state that is known.
bool SentenceEvents::lacks_actor(const Draft& draft, const VerbGroup& group) const {
  if (draft.type != EventType::relations || !group.finite || group.passive || group.elided || cast_.own() != kNoParty) return false;
  for (const Taking& taking : draft.takings) {
    if (taking.slot != Slot::subject && taking.slot != Slot::between) continue;
    if (!taking.who.parties.empty()) return false;
    for (const std::uint32_t person : taking.who.persons)
      if (cast_.persons()[person].of != kNoParty) return false;
  }
  return !sentence_.heading;
}

// "In the courtesy call", "after the talks", "on that occasion": within what was told before.
bool SentenceEvents::is_within_talk() const {
  for (std::size_t i = 0; i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::preposition || sentence_.items[i + 1].kind != ItemKind::determiner) continue;
    const Item& what = sentence_.items[i + 2];
    const std::uint32_t head = word(what.begin) == "same" && what.begin + 1 < sentence_.end ? what.begin + 1 : what.begin;  // "On the same occasion"
    if (view_.info(head).is(WordClass::occasion)) return true;
    if (what.kind != ItemKind::noun) continue;
    const auto type = view_.tables->nouns[sentence_.nouns[what.index].noun].type;
    if (type == EventType::meeting || type == EventType::call || type == EventType::courtesy_call) return true;
  }
  return false;
}

// "Said that Portugal would reopen its embassy in 2024": planned, where the words say when or where; else but a promise.
void SentenceEvents::read_promises() {
  bool said = false;
  bool told = false;  // some verb before it reports: "recalled that A was held, and that B would take place"
  bool past = false;  // so was the verb before it: "was pleased to hear that"
  for (std::size_t i = 0; i < sentence_.items.size(); ++i) {
    const Item& item = sentence_.items[i];
    if (item.kind == ItemKind::stop || item.kind == ItemKind::subordinator) said = told = false;
    if (item.kind == ItemKind::relative && i > 0 && sentence_.items[i - 1].kind == ItemKind::conjunction && word(item.begin) == "that") said = told;
    if (item.kind != ItemKind::verb) continue;
    VerbGroup& group = sentence_.verbs[item.index];
    if (said && group.modal && !group.negated && word(group.begin) == "would") {
      group.modal = false;
      group.planned = true;
      group.promised = true;
      group.tense = Tense::future;
    }
    const bool reports = group.main != kNoVerb && (view_.tables->verbs[group.main].kind == VerbKind::report || view_.tables->verbs[group.main].kind == VerbKind::plan);
    if (group.finite) past = group.tense == Tense::past;
    if (group.finite) said = reports && past;
    else if (group.infinitive && reports && past) said = true;
    told = told || said;
  }
}

// "Japan, he noted, pledged": behind the inserted clause stands the verb of the sentence, no participle.
void SentenceEvents::read_behind_inserted() {
  for (std::uint32_t i = 4; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::verb || sentence_.items[i - 1].kind != ItemKind::comma || sentence_.items[i - 2].kind != ItemKind::verb) continue;
    VerbGroup& group = sentence_.verbs[sentence_.items[i].index];
    if (!group.bare_participle || group.finite || clause_.opens_inserted(i - 2) == kNone) continue;
    group.bare_participle = false;
    group.finite = true;
    group.tense = Tense::past;
  }
}

}  // namespace entente::importers
