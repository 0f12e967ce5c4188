// A time as a text says it, before anybody knows when the text was written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/civil.h"
#include "base/edtf.h"
#include "importers/lexicon/vocabulary.h"
#include "importers/tokenise/tokens.h"

namespace entente::importers {

struct DateExpr {
  enum class Kind : std::uint8_t {
    calendar,      // what year, month and day say, as far as they are said
    day_shift,     // `shift` days from the publication: today, yesterday
    unit_shift,    // `shift` weeks, months or years from it: last year, this month
    anchor_shift,  // `shift` days from the event told before: the same day, the day before
    anchor_year,   // `shift` years from the event told before: the following year
    stay_day,      // `shift` days from the first of the stay that is told, -1 its last: the second day of the visit
  };

  struct Point {
    std::optional<int> year;
    std::optional<int> month;
    std::optional<int> day;
    friend bool operator==(const Point&, const Point&) = default;
  };

  Kind kind = Kind::calendar;
  Point first;
  std::optional<Point> last;       // of a range
  std::optional<int> weekday;      // 1 Monday to 7 Sunday
  std::optional<int> shift;        // with a weekday: -1 last, 1 next, -2 of last week, 2 of next week, 3 of this week
  bool part_of_day = false;        // "in the afternoon": of the day that was told, or of the release's
  char unit = 'd';                 // d w m y; a: that of the event told before
  bool whole_year = false;         // a season, a quarter, a part of a year: told as the year
  std::uint32_t begin = 0;         // tokens [begin, end)
  std::uint32_t end = 0;
};

// The time that starts at tokens[at]; absent when none does. Never reads past a sentence: give it one.
std::optional<DateExpr> parse_date(std::span<const Token> tokens, std::size_t at, const Vocabulary& vocabulary, std::string_view text);

enum class Tense : std::uint8_t { unknown, past, present, future };

struct DateContext {
  std::optional<CivilDate> published;
  std::optional<Edtf> told_on;    // the day, without a year, that a text without `published` gives for itself: XXXX-07-23
  std::optional<Edtf> anchor;     // the date of the event told before
  std::optional<Edtf> stay;       // from when to when the visit that is told lasts
  std::optional<int> text_year;   // the year of the entry that it stands in, or the one that an undated text implies
  Tense tense = Tense::unknown;
};

// When it was. Absent when the text gives too little: "last month" without a publication date.
std::optional<Edtf> resolve_date(const DateExpr& expr, const DateContext& context);

}  // namespace entente::importers
