#include "base/edtf.h"

#include <fmt/format.h>

#include <algorithm>

namespace entente {
namespace {

struct Range {
  std::optional<Day> earliest;
  std::optional<Day> latest;
};

Error bad_date(std::string_view text, std::string_view why) {
  return {ErrorCode::invalid_argument,
          fmt::format("'{}' is not a date: {}; write 2020-11-19, 2020-11, 2020 or 2018-04-17/2018-04-18", text, why),
          {}};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_unspecified(std::string_view part) { return part == "XX" || part == "XXXX"; }

// The number that the digits give when every X in them is `filler`; absent when a character is neither.
std::optional<int> fill(std::string_view part, char filler) {
  int value = 0;
  for (const char c : part) {
    const char digit = c == 'X' ? filler : c;
    if (!is_digit(digit)) return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value;
}

// The months that an EDTF season code stands for, in northern terms; winter is kept inside its year.
std::optional<std::pair<int, int>> season_months(int code) {
  switch (code) {
    case 21: return std::pair{3, 5};
    case 22: return std::pair{6, 8};
    case 23: return std::pair{9, 11};
    case 24: return std::pair{12, 12};
    default: return std::nullopt;
  }
}

Result<Range> read_date(std::string_view whole, std::string_view text) {
  if (!text.empty() && (text.back() == '?' || text.back() == '~' || text.back() == '%')) text.remove_suffix(1);
  bool negative = false;
  if (text.starts_with('-')) negative = true, text.remove_prefix(1);
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return bad_date(whole, "it has the wrong length");
  const std::string_view year_part = text.substr(0, 4);
  const auto first_year = fill(year_part, '0');
  const auto last_year = fill(year_part, '9');
  if (!first_year || !last_year) return bad_date(whole, "the year is not four digits");
  int year_from = negative ? -*last_year : *first_year;
  int year_to = negative ? -*first_year : *last_year;
  const bool year_unknown = all_unspecified(year_part);

  int month_from = 1;
  int month_to = 12;
  bool month_known = false;
  if (text.size() >= 7) {
    if (text[4] != '-') return bad_date(whole, "there is no '-' after the year");
    const std::string_view month_part = text.substr(5, 2);
    if (!all_unspecified(month_part)) {
      const auto number = fill(month_part, '?');
      if (!number) return bad_date(whole, "the month is not two digits");
      if (const auto season = season_months(*number); season && text.size() == 7) {
        month_from = season->first;
        month_to = season->second;
      } else if (*number < 1 || *number > 12) {
        return bad_date(whole, fmt::format("there is no month {}", *number));
      } else {
        month_from = month_to = *number;
        month_known = true;
      }
    }
  }
  std::optional<int> day;
  if (text.size() == 10) {
    if (text[7] != '-') return bad_date(whole, "there is no '-' after the month");
    const std::string_view day_part = text.substr(8, 2);
    if (!all_unspecified(day_part)) {
      day = fill(day_part, '?');
      if (!day) return bad_date(whole, "the day is not two digits");
      const int longest = month_known ? days_in_month(year_unknown ? 2000 : year_to, month_to) : 31;
      if (*day < 1 || *day > longest) return bad_date(whole, fmt::format("that month has no day {}", *day));
    }
  }
  if (year_unknown) return Range{};
  const bool whole_months = !day || !month_known;
  const int first_day = whole_months ? 1 : *day;
  const int last_day = whole_months ? days_in_month(year_to, month_to)
                                    : std::min(*day, days_in_month(year_to, month_to));
  return Range{to_day({year_from, month_from, std::min(first_day, days_in_month(year_from, month_from))}),
               to_day({year_to, month_to, last_day})};
}

bool is_open(std::string_view part) { return part.empty() || part == ".."; }

}  // namespace

Result<Edtf> Edtf::parse(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto range = read_date(text, text);
    if (!range) return range.error();
    return Edtf(std::string(text), range->earliest, range->latest);
  }
  const std::string_view first = text.substr(0, slash);
  const std::string_view last = text.substr(slash + 1);
  if (last.find('/') != std::string_view::npos) return bad_date(text, "an interval has two ends");
  if (is_open(first) && is_open(last)) return bad_date(text, "an interval needs one end at least");
  Range from;
  Range to;
  if (!is_open(first)) {
    auto range = read_date(text, first);
    if (!range) return range.error();
    from = *range;
  }
  if (!is_open(last)) {
    auto range = read_date(text, last);
    if (!range) return range.error();
    to = *range;
  }
  if (from.earliest && to.latest && *from.earliest > *to.latest) return bad_date(text, "it ends before it starts");
  return Edtf(std::string(text), from.earliest, to.latest);
}

Edtf Edtf::year(int year) { return parse(fmt::format("{:04}", year)).value(); }

Edtf Edtf::month(std::optional<int> year, int month) {
  return parse(year ? fmt::format("{:04}-{:02}", *year, month) : fmt::format("XXXX-{:02}", month)).value();
}

Edtf Edtf::day(std::optional<int> year, int month, int day) {
  return parse(year ? fmt::format("{:04}-{:02}-{:02}", *year, month, day) : fmt::format("XXXX-{:02}-{:02}", month, day))
      .value();
}

Edtf Edtf::interval(const Edtf& first, const Edtf& last) {
  if (first == last) return first;
  auto both = parse(fmt::format("{}/{}", first.text(), last.text()));
  return both ? *both : first;
}

bool Edtf::overlaps(const Edtf& other) const {
  if (is_undated() || other.is_undated()) return false;
  const bool starts_in_time = !earliest_ || !other.latest_ || *earliest_ <= *other.latest_;
  const bool ends_in_time = !latest_ || !other.earliest_ || *latest_ >= *other.earliest_;
  return starts_in_time && ends_in_time;
}

}  // namespace entente
