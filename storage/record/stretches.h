// Where a timeline's rows stand: which sections, and which days of them, a filter looks at.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "storage/record/event_rows.h"
#include "storage/record/row_stream.h"

namespace entente::storage {

inline constexpr Day kAfterAllDays = std::numeric_limits<Day>::max();

// A part of a timeline: a section, and the first and last of the days that its rows stand on.
struct Stretch {
  Section section = Section::dated;
  Day first = kBeforeAllDays;
  Day last = kAfterAllDays;
};

// In the order in which they are walked. A period looks among ordinary rows from some days before it on (`lookback`),
// since an event told as "2020" stands on its first day, and among the lasting ones before that.
std::vector<Stretch> stretches_of(const RowFilter& filter, Day lookback, bool lasting, bool undated);

// How the keys of these rows begin.
std::string start_of(Whose whose);
std::string in_section(const std::string& start, Section section);
// The rows of a section from one day to another, both among them.
Range days(Family family, const std::string& start, Section section, Day first, Day last);

}  // namespace entente::storage
