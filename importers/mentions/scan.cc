#include "importers/mentions/scanner.h"

#include <algorithm>

#include "base/utf8.h"

namespace entente::importers {

bool Scan::agrees(const Sense& sense, std::uint32_t i, std::uint32_t end) const {
  if (!sense.exact.empty()) return collapse_blanks(view_.raw(i, end)) == sense.exact || view_.raw(i, end) == sense.exact;
  if (sense.capital && !view_.tokens[i].capital) return false;
  if (sense.combining && !(end < end_ && view_.tokens[end].joined && view_.tokens[end].capital)) return false;
  if (view_.year && (*view_.year < sense.from_year)) return false;
  return true;
}

bool Scan::accented(std::uint32_t i) const {
  const std::string_view raw = view_.raw(i, i + 1);
  return raw.find("’") == std::string_view::npos && std::any_of(raw.begin(), raw.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
}

std::span<const Scan::Match> Scan::matches(std::uint32_t i) const {
  if (!has(i) || view_.tokens[i].word == 0) return {};
  if (found_.empty()) {
    constexpr std::size_t kUsualMatches = 16;
    found_.resize(end_ - begin_);
    matches_.reserve(kUsualMatches);
    phrases_.reserve(kUsualMatches);
  }
  Found& found = found_[i - begin_];
  if (found.begin == kNotLookedUp) {
    found.begin = static_cast<std::uint32_t>(matches_.size());
    phrases_.clear();
    view_.tables->phrases.find(std::span<const Token>(view_.tokens.data(), end_), i, phrases_);
    for (const PhraseMatch& phrase : phrases_)
      for (const Sense& sense : phrase.senses)
        if (agrees(sense, i, i + phrase.length)) matches_.push_back({i + phrase.length, &sense});
    found.count = static_cast<std::uint32_t>(matches_.size()) - found.begin;
  }
  return {matches_.data() + found.begin, found.count};
}

Scan::Match Scan::find_longest(std::uint32_t i, SenseKind kind) const {
  Match best;
  for (const Match& match : matches(i))
    if (match.sense->kind == kind && match.end >= best.end) best = match;
  return best;
}

Scan::Match Scan::find_longest_party(std::uint32_t i) const {
  const std::span<const Match> found = matches(i);
  if (found.empty()) return {};
  const auto rank = [&](const Match& match) {
    // A name out of use by the text's year stands for its party only where nothing else has it: Venice, Hawaii.
    if (view_.year && *view_.year > match.sense->until_year) return 1;
    switch (match.sense->kind) {
      case SenseKind::abbreviation: return 7;
      case SenseKind::name: {
        // Of two states of one name the one that still exists, unless the text is older than it.
        const bool former = tables().parties[match.sense->index].former || match.sense->until_year != 9999;
        return former ? 5 : 6;
      }
      case SenseKind::seat: return 4;
      case SenseKind::ministry: return 4;
      // "European": of the region, before the organisation
      case SenseKind::adjective: return tables().parties[match.sense->index].kind == graph::EntityKind::organisation ? 2 : 3;
      case SenseKind::city: return tables().cities[match.sense->index].capital ? 3 : 2;
      case SenseKind::people: return 1;
      default: return 0;
    }
  };
  Match best;
  int best_rank = 0;
  for (const Match& match : found) {
    const int r = rank(match);
    if (r == 0) continue;
    if (best.sense == nullptr || match.end > best.end || (match.end == best.end && r > best_rank)) {
      best = match;
      best_rank = r;
    }
  }
  return best;
}

}  // namespace entente::importers
