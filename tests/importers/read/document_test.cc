#include "importers/read/document.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "base/utf8.h"

using namespace entente::importers;

namespace {

entente::Result<ReadDocument> read(const std::string& name, const std::string& bytes) {
  return read_document({name, bytes, "", std::nullopt});
}

}  // namespace

TEST_CASE("the kind goes by the ending, else by the beginning") {
  struct Case {
    const char* name;
    const char* bytes;
    DocumentKind kind;
  };
  const auto one = GENERATE(values<Case>({
      {"a.html", "The ministers met.", DocumentKind::html},
      {"a.HTM", "x", DocumentKind::html},
      {"https://a.example/Details.aspx?id=3.json", "<p>x", DocumentKind::html},
      {"a.txt", "<html>", DocumentKind::text},
      {"a.json", "{\"text\":\"x\"}", DocumentKind::record},
      {"a", " \n<!DOCTYPE html><title>x</title>", DocumentKind::html},
      {"a.v2", "<table><tr><td>x", DocumentKind::html},
      {"a", "<- see above", DocumentKind::text},
      {"a", "{\"text\":\"x\"}", DocumentKind::record},
      {"dir.html/a", "words", DocumentKind::text},
  }));
  const auto document = read(one.name, one.bytes);
  REQUIRE(document);
  CHECK(document->kind == one.kind);
}

TEST_CASE("what is no release is refused with what it is and what to do") {
  struct Case {
    std::string name;
    std::string bytes;
    std::string says;
  };
  const auto one = GENERATE(values<Case>({
      {"a.txt", "", "a.txt: the file is empty"},
      {"b.html", " \n\t\xC2\xA0\xE3\x80\x80 ", "b.html: the file holds nothing but blanks"},
      {"c.txt", "%PDF-1.7 ...", "c.txt: this is a PDF document"},
      {"d.html", std::string("PK\x03\x04zzz"), "ZIP archive"},
      {"e.txt", std::string("some words\0and more, quite a lot of them", 40), "byte 10 is NUL"},
      {"f.json", R"({"text":"  "})", "the record has no text"},
      {"g.json", R"({"title":"x"})", "the record has no text"},
      {"h.json", R"({"text":"a\u0000b"})", "NUL"},
  }));
  const auto document = read(one.name, one.bytes);
  REQUIRE_FALSE(document);
  CHECK(document.error().code == entente::ErrorCode::invalid_argument);
  CHECK_THAT(document.error().message, Catch::Contains(one.says));
}

TEST_CASE("a document past the bound is refused before it is looked at") {
  const auto document = read("big.txt", std::string(kDocumentBytesMax + 1, 'x'));
  REQUIRE_FALSE(document);
  CHECK(document.error().code == entente::ErrorCode::too_large);
  CHECK_THAT(document.error().message, Catch::Contains("67108865") && Catch::Contains("67108864"));
}

TEST_CASE("what the caller knows goes before what the record says") {
  const auto document = read_document(
      {"a.json", R"({"text":"x","publisher":"A","published":"2020-01-01"})", "B", entente::CivilDate{2021, 2, 3}});
  REQUIRE(document);
  CHECK(document->publisher == "B");
  CHECK(document->published == entente::CivilDate{2021, 2, 3});
}

TEST_CASE("repaired bytes are noted") {
  const auto document = read("a.txt",
                             "Caf\xC3\xA9 and caf\xC3\xA9 and caf\xC3\xA9, caf\xC3\xA9, caf\xC3\xA9, "
                             "caf\xC3\xA9, caf\xC3\xA9, caf\xC3\xA9, caf\xC3\xA9, caf\xC3\xA9, caf\xC3\xA9 \xE9");
  REQUIRE(document);
  REQUIRE(document->notes.size() == 1);
  CHECK_THAT(document->notes[0].text, Catch::Contains("1 of its bytes were no UTF-8"));
}

TEST_CASE("the text of a record with a byte order mark leads back to the file") {
  const std::string bytes = "\xEF\xBB\xBF{\"text\":\"words\"}";
  const auto document = read("a.json", bytes);
  REQUIRE(document);
  CHECK(bytes.substr(document->to_bytes.from(0), 5) == "words");
  CHECK(document->to_bytes.from_end(5) == bytes.find("words") + 5);
}

TEST_CASE("any bytes give valid UTF-8 or an error") {
  const auto seed = GENERATE(range(0U, 200U));
  INFO("seed " << seed);
  std::mt19937 random(seed);
  std::string bytes;
  const char* const starts[] = {"", "<html>", "{\"text\":\"", "\xFF\xFE", "\x1B$B", "<meta charset=euc-jp>"};
  bytes = starts[seed % 6];
  for (auto i = random() % 3000; i > 0; --i) bytes.push_back(static_cast<char>(1 + random() % 255));
  const auto document = read(seed % 2 == 0 ? "a" : "a.html", bytes);
  if (!document) return;
  CHECK_FALSE(entente::find_invalid_utf8(document->text).has_value());
  CHECK(document->to_bytes.size() == document->text.size());
  CHECK(document->to_bytes.from_end(document->text.size()) <= bytes.size());
}
