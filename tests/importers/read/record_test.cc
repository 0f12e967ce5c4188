#include "importers/read/record.h"

#include <catch2/catch.hpp>
#include <string>

using entente::importers::read_record;

TEST_CASE("a record gives its fields") {
  const auto record = read_record(
      R"({"id": "x-1", "publisher": "KR-MOFA", "published": "2020-11-19", "title": "T\u00e9", "url": null,
          "language": "en", "text": "a\nb \"c\" \ud83d\ude00", "truncated": false, "more": {"text": ["no"]}})",
      "x.json");
  REQUIRE(record);
  CHECK(record->id == "x-1");
  CHECK(record->publisher == "KR-MOFA");
  CHECK(record->published == entente::CivilDate{2020, 11, 19});
  CHECK(record->title == "Té");
  CHECK(record->url.empty());
  CHECK(record->text == "a\nb \"c\" 😀");
}

TEST_CASE("the text of a record knows where it stood in the JSON") {
  const std::string json = R"({"text":"one\n\u0074wo \u00e9 end"})";
  const auto record = read_record(json, "x.json");
  REQUIRE(record);
  REQUIRE(record->text == "one\ntwo é end");
  const auto source = [&](std::size_t begin, std::size_t end) {
    const std::size_t at = record->to_json.from(begin);
    return json.substr(at, record->to_json.from_end(end) - at);
  };
  CHECK(source(0, 3) == "one");
  CHECK(source(4, 7) == R"(\u0074wo)");
  CHECK(source(8, 10) == R"(\u00e9)");
  CHECK(source(11, 14) == "end");
}

TEST_CASE("a record says whether it knows of a date") {
  CHECK(read_record(R"({"text":"a","published":null})", "x")->says_published);
  CHECK_FALSE(read_record(R"({"text":"a"})", "x")->says_published);
  CHECK(read_record(R"({"text":"a","published":"2020-11-19T23:00:00Z"})", "x")->published ==
        entente::CivilDate{2020, 11, 19});
}

TEST_CASE("of a field given twice the last counts") {
  const auto record = read_record(R"({"text":"first","text":"second"})", "x");
  REQUIRE(record);
  CHECK(record->text == "second");
  CHECK(record->to_json.size() == 6);
}

TEST_CASE("a broken record is refused with what, where and what to do") {
  struct Case {
    std::string json;
    std::string says;
  };
  const auto one = GENERATE(values<Case>({
      {"{\"text\": \"a\",\n \"id\": }", "a.json: line 2, column 8: this is no JSON"},
      {"{\"text\": \"a", "this is no JSON"},
      {"[\"text\"]", "no object"},
      {"{\"text\": 7}", "'text' is no string"},
      {R"({"text":"a","published":"2020-13-45"})", "'published' is \"2020-13-45\", which is no date"},
      {R"({"text":"a","published":"soon"})", "write it as 2020-11-19"},
      {"{\"a\":" + std::string(5000, '['), "nested more than 64"},
      {"{\"text\":\"\\ud800\"}", "this is no JSON"},
  }));
  const auto record = read_record(one.json, "a.json");
  REQUIRE_FALSE(record);
  CHECK(record.error().code == entente::ErrorCode::invalid_argument);
  CHECK_THAT(record.error().message, Catch::Contains(one.says));
}
