// The time and town that a line begins with, and the one time of a sentence.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

// "Accra, 4-6 March:", with nothing else before the colon; else a time that the line begins with: "May 6, late afternoon:".
std::optional<SentenceEvents::Label> SentenceEvents::label() const {
  constexpr std::uint32_t kItemsMax = 8;
  const auto is_colon = [&](std::uint32_t i) { return view_.raw(sentence_.items[i].begin, sentence_.items[i].end) == ":"; };
  const auto size = static_cast<std::uint32_t>(sentence_.items.size());
  Label found;
  const auto is_dash = [&](std::uint32_t at) { return view_.tokens[sentence_.items[at].begin].punct && (sentence_.items[at].kind == ItemKind::word || view_.raw(sentence_.items[at].begin, sentence_.items[at].end) == "–"); };
  std::uint32_t i = 0;
  while (i < size && sentence_.items[i].kind == ItemKind::stop && !is_colon(i)) ++i;  // the bullet of a list
  const std::uint32_t first = i;
  for (; i < size; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::date && found.date == kNone) found.date = i;
    else if (here.kind == ItemKind::actor && (clause_.actor(i).kind == ActorKind::city || clause_.actor(i).kind == ActorKind::party)) found.city = found.city == kNone ? i : found.city;
    else if (here.kind != ItemKind::comma && here.kind != ItemKind::preposition && here.kind != ItemKind::quote) break;
  }
  found.colon = i;
  if (i < size && sentence_.items[i].kind == ItemKind::stop && is_colon(i) && found.date != kNone) return found;
  // "28 October – Ambassador A paid a courtesy call"
  if (i < size && found.date == first && found.city == kNone && is_dash(i) && sentence_.dates[sentence_.items[first].index].first.day) return found;
  found = {};
  i = 0;
  while (i < size && (sentence_.items[i].kind == ItemKind::number || sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::preposition)) ++i;
  if (i >= size || sentence_.items[i].kind != ItemKind::date) return std::nullopt;
  found.date = i;
  for (std::uint32_t colon = i + 1; colon < size && colon < i + kItemsMax; ++colon) {
    if (is_colon(colon)) {
      found.colon = colon;
      return found;
    }
    if (sentence_.items[colon].kind == ItemKind::verb) return std::nullopt;
  }
  return std::nullopt;
}

// "Ljubljana: State Secretary A will have": a town before the colon that a line begins with.
void SentenceEvents::take_place_label() {
  if (sentence_.items.size() < 3 || !clause_.is_actor(0) || (clause_.actor(0).kind != ActorKind::city && clause_.actor(0).city == kNone)) return;
  const bool colon = sentence_.items[1].kind == ItemKind::stop && view_.raw(sentence_.items[1].begin, sentence_.items[1].end) == ":";
  const std::string_view mark = view_.raw(sentence_.items[1].begin, sentence_.items[1].end);
  const bool dash = mark == "–" || mark == "—" || mark == "-";  // "Helsinki – State Secretary A will", under a day
  if (!colon && !(dash && entry_ != nullptr)) return;
  for (Draft& draft : drafts_)
    if (draft.city.empty() && (draft.place_country == kNoParty || draft.entry_date) && draft.type != EventType::statement && draft.type != EventType::message && draft.type != EventType::aid) take_town(draft, 0);
}

// The town at an item, which may have the name of its state.
void SentenceEvents::take_town(Draft& draft, std::uint32_t item) const {
  const ActorMention& actor = clause_.actor(item);
  if (actor.kind == ActorKind::city) return take_place(draft, item);
  if (actor.city == kNone || !draft.city.empty()) return;
  draft.city = std::string(view_.raw(actor.begin, actor.end));
  draft.place_country = actor.parties.empty() ? kNoParty : actor.parties[0];
}

// Time and town before a colon are those of what is told behind it.
void SentenceEvents::take_label() {
  const auto said = label();
  if (!said) return take_place_label();
  for (Draft& draft : drafts_) {
    if (draft.begin < sentence_.items[said->colon].end || draft.date) continue;
    draft.date = sentence_.dates[sentence_.items[said->date].index];
    draft.background = false;
    if (said->city == kNone) continue;
    if (draft.type == EventType::visit && !draft.has(Part::host)) draft.takings.push_back({Part::host, Slot::in, meant_of(said->city)});
    if (draft.city.empty() && draft.type != EventType::statement && draft.type != EventType::message && draft.type != EventType::aid) take_place(draft, said->city);
  }
}

