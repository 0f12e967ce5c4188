// Sittings told by the body that sits: "The Peace and Security Council will hold its 1309th meeting on Friday".
#include <algorithm>

#include "base/utf8.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kItsReach = 6;   // items from the verb to "its"
constexpr std::uint32_t kWordsMax = 4;   // between the number and the word for a sitting

}  // namespace

// Whether an item names an organisation or one of its organs.
bool SentenceEvents::is_body(std::uint32_t item) const {
  if (!clause_.is_actor(item)) return false;
  const ActorMention& actor = clause_.actor(item);
  return actor.kind == ActorKind::party && !actor.possessive && actor.parties.size() == 1 && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::organisation;
}

// "The Peace and Security Council ... at its 1,211th meeting": a series that is named without a number, a body that sits.
bool SentenceEvents::names_series(std::uint32_t item) const {
  if (sentence_.items[item].kind != ItemKind::forum) return false;
  const ForumMention& forum = sentence_.forums[sentence_.items[item].index];
  return forum.type == graph::EventType::conference && !forum.generic && !forum.edition;
}

Draft SentenceEvents::sitting_of(std::uint32_t body, std::uint32_t begin, std::uint32_t end) {
  Draft draft = draft_at(begin, end);
  draft.type = graph::EventType::conference;
  draft.rule = "conference.sitting";
  draft.confidence = 0.85;
  if (names_series(body)) {
    draft.forum = sentence_.forums[sentence_.items[body].index];
    if (!draft.forum->parties.empty()) draft.takings.push_back({Part::participant, Slot::modifier, Meant{draft.forum->parties, {}, {}, {}}});
    else if (cast_.own() != kNoParty && view_.tables->parties[cast_.own()].kind == graph::EntityKind::organisation) draft.takings.push_back({Part::participant, Slot::modifier, Meant{{cast_.own()}, {}, {}, {}}});
    used_[body] = true;
    return draft;
  }
  ForumMention forum;
  forum.begin = sentence_.items[body].begin;
  forum.end = sentence_.items[body].end;
  forum.name = collapse_blanks(view_.raw(forum.begin, forum.end));
  forum.type = graph::EventType::conference;
  draft.forum = std::move(forum);
  take_one(draft, Part::participant, Slot::subject, body);
  return draft;
}

// "its 1309th meeting", "its 15th Ministerial Meeting": the token of the word for a sitting behind "its" and a number; kNone for none.
std::uint32_t SentenceEvents::numbered_sitting(std::uint32_t its) const {
  if (sentence_.items[its].kind != ItemKind::determiner || word(sentence_.items[its].begin) != "its") return kNone;
  const std::uint32_t number = sentence_.items[its].end;
  if (number >= sentence_.end || !view_.tokens[number].ordinal) return kNone;
  std::uint32_t head = number + 1;
  while (head < sentence_.end && head <= number + kWordsMax && !view_.info(head).is(WordClass::session_word)) ++head;
  return head < sentence_.end && view_.info(head).is(WordClass::session_word) ? head : kNone;
}

// The item in which the token of the word for a sitting stands, behind "its".
std::uint32_t SentenceEvents::last_item_of(std::uint32_t its, std::uint32_t head) const {
  std::uint32_t last = its;
  while (last + 1 < sentence_.items.size() && sentence_.items[last + 1].begin <= head) ++last;
  return last;
}

void SentenceEvents::take_number(Draft& draft, std::uint32_t its, std::uint32_t head) {
  const std::uint32_t number = sentence_.items[its].end;
  // "its 15th Ministerial Meeting": what sort of sitting, where capitals make it a name
  if (head > number + 1 && view_.tokens[number + 1].capital && view_.tokens[head].capital) draft.forum->name += " " + collapse_blanks(view_.raw(number + 1, head + 1));
  draft.forum->edition = view_.tokens[number].number;
  std::fill(used_.begin() + its + 1, used_.begin() + last_item_of(its, head) + 1, true);
}

