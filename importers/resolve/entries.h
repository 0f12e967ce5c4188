// Dated entries: notes of a journey or diary under lines that name the traveller, the place and the time. What is told
// under such lines takes its time, place and subject from them when it says none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "importers/mentions/mentions.h"

namespace entente::importers {

class Cast;

struct Entry {
  std::uint32_t first = 0;  // sentences [first, last): the lines of the heading and what stands under them
  std::uint32_t last = 0;
  std::uint32_t heading_begin = 0;  // tokens of the heading
  std::uint32_t heading_end = 0;
  std::optional<std::uint32_t> traveller;  // Cast::persons(); absent in a diary of the release's own side
  std::optional<std::uint32_t> owner;      // whose schedule or diary it is; absent where a traveller is
  PartyIndex whence = kNoParty;            // the traveller's country, where a line above says it
  std::vector<PartyIndex> countries;       // where; empty when only the day is said
  std::string city;                        // the first one named; may be empty
  DateExpr date;
  bool row = false;                        // one line of a table: it is heading and telling in one
};

// In the order of the text. REQUIRES: the cast has collected the persons.
std::vector<Entry> find_entries(const TextView& view, const Cast& cast);

}  // namespace entente::importers
