// What was meant to be and was not: visits and meetings that will not take place, and the time they were planned for.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "will not go ahead", "did not take place", "could not be held": told of something that had been planned.
bool SentenceEvents::is_called_off(const VerbGroup& verb, const Clause::Governor& governor) const {
  if (verb.wished || verb.main == kNoVerb || !governor.subject) return false;
  // "has been suspended until further notice": of a meeting or visit that had been planned.
  if (!verb.negated) return verb.passive && view_.tables->verbs[verb.main].is(VerbTrait::shelves);
  const VerbKind kind = view_.tables->verbs[verb.main].kind;
  return kind == VerbKind::occur || (kind == VerbKind::light && verb.passive);
}

// "The visit that the Minister was to make on 18 July has been cancelled": whether the main clause behind a relative one says that it is off.
bool SentenceEvents::is_dropped_behind(std::uint32_t item) const {
  bool relative = false;
  for (std::uint32_t i = item; i-- > 0 && !relative;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::verb || kind == ItemKind::stop || kind == ItemKind::comma) return false;
    relative = kind == ItemKind::relative && word(sentence_.items[i].begin) != "where" && word(sentence_.items[i].begin) != "when";
  }
  for (std::uint32_t i = item + 1; relative && i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    const bool closes = kind == ItemKind::comma && i + 1 < sentence_.items.size() && sentence_.items[i + 1].kind == ItemKind::verb;  // "which was to take place on 20 February, has been deferred"
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || (kind == ItemKind::comma && !closes) || kind == ItemKind::conjunction) return false;
    if (kind != ItemKind::verb || !verb(i).finite || verb(i).main == kNoVerb) continue;
    const bool to_later = i + 2 < sentence_.items.size() && (word(sentence_.items[i + 1].begin) == "to" || word(sentence_.items[i + 1].begin) == "until") && sentence_.items[i + 2].kind == ItemKind::date;
    return !to_later && ((verb(i).passive && view_.tables->verbs[verb(i).main].kind == VerbKind::cancel) || is_called_off(verb(i), {i, true}));
  }
  return false;
}

// "was due to visit A in April, but had to call it off", "had been expected in A; the visit fell through": what a later clause of the sentence
// says of what had been meant.
bool SentenceEvents::is_off_behind(std::uint32_t item) const {
  const VerbGroup& group = verb(item);
  const Word first = word(group.begin);
  const bool meant = group.tense == Tense::past || first == "was" || first == "were" || (group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::plan);
  if (!meant && !group.infinitive) return false;
  bool apart = false;  // of another clause
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    apart = apart || here.kind == ItemKind::conjunction || (here.kind == ItemKind::stop && word(here.begin) == ";");
    if (!apart || here.kind != ItemKind::verb || verb(i).main == kNoVerb || !verb(i).finite || verb(i).wished) continue;
    const VerbKind kind = view_.tables->verbs[verb(i).main].kind;
    const bool called_off = kind == VerbKind::cancel && !verb(i).negated;
    if (!called_off && !(kind == VerbKind::occur && verb(i).negated)) continue;
    for (std::uint32_t at = i + 1; at + 1 < sentence_.items.size(); ++at) {  // "was put off until May": to come
      if (sentence_.items[at].kind == ItemKind::stop || sentence_.items[at].kind == ItemKind::verb) break;
      const Word to = word(sentence_.items[at].begin);
      if ((to == "to" || to == "until" || to == "till") && sentence_.items[at + 1].kind == ItemKind::date) return false;
    }
    return true;
  }
  return false;
}

