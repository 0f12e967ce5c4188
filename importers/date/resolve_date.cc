#include "importers/date/date_expr.h"

#include <cstdlib>

namespace entente::importers {
namespace {

using Point = DateExpr::Point;

// The year in which the month (and day) lies nearest to the publication date on the side that the tense allows.
int nearest_year(const Point& point, const CivilDate& published, Tense tense) {
  constexpr long kLateMax = 7;  // days: a note of what is to come may stand on the site when it has begun
  int best = published.year;
  long best_distance = -1;
  for (int year = published.year - 1; year <= published.year + 1; ++year) {
    CivilDate date{year, *point.month, point.day.value_or(15)};
    if (!is_valid(date)) date.day = days_in_month(year, date.month);
    const long distance = to_day(date) - to_day(published);
    // A month without a day counts as past or future only as a whole.
    constexpr long kHalfMonth = 16;
    if (tense == Tense::past && distance > (point.day ? 0 : kHalfMonth)) continue;
    if (tense == Tense::future && distance < -(point.day ? kLateMax : kHalfMonth)) continue;
    if (best_distance < 0 || std::labs(distance) < best_distance) {
      best = year;
      best_distance = std::labs(distance);
    }
  }
  return best;
}

std::optional<Edtf> edtf_of(const Point& point) {
  if (point.day && point.month) {
    if (!is_valid({point.year.value_or(2000), *point.month, *point.day})) return std::nullopt;
    return Edtf::day(point.year, *point.month, *point.day);
  }
  if (point.month) return Edtf::month(point.year, *point.month);
  if (point.year) return Edtf::year(*point.year);
  return std::nullopt;
}

std::optional<Edtf> edtf_of(const Point& first, const std::optional<Point>& last) {
  const auto begin = edtf_of(first);
  if (!begin || !last) return begin;
  const auto end = edtf_of(*last);
  if (!end) return begin;
  return Edtf::interval(*begin, *end);
}

Edtf day_edtf(Day day) {
  const CivilDate date = to_civil(day);
  return Edtf::day(date.year, date.month, date.day);
}

std::optional<int> year_of(const Edtf& date) {
  if (!date.earliest()) return std::nullopt;
  return to_civil(*date.earliest()).year;
}

class Resolver {
 public:
  Resolver(const DateExpr& expr, const DateContext& context) : expr_(expr), context_(context) {}

  std::optional<Edtf> run() const {
    switch (expr_.kind) {
      case DateExpr::Kind::day_shift:
        if (context_.published) return day_edtf(to_day(*context_.published) + *expr_.shift);
        return context_.told_on ? shifted_unknown_year(*context_.told_on) : std::nullopt;
      case DateExpr::Kind::unit_shift: return unit_shift();
      case DateExpr::Kind::anchor_shift: return anchor_shift();
      case DateExpr::Kind::anchor_year: {
        const auto year = context_.anchor ? year_of(*context_.anchor) : std::nullopt;
        if (!year) return std::nullopt;
        return Edtf::year(*year + *expr_.shift);
      }
      case DateExpr::Kind::stay_day: return stay_day();
      case DateExpr::Kind::calendar: break;
    }
    if (expr_.weekday && !expr_.first.month) {
      const auto first = weekday();
      if (!first || !expr_.last || !expr_.last->day) return first;
      const CivilDate last = to_civil(*first->earliest() + (*expr_.last->day - *expr_.weekday));  // of a range of weekdays the number of the last
      return Edtf::interval(*first, Edtf::day(last.year, last.month, last.day));
    }
    return calendar();
  }

 private:
  std::optional<Edtf> unit_shift() const {
    if (!context_.published) return std::nullopt;
    const CivilDate& published = *context_.published;
    if (expr_.unit == 'y') return Edtf::year(published.year + *expr_.shift);
    if (expr_.unit == 'm') {
      const int months = published.year * 12 + published.month - 1 + *expr_.shift;
      return Edtf::month(months / 12, months % 12 + 1);
    }
    // A week is given by its month, as a season is by its year: the month in which most of its days lie.
    const Day thursday = to_day(published) - weekday_of(to_day(published)) + 3;
    const CivilDate date = to_civil(thursday + 7 * *expr_.shift);
    return Edtf::month(date.year, date.month);
  }

  std::optional<Edtf> anchor_shift() const {
    if (!context_.anchor) {
      if (!expr_.part_of_day || !context_.published) return std::nullopt;
      return day_edtf(to_day(*context_.published));  // "In the afternoon she received", where no day was told: that of the release
    }
    if (context_.anchor->is_day()) return day_edtf(*context_.anchor->earliest() + *expr_.shift);
    if (*expr_.shift == 0) return context_.anchor;
    if (context_.anchor->text().find('/') != std::string::npos && context_.anchor->earliest() && context_.anchor->latest())  // of several days
      return day_edtf((*expr_.shift < 0 ? *context_.anchor->earliest() : *context_.anchor->latest()) + *expr_.shift);
    return shifted_unknown_year(*context_.anchor);
  }

  // Of a stay whose ends are known to the day.
  std::optional<Edtf> stay_day() const {
    if (!context_.stay || !context_.stay->earliest() || !context_.stay->latest()) return std::nullopt;
    const Day day = *expr_.shift < 0 ? *context_.stay->latest() : *context_.stay->earliest() + *expr_.shift;
    if (day > *context_.stay->latest()) return std::nullopt;
    return day_edtf(day);
  }

