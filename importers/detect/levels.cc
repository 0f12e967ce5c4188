// At what level a meeting is held, where no official is named for it: "at the level of Foreign Ministers", "at ministerial level",
// "with the participation of both Prime Ministers".
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kLevelWordsMax = 6;  // between "at" and "level"

}  // namespace

std::optional<graph::Level> SentenceEvents::level_in(std::uint32_t begin, std::uint32_t end) const {
  bool lowered = false;
  for (std::uint32_t t = begin; t < end; ++t) {
    const WordInfo& said = view_.info(t);
    if (said.is(WordClass::level_lowered)) lowered = true;
    if (word(t) == "heads" && t + 2 < sentence_.end && word(t + 1) == "of" && (word(t + 2) == "delegation" || word(t + 2) == "delegations")) continue;  // "heads of delegation"
    if (said.is(WordClass::level_leader)) return lowered ? graph::Level::minister : graph::Level::leader;  // "Deputy Prime Ministers"
    if (said.is(WordClass::level_minister)) return lowered ? graph::Level::vice_minister : graph::Level::minister;
    if (said.is(WordClass::level_working)) return graph::Level::working;
  }
  return std::nullopt;
}

// Where the item's clause says it.
void SentenceEvents::take_level(Draft& draft, std::uint32_t item) const {
  using graph::EventType;
  if (draft.type != EventType::conference && draft.type != EventType::consultation && draft.type != EventType::meeting) return;
  for (std::uint32_t i = 0; i + 1 < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop && i > item) return;
    if (here.kind != ItemKind::preposition) continue;
    std::optional<graph::Level> level;
    const std::uint32_t from = here.end;
    if (word(here.begin) == "at") {
      std::uint32_t at = from;
      while (at < sentence_.end && at < from + kLevelWordsMax && word(at) != "level" && word(at) != "levels") ++at;
      if (at == sentence_.end || at == from + kLevelWordsMax) continue;
      // "at the level of Ministers of Foreign Affairs": up to the next mark; "at ministerial level": before it.
      std::uint32_t end = at;
      if (at + 1 < sentence_.end && word(at + 1) == "of")
        for (end = at + 2; end < sentence_.end && end < at + 2 + kLevelWordsMax && !view_.tokens[end].punct && word(end) != "in"; ++end) {
        }
      level = level_in(end > at ? at + 2 : from, end);
    } else if (word(here.begin) == "with" || word(here.begin) == "in") {
      // "in the presence of", "with the participation of"
      std::uint32_t at = i + 1;
      while (at < sentence_.items.size() && at < i + 3 && word(sentence_.items[at].end - 1) != "participation" && word(sentence_.items[at].end - 1) != "attendance") ++at;
      if (at + 1 >= sentence_.items.size() || at == i + 3 || word(sentence_.items[at + 1].begin) != "of") continue;
      for (at += 2; at < sentence_.items.size() && (sentence_.items[at].kind == ItemKind::determiner || sentence_.items[at].kind == ItemKind::number); ++at) {
      }
      if (at >= sentence_.items.size() || !clause_.is_actor(at)) continue;
      const ActorMention& actor = clause_.actor(at);
      level = actor.level ? actor.level : actor.post ? actor.post->level : std::nullopt;
    }
    if (level && (!draft.level_hint || *level < *draft.level_hint)) draft.level_hint = level;
  }
}

}  // namespace entente::importers
