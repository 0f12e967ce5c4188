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

TEST_CASE("the cell behind the word for a title is the title, and the name of a menu is none") {
  const auto clean = clean_bytes(
      "a.html",
      "<html><body><h2>Press</h2><ul><li><a href=#>Press releases</a><li><a href=#>Photographs</a></ul>"
      "<table><tr><th>제목</th><td>The two ministers meet again</td></tr><tr><th>Date</th><td>2015-05-03</td></tr></table>"
      "<div><p>The ministers met for an hour and spoke about the bridge over the river.</p></div></body></html>");
  REQUIRE(clean.ok());
  CHECK(clean->title == "The two ministers meet again");
  REQUIRE(clean->published);
  CHECK(entente::to_iso(*clean->published) == "2015-05-03");
}

TEST_CASE("a page whose text is put there by a script is read from the data of the script") {
  const auto clean = clean_bytes(
      "a.html",
      "<html><head><title>The two ministers meet again | Ministry</title></head><body><h1>The two ministers meet again</h1>"
      "<div id=root></div><script type='application/json'>{\"props\":{\"menu\":[\"Home\",\"News\"],\"body\":"
      "\"<p>The ministers met for an hour and spoke about the bridge over the river. </p><p>They will meet again in "
      "the spring, when the ice is gone and the road over the pass is open. The host thanked the guest for coming so "
      "far in winter, and gave him a map of the valley.</p>\"}}</script></body></html>");
  REQUIRE(clean.ok());
  CHECK(clean->title == "The two ministers meet again");
  CHECK_THAT(clean->text, Catch::Contains("the bridge over the river.\n\nThey will meet again"));
  CHECK_THAT(clean->text, !Catch::Contains("Home"));
  CHECK_THAT(clean->text, !Catch::Contains("<p>"));
}

TEST_CASE("what styles hold apart is two words") {
  const auto clean = clean_bytes(
      "a.html",
      "<html><body><h1>The two ministers meet again</h1><p>The ministers met for an hour in <b>Tarn</b><i>Old Town</i> "
      "and spoke of H<sub>2</sub>O and the Mc<i>c</i>all bridge over the river.</p></body></html>");
  REQUIRE(clean.ok());
  CHECK_THAT(clean->text, Catch::Contains("Tarn Old Town"));
  CHECK_THAT(clean->text, Catch::Contains("Mccall"));
}

TEST_CASE("the release ends before the next article and before a list of others") {
  const std::string release =
      "<html><body><div><h1>The two ministers meet again</h1><p>The ministers met for an hour and spoke about the bridge "
      "over the river, which the flood of last spring had carried away.</p><p>They will meet again in the spring, when the "
      "ice is gone and the road over the pass is open.</p>";
  const auto next = clean_bytes(
      "a.html", release + "<h2><a href=b.html>A visit to the coast ends</a></h2><p>The visit to the coast ended on "
                          "Friday with a walk along the harbour and its new lamps.</p></div></body></html>");
  REQUIRE(next.ok());
  CHECK_THAT(next->text, !Catch::Contains("harbour"));
  std::string list = release;
  for (const char* place : {"Arvale", "Brae", "Costa", "Drin"})
    list += std::string("<div><a href=b.html>The Ambassador of ") + place + " pays a call</a></div><div>3 May 2015: the Ambassador of " +
            place + " paid a call on the Minister.</div>";
  const auto listed = clean_bytes("a.html", list + "</div></body></html>");
  REQUIRE(listed.ok());
  CHECK_THAT(listed->text, Catch::Contains("over the pass"));
  CHECK_THAT(listed->text, !Catch::Contains("paid a call"));
}
