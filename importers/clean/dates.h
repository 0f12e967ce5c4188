// Whole dates as pages write them: "19 November 2020", "19.11.2020", "2020年11月19日", "19 de noviembre de 2020".
// Month names are those of ICU's locale data. Pure; the tables are made on first use.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/civil.h"

namespace entente::importers {

struct FoundDate {
  CivilDate date;
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
};

// The first date with day, month and year. `language` (BCP 47, may be empty) settles what is written alike: 3/4/2020 is
// March in en-US and April elsewhere, "listopad" October in Croatian and November in Polish.
// Reads the first kDateTextBytesMax bytes.
std::optional<FoundDate> find_date(std::string_view text, std::string_view language);

// The same, where the date begins with the text's first byte; absent where it stands further on.
std::optional<FoundDate> find_date_at_start(std::string_view text, std::string_view language);

// `before` without the weekday at its end, and the comma between: what stands before "Monday, 3 May 2021".
std::string_view without_weekday(std::string_view before);

// Nothing but a date or a span of dates, with its weekday and clock time: a line that dates what stands under it.
// Here the year may be absent ("November 19").
bool is_date_line(std::string_view line, std::string_view language);

inline constexpr std::size_t kDateTextBytesMax = 400;

}  // namespace entente::importers
