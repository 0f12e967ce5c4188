#include "base/edtf.h"

#include <catch2/catch.hpp>

using entente::Edtf;
using entente::to_day;

TEST_CASE("a day means itself") {
  const auto date = Edtf::parse("2020-11-19");
  REQUIRE(date);
  CHECK(date->earliest() == to_day({2020, 11, 19}));
  CHECK(date->latest() == to_day({2020, 11, 19}));
}

TEST_CASE("a month and a year mean all their days") {
  CHECK(Edtf::parse("2020-02").value().latest() == to_day({2020, 2, 29}));
  CHECK(Edtf::parse("1900").value().earliest() == to_day({1900, 1, 1}));
  CHECK(Edtf::parse("201X").value().latest() == to_day({2019, 12, 31}));
}

TEST_CASE("an interval runs from the first day of one end to the last of the other") {
  const auto date = Edtf::parse("2019-04/2019-05").value();
  CHECK(date.earliest() == to_day({2019, 4, 1}));
  CHECK(date.latest() == to_day({2019, 5, 31}));
}

TEST_CASE("an unknown year is undated, and kept as written") {
  const auto date = Edtf::parse("XXXX-11-19").value();
  CHECK(date.is_undated());
  CHECK(date.text() == "XXXX-11-19");
  CHECK(Edtf::day(std::nullopt, 2, 29).text() == "XXXX-02-29");
}

TEST_CASE("what is no date is refused with the reason") {
  const auto text = GENERATE("", "2020-13", "2020-02-30", "20-1-1", "tomorrow", "2020-11-19/2020-11-18", "/", "2020/2021/2022",
                             "2020_11", "2020-11-1X9");
  const auto date = Edtf::parse(text);
  REQUIRE_FALSE(date.ok());
  CHECK(date.error().message.find("is not a date") != std::string::npos);
}
