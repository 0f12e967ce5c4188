// Where a page ended, as text that a later question gives back. It carries the recorded time of the view, so that the
// rest is of the same view though writes came in between, and a mark of the question that it belongs to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/query/query.h"

namespace entente::graph::query {

struct Position {
  RecordedTime recorded;
  std::uint64_t view = 0;      // what the view held, so that another store's is told from it
  std::uint64_t question = 0;  // fingerprint
  std::uint64_t rows = 0;      // given so far
  std::string event;           // the last one given, for answers that are walked by event
};

std::string encode_cursor(const Position& position);
// Absent for text that no cursor is.
std::optional<Position> decode_cursor(std::string_view text);

// How much a view holds, as one number.
std::uint64_t mark_of(const StoreCounts& counts);

// What questions that go on from one another have in common: everything but the page.
std::uint64_t fingerprint(const Query& query);

}  // namespace entente::graph::query