// Of bodies that no table of series names: organisations and their organs. Others are read by their forum's name. Returns whether the verb
// tells of a sitting.
bool SentenceEvents::read_sitting(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (group.main == kNoVerb || is_no_fact(group)) return false;
  if (read_body_met(item)) return true;
  const VerbKind kind = view_.tables->verbs[group.main].kind;
  if (group.passive || (kind != VerbKind::light && kind != VerbKind::occur)) return false;
  const Arguments arguments = clause_.of_verb(item);
  std::uint32_t body = kNone;
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::subject && clause_.is_actor(a.item)) body = a.item;
  if (body == kNone || (!is_body(body) && !is_plain_name(body))) return false;
  for (std::uint32_t i = item + 1; i + 1 < sentence_.items.size() && i < item + kItsReach; ++i) {
    if (sentence_.items[i].kind == ItemKind::noun && used_[i]) return false;
    const std::uint32_t head = numbered_sitting(i);
    if (head == kNone) continue;
    Draft draft = sitting_of(body, arguments.begin, arguments.end);
    take_number(draft, i, head);
    take_status(draft, group);
    take_time_and_place(draft, arguments, item);
    const std::uint32_t last = last_item_of(i, head);
    take_clause_behind(draft, last);
    take_level(draft, last);
    take_chairs(draft);
    finish(std::move(draft));
    return true;
  }
  return false;
}

// "The Security Council met today", "was convened on Monday in emergency session": a body that meets by itself.
bool SentenceEvents::read_body_met(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  const Verb& telling = view_.tables->verbs[group.main];
  const bool convened = group.passive && telling.is(VerbTrait::convenes) && telling.kind == VerbKind::occur;
  const bool meets = !group.passive && group.finite && (telling.is(VerbTrait::meets) || telling.kind == VerbKind::occur);
  if (!convened && !meets) return false;
  const Arguments& arguments = clause_.of_verb(item);
  std::uint32_t body = kNone;
  for (const Argument& a : arguments.all) {
    if (a.slot == Slot::subject && group.passive) continue;
    if (a.slot == (group.passive ? Slot::object : Slot::subject) && a.item < item && is_body(a.item) && body == kNone) body = a.item;
    else if (a.slot == Slot::subject || a.slot == Slot::object || a.slot == Slot::with || a.slot == Slot::by || a.slot == Slot::between) return false;
  }
  if (body == kNone || arguments.dates.empty()) return false;
  bool organ = false;  // no organisation with members everywhere: "the Security Council of the United Nations"
  for (std::uint32_t t = sentence_.items[body].begin; t < sentence_.items[body].end; ++t) organ = organ || view_.info(t).is(WordClass::organ);
  if (!organ) return false;
  Draft draft = sitting_of(body, arguments.begin, arguments.end);
  take_status(draft, group);
  take_time_and_place(draft, arguments, item);
  take_mode(draft, item, arguments);
  take_chairs(draft);
  take_level(draft, body);
  finish(std::move(draft));
  return true;
}

// "The Council, at its 1,298th meeting, held in A on 26 August, adopted": a sitting told beside what was done there.
void SentenceEvents::read_sitting_at(std::uint32_t its) {
  const std::uint32_t head = numbered_sitting(its);
  if (head == kNone || its == 0 || (word(sentence_.items[its - 1].begin) != "at" && word(sentence_.items[its - 1].begin) != "during")) return;
  std::uint32_t body = its - 1;
  const auto sits = [&](std::uint32_t i) { return is_body(i) || names_series(i); };
  while (body > 0 && body + kItsReach > its && !sits(body)) --body;
  if (!sits(body)) return;
  const std::uint32_t last = last_item_of(its, head);
  if (sentence_.items[last].kind == ItemKind::noun && used_[last]) return;
  Draft draft = sitting_of(body, body, last + 1);
  take_number(draft, its, head);
  take_clause_behind(draft, last);
  if (!draft.date) {
    for (std::uint32_t i = last + 1; i < sentence_.items.size(); ++i) {
      if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
      take_time_and_place(draft, clause_.of_verb(i), i);
      break;
    }
  }
  // "will meet at its 1211th meeting on 30 April"
  for (std::uint32_t i = its; !draft.date && i-- > 0;) {
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
    take_status(draft, verb(i));
    take_time_and_place(draft, clause_.of_verb(i), i);
    break;
  }
  take_relative_lead(draft, last);
  take_mode_before(draft, last);
  take_chairs(draft);
  take_level(draft, last);
  finish(std::move(draft));
}

}  // namespace entente::importers