// "She called on A and had talks with B, both on the 18th": the one time of a sentence is that of all its verbs.
void SentenceEvents::share_date() {
  if (sentence_.dates.size() != 1) return;
  const bool dated = std::any_of(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.date && !d.background; });
  // "On 28 July he will meet A, and the two will sign"
  const bool ahead = dated && std::all_of(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.planned || d.background; });
  if (!dated) return;
  // "the Agreement which they had signed on 8 February, under which Serbia was given": the time is that of its own clause.
  const auto behind_relative = [&](const Draft& draft) {
    return std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) {
      return item.kind == ItemKind::relative && item.begin >= sentence_.dates[0].end && item.begin < draft.end && draft.begin >= sentence_.dates[0].end;
    });
  };
  // "signed by A and by B, who is paying a visit from 4 to 6 May": the days are those of the visit
  const auto tells_stay = [&](std::uint32_t relative) {
    return std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& other) { return other.type == EventType::visit && other.date && other.end > relative; });
  };
  // "A, who is on a visit to B from 20 to 26 May, took part in": the days of the visit, set off by commas
  const auto behind_stay = [&](const Draft& draft) {
    if (draft.type == EventType::visit) return false;
    std::uint32_t who = kNone;
    for (const Item& item : sentence_.items) {
      if (item.kind == ItemKind::relative && item.begin < sentence_.dates[0].begin) who = word(item.begin) == "who" ? item.begin : kNone;
      if (who != kNone && item.kind == ItemKind::comma && item.begin >= sentence_.dates[0].end) return draft.end > item.begin && tells_stay(who);
    }
    return false;
  };
  // "have resumed relations, which had been severed in 1990": nor is the time of the clause behind that of the verb before it.
  const auto before_relative = [&](const Draft& draft) {
    return std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) {
      // "travelled to A, where he will meet B on the 25th"
      const bool ahead_there = word(item.begin) == "where" && !draft.planned && std::any_of(sentence_.verbs.begin(), sentence_.verbs.end(), [&](const VerbGroup& verb) { return (verb.planned || verb.tense == Tense::future) && verb.begin > item.begin; });
      const bool apart = ahead_there || word(item.begin) == "which" || (word(item.begin) == "who" && tells_stay(item.begin));
      const std::uint32_t from = ahead_there ? item.end : item.begin;
      return item.kind == ItemKind::relative && apart && from >= draft.end && item.begin < sentence_.dates[0].begin;
    });
  };
  // "relations, which A had severed in 2019, were restored": nor that of a clause which commas set off the time of the main one
  std::uint32_t said = 0;
  while (said < sentence_.items.size() && sentence_.items[said].begin < sentence_.dates[0].begin) ++said;
  const auto around_relative = [&](const Draft& draft) {
    if (draft.type != EventType::relations && draft.type != EventType::agreement) return false;
    std::uint32_t last = said;
    while (last + 1 < sentence_.items.size() && sentence_.items[last + 1].begin < draft.end) ++last;
    return draft.begin < sentence_.dates[0].begin && is_in_relative_before(said, last);
  };
  // "notes were exchanged on a loan which A extends": given by the paper
  const auto relative = std::find_if(sentence_.items.begin(), sentence_.items.end(), [](const Item& item) { return item.kind == ItemKind::relative; });
  const std::uint32_t main_end = relative == sentence_.items.end() ? sentence_.end : relative->begin;
  const bool signed_here = std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::agreement && d.date && !d.background && d.sets.stage == graph::Stage::signed_ && d.end <= main_end; });
  for (Draft& draft : drafts_)
    if (!draft.date && draft.type == EventType::aid && signed_here && !draft.cancelled && draft.tense != Tense::past) {
      draft.date = sentence_.dates[0];
      draft.planned = false;
    }
  for (Draft& draft : drafts_)
    if (!draft.date && !draft.background && !behind_relative(draft) && !before_relative(draft) && !behind_stay(draft) && !around_relative(draft) && (!draft.planned || ahead) && !draft.cancelled && !draft.anaphoric && !draft.under_way && draft.type != EventType::statement) draft.date = sentence_.dates[0];
}

}  // namespace entente::importers