// "has been postponed to 19 March", "was moved from today to Friday": off for the old day, planned for the new one.
bool SentenceEvents::take_new_time(Draft& draft, std::uint32_t item) const {
  bool relative = false;
  bool was_due = false;
  bool put_off = false;
  const auto move_to = [&](const DateExpr& day) {
    draft.date = day;
    draft.cancelled = false;
    draft.planned = true;
    draft.background = false;
    return true;
  };
  for (std::uint32_t i = item + 1; i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind == ItemKind::stop) return false;
    relative = relative || sentence_.items[i].kind == ItemKind::relative;
    for (std::uint32_t t = sentence_.items[i].begin; relative && t < sentence_.items[i].end; ++t) was_due = was_due || view_.info(t).is(WordClass::expected);
    if (sentence_.items[i].kind != ItemKind::verb || verb(i).main == kNoVerb) continue;
    const VerbKind kind = view_.tables->verbs[verb(i).main].kind;
    put_off = put_off || (kind == VerbKind::cancel && draft.cancelled && verb(i).finite);
    // "the Summit, which was due in March, will now be held on 23 August", "has been put off and will take place on 5 June"
    if ((was_due || put_off) && verb(i).finite && verb(i).tense == Tense::future && (kind == VerbKind::occur || (kind == VerbKind::light && verb(i).passive))) {
      const std::vector<std::uint32_t> dates = clause_.of_verb(i).dates;
      const auto later = std::find_if(dates.begin(), dates.end(), [&](std::uint32_t date) { return date > i; });
      if (later == dates.end()) continue;
      draft.date = sentence_.dates[sentence_.items[*later].index];
      draft.cancelled = false;
      draft.planned = true;
      return true;
    }
    if (kind != VerbKind::cancel && kind != VerbKind::shift) continue;
    if (kind == VerbKind::cancel && !draft.cancelled) continue;
    for (std::uint32_t at = i + 1; at + 1 < sentence_.items.size(); ++at) {
      const Item& here = sentence_.items[at];
      if (here.kind == ItemKind::stop || here.kind == ItemKind::verb || here.kind == ItemKind::relative) break;
      // "has been put back from 7 March to 4 April": read as one time, of which the end counts
      if (here.kind == ItemKind::date && word(sentence_.items[at - 1].begin) == "from" && sentence_.dates[here.index].last) {
        DateExpr to = sentence_.dates[here.index];
        to.first = *to.last;
        to.last.reset();
        return move_to(to);
      }
      const Word to = word(here.begin);
      if (here.kind != ItemKind::preposition || (to != "to" && to != "until" && to != "till" && to != "for")) continue;
      std::uint32_t date = at + 1;
      while (date < sentence_.items.size() && sentence_.items[date].kind == ItemKind::determiner) ++date;
      if (date >= sentence_.items.size() || sentence_.items[date].kind != ItemKind::date) continue;
      return move_to(sentence_.dates[sentence_.items[date].index]);
    }
  }
  return false;
}

// "the visit, initially planned for 3 May, will now take place on 10 June": what is behind the verb of its taking place.
bool SentenceEvents::take_later_time(Draft& draft, std::uint32_t item) const {
  bool meant = false;  // for another time
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const ItemKind here = sentence_.items[i].kind;
    if (here == ItemKind::stop || here == ItemKind::forum || here == ItemKind::relative) return false;
    if (here != ItemKind::verb || verb(i).main == kNoVerb) continue;
    const VerbKind kind = view_.tables->verbs[verb(i).main].kind;
    if (kind == VerbKind::plan && !verb(i).finite) meant = true;
    if (verb(i).finite && !meant) return false;
    if (!verb(i).finite) continue;
    if (!verb(i).planned || is_no_fact(verb(i)) || (kind != VerbKind::occur && kind != VerbKind::light)) return false;
    for (std::uint32_t at = i + 1; at < sentence_.items.size(); ++at) {
      if (sentence_.items[at].kind == ItemKind::stop || sentence_.items[at].kind == ItemKind::verb) return false;
      if (sentence_.items[at].kind != ItemKind::date) continue;
      draft.date = sentence_.dates[sentence_.items[at].index];
      draft.planned = true;
      return true;
    }
  }
  return false;
}

// "his trip, planned for November last year, had to be cancelled"; "the meeting, which had been due on 5 December, was
// called off": the time that a clause between the noun and its verb gives.
void SentenceEvents::take_planned_time(Draft& draft, std::uint32_t item) const {
  if (take_new_time(draft, item) || take_later_time(draft, item)) return;
  if (draft.date || !draft.cancelled) return;
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop) return;
    if (kind == ItemKind::date) {
      draft.date = sentence_.dates[sentence_.items[i].index];
      draft.tense = Tense::unknown;
      return;
    }
  }
}

// "A meeting that had been scheduled with Minister A was cancelled": with whom it was to be.
void SentenceEvents::take_partner_planned(Draft& draft, std::uint32_t item) {
  const bool talk = draft.type == graph::EventType::meeting || draft.type == graph::EventType::call;
  if (!talk || !draft.takings.empty() || item + 2 >= sentence_.items.size() || sentence_.items[item + 1].kind != ItemKind::relative) return;
  const std::uint32_t plans = item + 2;
  if (sentence_.items[plans].kind != ItemKind::verb || verb(plans).main == kNoVerb || view_.tables->verbs[verb(plans).main].kind != VerbKind::plan) return;
  for (const Argument& a : clause_.of_verb(plans).all)
    if ((a.slot == Slot::with || a.slot == Slot::between) && a.item > plans) take_one(draft, Part::participant, a.slot, a.item);
}

// The time for which it is put off goes before that for which it had been planned.
void SentenceEvents::take_time_behind(Draft& draft, std::uint32_t item) {
  const bool was_off = draft.cancelled;
  take_planned_time(draft, item);
  const std::optional<DateExpr> put_off_to = was_off && !draft.cancelled ? draft.date : std::nullopt;
  take_clause_behind(draft, item);
  if (put_off_to) draft.date = put_off_to;
}

}  // namespace entente::importers
