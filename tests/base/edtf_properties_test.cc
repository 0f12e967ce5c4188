// What holds of any date; a failure prints the seed, which RC_PARAMS="seed=..." gives back.
#include <fmt/format.h>
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <string>

#include "base/edtf.h"

using entente::CivilDate;
using entente::Day;
using entente::Edtf;

namespace {

constexpr Day kFirst = -400'000;  // the year 874
constexpr Day kLast = 400'000;    // the year 3065

rc::Gen<Day> any_day() { return rc::gen::inRange(kFirst, kLast); }

Edtf date_of(Day day) {
  const CivilDate civil = entente::to_civil(day);
  return Edtf::day(civil.year, civil.month, civil.day);
}

// A day, month, year, decade or century that holds this day.
rc::Gen<std::string> date_around(Day day) {
  const CivilDate civil = entente::to_civil(day);
  const std::string year = fmt::format("{:04}", civil.year);
  return rc::gen::element(fmt::format("{}-{:02}-{:02}", year, civil.month, civil.day),
                          fmt::format("{}-{:02}", year, civil.month), fmt::format("{}-{:02}-XX", year, civil.month),
                          fmt::format("{}-XX-XX", year), year, year + "?", year + "~", year.substr(0, 3) + "X",
                          year.substr(0, 2) + "XX");
}

}  // namespace

TEST_CASE("a date reads back as it was written") {
  CHECK(rc::check([] {
    const std::string text = *date_around(*any_day());
    const auto date = Edtf::parse(text);
    RC_ASSERT(date.ok());
    RC_ASSERT(date->text() == text);
    RC_ASSERT(Edtf::parse(date->text()).value() == *date);
  }));
}

TEST_CASE("a date holds every day that it was made around") {
  CHECK(rc::check([] {
    const Day day = *any_day();
    const auto date = Edtf::parse(*date_around(day)).value();
    RC_ASSERT(date.earliest() && date.latest());
    RC_ASSERT(*date.earliest() <= day && day <= *date.latest());
    RC_ASSERT(date.overlaps(date_of(day)));
  }));
}

TEST_CASE("a day is itself, and an interval has both its ends") {
  CHECK(rc::check([] {
    const Day a = *any_day();
    const Day b = *any_day();
    const Edtf first = date_of(std::min(a, b));
    const Edtf last = date_of(std::max(a, b));
    RC_ASSERT(first.is_day());
    RC_ASSERT(first.earliest() == std::min(a, b));
    const Edtf both = Edtf::interval(first, last);
    RC_ASSERT(both.earliest() == first.earliest() && both.latest() == last.latest());
    RC_ASSERT(both.overlaps(first) && both.overlaps(last));
    RC_ASSERT(Edtf::parse(both.text()).value() == both);
  }));
}

TEST_CASE("an interval that ends before it starts is refused") {
  CHECK(rc::check([] {
    const Day a = *any_day();
    const Day b = *any_day();
    RC_PRE(a != b);
    const auto date = Edtf::parse(date_of(std::max(a, b)).text() + "/" + date_of(std::min(a, b)).text());
    RC_ASSERT_FALSE(date.ok());
  }));
}

TEST_CASE("days sort as their texts do") {
  CHECK(rc::check([] {
    const Day a = *rc::gen::inRange(kFirst + 50'000, kLast);  // years of four digits
    const Day b = *rc::gen::inRange(kFirst + 50'000, kLast);
    RC_ASSERT((date_of(a) < date_of(b)) == (a < b));
  }));
}

TEST_CASE("overlapping is mutual") {
  CHECK(rc::check([] {
    const auto a = Edtf::parse(*date_around(*any_day())).value();
    const auto b = Edtf::parse(*date_around(*any_day())).value();
    RC_ASSERT(a.overlaps(b) == b.overlaps(a));
    RC_ASSERT(a.overlaps(b) == (*a.earliest() <= *b.latest() && *b.earliest() <= *a.latest()));
  }));
}

TEST_CASE("any text is a date or is refused, and a refusal names it") {
  CHECK(rc::check([] {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::element('0', '1', '2', '9', 'X', '-', '/', '.', '?', '~', '%', 'a', '\0'));
    const auto date = Edtf::parse(text);
    if (date)
      RC_ASSERT(date->text() == text);
    else
      RC_ASSERT(date.error().message.find(text.c_str()) != std::string::npos);
  }));
}

TEST_CASE("an unknown year has any day of any month") {
  CHECK(rc::check([] {
    const CivilDate civil = entente::to_civil(*any_day());
    const Edtf date = Edtf::day(std::nullopt, civil.month, civil.day);
    RC_ASSERT(date.is_undated());
    RC_ASSERT(Edtf::parse(date.text()).value() == date);
  }));
}
