// Days of the Gregorian calendar as numbers: for keys, for arithmetic, for weekdays.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

// Days since 1970-01-01, negative before it.
using Day = std::int32_t;

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31

  friend auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

bool is_valid(const CivilDate& date);
bool is_leap_year(int year);
// REQUIRES: 1 <= month <= 12.
int days_in_month(int year, int month);

// REQUIRES: is_valid(date).
Day to_day(const CivilDate& date);
CivilDate to_civil(Day day);
// 0 Monday to 6 Sunday (ISO 8601's order).
int weekday_of(Day day);

// "2020-11-19"; absent for anything else.
std::optional<CivilDate> parse_iso_date(std::string_view text);
std::string to_iso(const CivilDate& date);

}  // namespace entente
