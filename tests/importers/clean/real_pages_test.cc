// Pages as ministries published them. They are no part of the repository: where they are absent these tests say so.
#include <catch2/catch.hpp>

#include "base/utf8.h"
#include "tests/importers/clean/support.h"

using namespace entente::importers;
using namespace entente::importers::test;

namespace {

// The headings and paragraphs of the simple pages in real/articles, found by their tags alone.
std::vector<std::pair<std::string, std::string>> tagged_blocks(const std::string& page) {
  std::vector<std::pair<std::string, std::string>> out;
  for (std::size_t at = page.find("<main>"); at < page.find("</main>");) {
    const std::size_t open = page.find('<', at);
    const std::size_t close = page.find('>', open);
    const std::string tag = page.substr(open + 1, close - open - 1);
    at = close + 1;
    const bool heading = tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6';
    if (!heading && tag != "p") continue;
    const std::size_t end = page.find("</" + tag + ">", at);
    const std::string text = entente::collapse_blanks(page.substr(at, end - at));
    if (!text.empty()) out.emplace_back(heading ? tag : "p", text);
  }
  return out;
}

}  // namespace

TEST_CASE("a release between menus gives its title, date and body") {
  const auto shared = shared_folder();
  if (!shared) return;
  const auto clean = clean_file(*shared / "real/pages/my-mfa-vaccines.html");
  REQUIRE(clean.ok());
  CHECK(clean->title == "UNITED ARAB EMIRATES CONTRIBUTES 500,000 DOSES OF COVID-19 VACCINE TO MALAYSIA");
  CHECK(clean->published == entente::CivilDate{2022, 1, 25});
  CHECK_THAT(clean->text, Catch::Contains("has today received 500,000 doses") && Catch::EndsWith("25 JANUARY 2022"));
  for (const char* const word : {"Press Releases", "Contact Us", "Skip", "Print", "Breadcrumb", "Helpline"})
    CHECK_THAT(clean->text, !Catch::Contains(word));
}

TEST_CASE("a statement on a page in windows-1251 gives its title, date and body") {
  const auto shared = shared_folder();
  if (!shared) return;
  const auto clean = clean_file(*shared / "real/pages/by-mfa-countermeasures.html");
  REQUIRE(clean.ok());
  CHECK_THAT(clean->title, Catch::StartsWith("Statement by the Foreign Ministry on countermeasures"));
  CHECK(clean->published == entente::CivilDate{2021, 12, 6});
  CHECK_THAT(body_of(*clean), Catch::StartsWith("In response to illegal external sanctions pressure") &&
                                  Catch::EndsWith("December 6, 2021"));
  for (const char* const word :
       {"Senior Staff", "Missions abroad", "Azerbaijan", "Social Media", "Contacts", "Font size"})
    CHECK_THAT(clean->text, !Catch::Contains(word));
}

TEST_CASE("an index of statements is refused") {
  const auto shared = shared_folder();
  if (!shared) return;
  const auto clean = clean_file(*shared / "real/pages/by-mfa-index.html");
  REQUIRE_FALSE(clean.ok());
  CHECK_THAT(clean.error().message, Catch::Contains("the page holds no release"));
}

TEST_CASE("articles keep all their headings with levels and the paragraphs under them") {
  const auto shared = shared_folder();
  if (!shared) return;
  for (const auto& file : std::filesystem::directory_iterator(*shared / "real/articles")) {
    if (file.path().extension() != ".html") continue;
    INFO("article " << file.path().filename().string());
    const auto clean = clean_file(file.path());
    REQUIRE(clean.ok());
    std::vector<std::pair<std::string, std::string>> blocks;
    for (const Block& block : clean->blocks)
      blocks.emplace_back(block.level > 0 ? "h" + std::to_string(block.level) : "p", text_of(*clean, block));
    auto expected = tagged_blocks(bytes_of(file.path()));
    for (auto& [tag, text] : expected)
      for (std::size_t at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;", at + 1))
        text.replace(at, 5, "&");
    CHECK(blocks == expected);
  }
}
