// Sittings told by the body that sits: "The Peace and Security Council will hold its 1309th meeting on Friday".
#include <algorithm>

#include "base/utf8.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kItsReach = 6;   // items from the verb to "its"
constexpr std::uint32_t kWordsMax = 4;   // between the number and the word for a sitting

}  // namespace

// Of bodies that no table of series names: organisations and their organs. Others are read by their forum's name.
void SentenceEvents::read_sitting(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (group.main == kNoVerb || is_no_fact(group) || group.passive) return;
  const VerbKind kind = view_.tables->verbs[group.main].kind;
  if (kind != VerbKind::light && kind != VerbKind::occur) return;
  const Arguments arguments = clause_.of_verb(item);
  std::uint32_t body = kNone;
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::subject && clause_.is_actor(a.item)) body = a.item;
  if (body == kNone) return;
  const ActorMention& actor = clause_.actor(body);
  const bool organisation = actor.kind == ActorKind::party && actor.parties.size() == 1 && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::organisation;
  if (!organisation && !is_plain_name(body)) return;
  for (std::uint32_t i = item + 1; i + 1 < sentence_.items.size() && i < item + kItsReach; ++i) {
    if (sentence_.items[i].kind == ItemKind::noun && used_[i]) return;
    if (sentence_.items[i].kind != ItemKind::determiner || word(sentence_.items[i].begin) != "its") continue;
    const std::uint32_t number = sentence_.items[i].end;
    if (number >= sentence_.end || !view_.tokens[number].ordinal) return;
    std::uint32_t head = number + 1;
    while (head < sentence_.end && head <= number + kWordsMax && !view_.info(head).is(WordClass::session_word)) ++head;
    if (head >= sentence_.end || !view_.info(head).is(WordClass::session_word)) return;
    Draft draft = draft_at(arguments.begin, arguments.end);
    draft.type = graph::EventType::conference;
    draft.rule = "conference.sitting";
    draft.confidence = 0.85;
    ForumMention forum;
    forum.begin = sentence_.items[body].begin;
    forum.end = sentence_.items[body].end;
    forum.name = collapse_blanks(view_.raw(forum.begin, forum.end));
    // "its 15th Ministerial Meeting": what sort of sitting, where capitals make it a name
    if (head > number + 1 && view_.tokens[number + 1].capital && view_.tokens[head].capital) forum.name += " " + collapse_blanks(view_.raw(number + 1, head + 1));
    forum.type = graph::EventType::conference;
    forum.edition = view_.tokens[number].number;
    draft.forum = std::move(forum);
    take_one(draft, Part::participant, Slot::subject, body);
    take_status(draft, group);
    take_time_and_place(draft, arguments, item);
    take_chairs(draft);
    for (std::uint32_t at = i + 1; at < sentence_.items.size() && sentence_.items[at].begin <= head; ++at) used_[at] = true;
    finish(std::move(draft));
    return;
  }
}

}  // namespace entente::importers
