// Pages of our own wording in the manners of the systems that ministries' sites are made with. To add one, put it into
// pages/ and a row into pages/expected.tsv.
#include <catch2/catch.hpp>

#include "tests/importers/clean/support.h"

using namespace entente::importers;
using namespace entente::importers::test;

namespace {

std::vector<std::vector<std::string>> expected_rows() {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : split(bytes_of(source_folder() / "tests/importers/clean/pages/expected.tsv"), '\n'))
    if (!line.empty() && line.front() != '#') rows.push_back(split(line, '\t'));
  rows.erase(rows.begin());  // the header
  return rows;
}

}  // namespace

TEST_CASE("a page gives its title, its date and the words of the release, and no words of its menus") {
  for (const auto& row : expected_rows()) {
    REQUIRE(row.size() == 6);
    INFO("page " << row[0]);
    const auto clean = clean_file(source_folder() / "tests/importers/clean/pages" / row[0]);
    REQUIRE(clean.ok());
    CHECK(clean->title == row[1]);
    REQUIRE(clean->published.has_value());
    CHECK(entente::to_iso(*clean->published) == row[2]);
    const std::string body = body_of(*clean);
    CHECK_THAT(body, Catch::StartsWith(row[3]));
    CHECK_THAT(body, Catch::EndsWith(row[4]));
    for (const std::string& word : split(row[5], '|')) CHECK_THAT(clean->text, !Catch::Contains(word));
  }
}

TEST_CASE("headings, lists, rows of tables and captions keep what they are") {
  const auto clean = clean_file(source_folder() / "tests/importers/clean/pages/handmade-tables-and-lists.html");
  REQUIRE(clean.ok());
  std::vector<std::pair<std::string, std::string>> blocks;
  for (const Block& block : clean->blocks)
    blocks.emplace_back(std::string(to_string(block.kind)) + (block.level > 0 ? std::to_string(block.level) : ""),
                        text_of(*clean, block));
  const std::vector<std::pair<std::string, std::string>> expected{
      {"heading1", "New heads of mission"},
      {"paragraph", "The Council of State made the following appointments at its meeting on Thursday:"},
      {"caption", "Heads of mission, spring 2018"},
      {"table_row", "Post | Name | From"},
      {"table_row", "Embassy in Tarn | Lena Okoro | 1 March"},
      {"table_row", "Mission in Geneva | Ivo Brandt | 15 March"},
      {"heading2", "Other decisions"},
      {"heading3", "Consulates"},
      {"list_item", "The consulate in Brae is raised to a consulate general."},
      {"list_item", "The consulate in Ost is closed."},
      {"paragraph", "The decisions take effect at once."}};
  CHECK(blocks == expected);
}

TEST_CASE("a list of releases and a page without text are refused with what to do") {
  const auto folder = source_folder() / "tests/importers/clean/pages";
  const auto listing = clean_file(folder / "listing-cards.html");
  REQUIRE_FALSE(listing.ok());
  CHECK(listing.error().code == entente::ErrorCode::invalid_argument);
  CHECK_THAT(listing.error().message, Catch::Contains("listing-cards.html: the page holds no release") &&
                                          Catch::Contains("open one of the releases"));
  const auto empty = clean_file(folder / "no-text.html");
  REQUIRE_FALSE(empty.ok());
  CHECK_THAT(empty.error().message, Catch::Contains("no running text"));
}

TEST_CASE("a short release among many links is a release") {
  std::string page =
      "<html><head><title>Ambassador received | Ministry</title></head><body><h1>Ambassador received</h1>"
      "<div class=text><p>The Minister received the Ambassador of Arvale on 3 May 2020.</p></div><div class=more>";
  for (int i = 0; i < 8; ++i)
    page += "<div class=item><a href=/" + std::to_string(i) + ">Another piece of news, number " + std::to_string(i) +
            "</a></div>";
  const auto clean = clean_bytes("a.html", page + "</div></body></html>");
  REQUIRE(clean.ok());
  CHECK(body_of(*clean) == "The Minister received the Ambassador of Arvale on 3 May 2020.");
}
