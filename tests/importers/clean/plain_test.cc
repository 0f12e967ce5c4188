#include "importers/clean/plain.h"

#include <catch2/catch.hpp>

#include "tests/importers/clean/support.h"

using namespace entente::importers;
using namespace entente::importers::test;

namespace {

// "kind:text" of each block, "kind+level" for headings of a level.
std::vector<std::string> blocks_of(const std::string& text, const std::string& title = "") {
  ReadDocument document;
  document.name = "a.txt";
  document.text = text;
  document.title = title;
  document.language = "en";
  document.to_bytes.append_copy(text.size(), 0);
  Notes notes;
  const auto clean = clean_plain(document, boilerplate(), notes);
  REQUIRE(clean.ok());
  CHECK(clean->text == text);
  std::vector<std::string> out;
  for (const Block& block : clean->blocks) {
    CHECK(clean->source_bytes(block.span) == std::pair<std::size_t, std::size_t>(block.span.begin, block.span.end));
    out.push_back(std::string(to_string(block.kind)) + (block.level > 0 ? std::to_string(block.level) : "") + ":" +
                  text_of(*clean, block));
  }
  return out;
}

using Blocks = std::vector<std::string>;

}  // namespace

TEST_CASE("menu lines above the title are marked, and everything stays in its place") {
  CHECK(
      blocks_of(
          "바로가기 메뉴\n본문 바로가기\n\nPress Releases\n\nDeputy Minister Hosts Meeting\n\n\n1. The Deputy Minister "
          "hosted a meeting on November 19.\n\n\no The two sides met\u00A0again.\n",
          "Deputy Minister Hosts Meeting") ==
      Blocks{"boilerplate:바로가기 메뉴", "boilerplate:본문 바로가기", "boilerplate:Press Releases",
             "heading1:Deputy Minister Hosts Meeting",
             "paragraph:1. The Deputy Minister hosted a meeting on November 19.",
             "list_item:o The two sides met\u00A0again."});
}

TEST_CASE("short lines above the repeated title are a menu in any words") {
  CHECK(blocks_of("Zumme\nOlvar tet\n\nThe minister travels\n\nShe left this morning.", "The minister travels") ==
        Blocks{"boilerplate:Zumme", "boilerplate:Olvar tet", "heading1:The minister travels",
               "paragraph:She left this morning."});
  CHECK(blocks_of("At last, it is done.\n\nThe minister travels\n\nShe left this morning.",
                  "The minister travels")[0] == "paragraph:At last, it is done.");
}

TEST_CASE("bullets of every make are items") {
  const auto bullet = GENERATE("o", "◦", "°", "-", "•", "*", "ㅇ", "–", "▪");
  const std::string line = std::string(bullet) + " The two sides agreed on a date.";
  CHECK(blocks_of("They met.\n" + line) == Blocks{"paragraph:They met.", "list_item:" + line});
}

TEST_CASE("numbered sentences are paragraphs, numbered titles head what stands under them") {
  CHECK(
      blocks_of(
          "They met today.\n\n1. Opening\n\nThe Ministers shook hands and sat down.\n\n2) The talks lasted an hour.") ==
      Blocks{"paragraph:They met today.", "heading:1. Opening", "paragraph:The Ministers shook hands and sat down.",
             "paragraph:2) The talks lasted an hour."});
}

TEST_CASE("a date alone heads what stands under it") {
  CHECK(blocks_of("Kuwait City, Kuwait\nFebruary 25–26, 2001\n\nAttended the ceremonies.") ==
        Blocks{"heading1:Kuwait City, Kuwait", "heading:February 25–26, 2001", "paragraph:Attended the ceremonies."});
}

TEST_CASE("lines in capitals are headings, sentences are not") {
  CHECK(blocks_of("Good day.\n\nCOURTESY CALLS\n\nThe Minister gave her a book. They parted.  END\n\nMore later.") ==
        Blocks{"paragraph:Good day.", "heading:COURTESY CALLS",
               "paragraph:The Minister gave her a book. They parted.  END", "paragraph:More later."});
}

TEST_CASE("lines wrapped at a column are one paragraph; a line that ends early ends it") {
  const std::string wrapped =
      "The Minister of External Relations met the Ambassador of Arvale\n"
      "in the capital on Monday. They spoke about the railway between the\n"
      "two countries.\n"
      "The next round of talks will be held in spring, when the rivers\nhave thawed.";
  CHECK(blocks_of(wrapped) == Blocks{"paragraph:" + wrapped.substr(0, wrapped.find("\nThe next")),
                                     "paragraph:" + wrapped.substr(wrapped.find("The next"))});
}

TEST_CASE("a sentence that breaks in the middle of a long line goes on in the next") {
  const std::string item = "o The Minister replied that her government would give its support to the railway, and she";
  const std::string rest = "spoke highly of the engineers. " + std::string(100, 'x') + " was the name of one of them.";
  CHECK(blocks_of("They met.\n" + item + "\n" + rest) ==
        Blocks{"paragraph:They met.", "list_item:" + item + "\n" + rest});
}

TEST_CASE("line ends of every system are line ends") {
  CHECK(blocks_of("One line here.\r\n\r\nAnother line.\rA third.") ==
        Blocks{"paragraph:One line here.", "paragraph:Another line.", "paragraph:A third."});
}

TEST_CASE("lines of the table are marked wherever they stand") {
  CHECK(blocks_of(
            "They met today.\n\n# unofficial translation #\n\nTags: meeting, bridge\n\nVisits by leaders are rare.") ==
        Blocks{"paragraph:They met today.", "boilerplate:# unofficial translation #",
               "boilerplate:Tags: meeting, bridge", "paragraph:Visits by leaders are rare."});
}

TEST_CASE("a line with a date near the top is the date of a plain text, not of a record that knows its own") {
  const auto text = clean_bytes("a.txt", "The ministers meet\n19 November 2020\n\nThey met.");
  REQUIRE(text.ok());
  CHECK(text->title == "The ministers meet");
  CHECK(text->published == entente::CivilDate{2020, 11, 19});
  const auto record =
      clean_bytes("a.json", R"({"text":"The ministers meet\n19 November 2020\n\nThey met.","published":null})");
  REQUIRE(record.ok());
  CHECK_FALSE(record->published.has_value());
}
