#include "importers/clean/dates.h"

#include <catch2/catch.hpp>
#include <string>

using entente::importers::find_date;
using entente::importers::find_date_at_start;
using entente::importers::is_date_line;

namespace {

std::string found(const std::string& text, const std::string& language = "") {
  const auto date = find_date(text, language);
  return date ? entente::to_iso(date->date) : "none";
}

}  // namespace

TEST_CASE("dates are read as pages of many languages write them") {
  struct Case {
    const char* text;
    const char* date;
  };
  const auto one = GENERATE(values<Case>({
      {"19 November 2020", "2020-11-19"},
      {"Thursday, November 19, 2020 10:30", "2020-11-19"},
      {"19th of November, 2020", "2020-11-19"},
      {"Nov. 19, 2020", "2020-11-19"},
      {"19-Nov-2020", "2020-11-19"},
      {"2020-11-19T10:00:00Z", "2020-11-19"},
      {"2020/11/19", "2020-11-19"},
      {"2020. 11. 19.", "2020-11-19"},
      {"19.11.2020", "2020-11-19"},
      {"19/11/2020", "2020-11-19"},
      {"11/19/2020", "2020-11-19"},
      {"2020年11月19日", "2020-11-19"},
      {"2020년 11월 19일", "2020-11-19"},
      {"19 de noviembre de 2020", "2020-11-19"},
      {"mardi 1er mars 2015", "2015-03-01"},
      {"19. November 2020", "2020-11-19"},
      {"19 ноября 2020 г.", "2020-11-19"},
      {"19 листопада 2020 року", "2020-11-19"},
      {"19 Kasım 2020 Perşembe", "2020-11-19"},
      {"19 نوفمبر 2020", "2020-11-19"},
      {"١٩ نوفمبر ٢٠٢٠", "2020-11-19"},
      {"19 تشرين الثاني 2020", "2020-11-19"},
      {"ngày 19 tháng 11 năm 2020", "2020-11-19"},
      {"19 พฤศจิกายน 2563", "2020-11-19"},
      {"2020. november 19.", "2020-11-19"},
      {"19 Νοεμβρίου 2020", "2020-11-19"},
      {"19 नवंबर 2020", "2020-11-19"},
      {"30 February 2020", "none"},
      {"2020-13-01", "none"},
      {"November 2020", "none"},
      {"19 November", "none"},
      {"Resolution 2231 of 15 members", "none"},
      {"tel. 12-34-5678", "none"},
      {"", "none"},
  }));
  INFO(one.text);
  CHECK(found(one.text) == one.date);
}

TEST_CASE("the language settles what is written alike") {
  CHECK(found("3/4/2020", "en-US") == "2020-03-04");
  CHECK(found("3/4/2020", "en-GB") == "2020-04-03");
  CHECK(found("19 listopada 2020", "hr") == "2020-10-19");
  CHECK(found("19 listopada 2020", "pl") == "2020-11-19");
  CHECK(found("19 listopada 2020") == "none");
}

TEST_CASE("a date knows where it stands") {
  const std::string text = "Posted on 19 November 2020 by press";
  const auto date = find_date(text, "en");
  REQUIRE(date);
  CHECK(text.substr(date->begin, date->end - date->begin) == "19 November 2020");
}

TEST_CASE("the date that opens a text is the first one of it that begins it") {
  const std::string text = GENERATE("19 November 2020 Readout", "November 19, 2020 - Readout", "2020年11月19日 会谈", "令和2年11月19日 会談", "ngày 19 tháng 11 năm 2020",
                                    "Readout of 19 November 2020", "In May of 19 November 2020", " 19 November 2020", "May", "", "\xCC\x81 19 November 2020");
  INFO(text);
  const auto first = find_date(text, "");
  const auto opening = find_date_at_start(text, "");
  CHECK(opening.has_value() == (first && first->begin == 0));
  if (opening && first) CHECK(opening->end == first->end);
}

TEST_CASE("a line is a date line when it holds nothing else") {
  for (const char* const line :
       {"19 November 2020", "Thursday, 19 November 2020", "November 19", "February 18–19, 1976",
        "March 3 – April 5, 1976", "2020. 11. 19.", "March 17, 14:10", "19 ноября 2020 г."})
    CHECK(is_date_line(line, "en"));
  for (const char* const line : {"Seoul, 19 November 2020", "19 members", "May", "1. Opening", "12", "", "Article 5",
                                 "REGULAR PRESS BRIEFING – 15 MAY"})
    CHECK_FALSE(is_date_line(line, "en"));
}

TEST_CASE("a long text is looked at only so far") {
  CHECK(found(std::string(1000, 'x') + " 19 November 2020") == "none");
  std::string wide;
  for (int i = 0; i < 200; ++i) wide += "年";
  CHECK(found(wide) == "none");
}
