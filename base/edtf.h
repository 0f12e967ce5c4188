// Valid time as written: dates and intervals of the Extended Date/Time Format, levels 0 and 1 (ISO 8601-2:2019, the
// Library of Congress's EDTF page), kept as written beside the earliest and the latest day they can mean.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/result.h"

namespace entente {

class Edtf {
 public:
  // Reads dates ("2020-11-19", "2020-11", "2020"), intervals ("2018-04-17/2018-04-18", "2019/..", "../2019"),
  // unspecified digits ("201X", "2004-XX", "XXXX-11-19"), seasons ("2001-21") and the qualifiers ? ~ %.
  // Fails with invalid_argument, naming the text and what is wrong with it.
  static Result<Edtf> parse(std::string_view text);

  static Edtf year(int year);
  // REQUIRES for all of these: a date that exists, as base/civil.h has it. An absent year is written XXXX.
  static Edtf month(std::optional<int> year, int month);
  static Edtf day(std::optional<int> year, int month, int day);
  // Both ends as parse() reads a date. REQUIRES: neither is itself an interval. Equal ends give the one date.
  static Edtf interval(const Edtf& first, const Edtf& last);

  const std::string& text() const { return text_; }

  // The first and the last day that it can mean. Absent where the year is unknown or the end open.
  std::optional<Day> earliest() const { return earliest_; }
  std::optional<Day> latest() const { return latest_; }
  // Neither end is known: kept and shown, found by "undated".
  bool is_undated() const { return !earliest_ && !latest_; }
  // Exactly one day.
  bool is_day() const { return earliest_ && latest_ && *earliest_ == *latest_; }

  // Whether some day can be meant by both. An undated one overlaps nothing.
  bool overlaps(const Edtf& other) const;

  friend bool operator==(const Edtf& a, const Edtf& b) { return a.text_ == b.text_; }
  friend auto operator<=>(const Edtf& a, const Edtf& b) { return a.text_ <=> b.text_; }
  friend std::ostream& operator<<(std::ostream& out, const Edtf& date) { return out << date.text_; }

 private:
  Edtf(std::string text, std::optional<Day> earliest, std::optional<Day> latest)
      : text_(std::move(text)), earliest_(earliest), latest_(latest) {}

  std::string text_;
  std::optional<Day> earliest_;
  std::optional<Day> latest_;
};

}  // namespace entente