  // XXXX-06-12 and a day before it: the month and day still count, away from the end of February.
  std::optional<Edtf> shifted_unknown_year(const Edtf& from) const {
    const std::string& text = from.text();
    if (!text.starts_with("XXXX-") || text.size() != 10) return std::nullopt;
    const CivilDate date{2001, std::atoi(text.c_str() + 5), std::atoi(text.c_str() + 8)};
    if (!is_valid(date)) return std::nullopt;
    const CivilDate moved = to_civil(to_day(date) + *expr_.shift);
    if (moved.year != date.year) return std::nullopt;
    return Edtf::day(std::nullopt, moved.month, moved.day);
  }

  std::optional<Edtf> weekday() const {
    if (!context_.published) return std::nullopt;
    const Day published = to_day(*context_.published);
    const int wanted = *expr_.weekday - 1;
    const int back = (weekday_of(published) - wanted + 7) % 7;  // 0 today, 1 yesterday ...
    if (expr_.shift && *expr_.shift == -2) {
      const Day monday = published - weekday_of(published) - 7;
      return day_edtf(monday + wanted);
    }
    if (expr_.shift && *expr_.shift == 2) {
      const Day monday = published - weekday_of(published) + 7;
      return day_edtf(monday + wanted);
    }
    if (expr_.shift && *expr_.shift == 3) return day_edtf(published - weekday_of(published) + wanted);
    const bool future = context_.tense == Tense::future || (expr_.shift && *expr_.shift > 0);
    if (future) return day_edtf(published + (7 - back) % 7 + (back == 0 && expr_.shift ? 7 : 0));
    if (expr_.shift && *expr_.shift < 0 && back == 0) return day_edtf(published - 7);
    return day_edtf(published - back);
  }

  std::optional<Edtf> calendar() const {
    Point first = expr_.first;
    std::optional<Point> last = expr_.last;
    if (first.day && !first.month && expr_.shift && expr_.unit == 'm') return days_of_month_away(*first.day, last);
    if (first.day && !first.month) return day_in_month_of_anchor(*first.day);
    if (!first.year) {
      first.year = implied_year(first);
      if (last && !last->year) {
        last->year = first.year;
        if (first.year && first.month && last->month && *last->month < *first.month) ++*last->year;
      }
    } else if (last && !last->year) {
      last->year = first.year;
    }
    return edtf_of(first, last);
  }

  std::optional<int> implied_year(const Point& point) const {
    if (expr_.shift && expr_.unit == 'y') {
      if (!context_.published) return std::nullopt;
      return context_.published->year + *expr_.shift;
    }
    if (expr_.shift && expr_.unit == 'a') return context_.anchor ? year_of(*context_.anchor) : std::nullopt;
    if (!context_.published) return context_.text_year;
    if (!point.month) return std::nullopt;
    if (expr_.shift && expr_.unit == 'm') {
      // "last November" in December 2021 is that of 2021 or 2020: the latest one that is over; "this" is this year's.
      const CivilDate& published = *context_.published;
      if (*expr_.shift < 0) return *point.month < published.month ? published.year : published.year - 1;
      if (*expr_.shift > 0) return *point.month > published.month ? published.year : published.year + 1;
      return published.year;
    }
    if (const auto year = year_of_weekday(point, *context_.published)) return year;
    return nearest_year(point, *context_.published, context_.tense);
  }

  // "Wednesday, 12 June": the year near the publication in which that day is one.
  std::optional<int> year_of_weekday(const Point& point, const CivilDate& published) const {
    constexpr long kDaysMax = 183;  // farther away the weekday is more likely to be a slip
    if (!expr_.weekday || !point.day) return std::nullopt;
    for (int year = published.year - 1; year <= published.year + 1; ++year) {
      if (!is_valid({year, *point.month, *point.day})) continue;
      const Day day = to_day({year, *point.month, *point.day});
      if (std::labs(day - to_day(published)) <= kDaysMax && weekday_of(day) == *expr_.weekday - 1) return year;
    }
    return std::nullopt;
  }

  // "the 19th of this month": of the month of publication, or of one before or behind it.
  std::optional<Edtf> days_of_month_away(int day, std::optional<Point> last) const {
    if (!context_.published) return std::nullopt;
    const int months = context_.published->year * 12 + context_.published->month - 1 + *expr_.shift;
    if (last) last = Point{months / 12, months % 12 + 1, last->day};
    return edtf_of(Point{months / 12, months % 12 + 1, day}, last);
  }

  std::optional<Edtf> day_in_month_of_anchor(int day) const {
    std::optional<int> year;
    std::optional<int> month;
    if (context_.anchor && context_.anchor->earliest()) {
      const CivilDate date = to_civil(*context_.anchor->earliest());
      year = date.year;
      month = date.month;
    } else if (context_.anchor && context_.anchor->text().starts_with("XXXX-")) {
      month = std::atoi(context_.anchor->text().c_str() + 5);
    } else if (context_.published) {
      year = context_.published->year;
      month = context_.published->month;
    }
    if (!month) return std::nullopt;
    return edtf_of(Point{year, month, day});
  }

  const DateExpr& expr_;
  const DateContext& context_;
};

}  // namespace

std::optional<Edtf> resolve_date(const DateExpr& expr, const DateContext& context) { return Resolver(expr, context).run(); }

}  // namespace entente::importers
