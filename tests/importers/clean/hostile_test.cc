// Pages made to hurt. None of these may crash, overflow the stack, or take time that grows faster than the page: each
// is large enough that a quadratic way would not end within the test's time.
#include <catch2/catch.hpp>

#include "importers/clean/html/tree.h"
#include "tests/importers/clean/support.h"

using namespace entente::importers;
using namespace entente::importers::test;

namespace {

std::string repeated(const std::string& piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

const std::string kRelease =
    "<h1>The two ministers meet</h1><p>The ministers met for an hour and spoke about the bridge over the river.</p>";

}  // namespace

TEST_CASE("a million of anything ends with an answer") {
  constexpr std::size_t kMany = 1'000'000;
  struct Case {
    const char* what;
    std::string page;
  };
  const std::vector<Case> cases{
      {"nested elements", repeated("<div>", kMany) + kRelease + repeated("</div>", kMany)},
      {"nested unknown elements", repeated("<x>", kMany) + kRelease},
      {"open formatting before paragraphs", repeated("<b><i>", kMany / 2) + repeated("<p>x", kMany / 2) + kRelease},
      {"attributes", "<p " + repeated("a b=c ", kMany) + ">" + kRelease},
      {"end tags", kRelease + repeated("</div></p></b>", kMany / 3)},
      {"comments that do not end", kRelease + repeated("<!-- ", kMany)},
      {"scripts that do not end", kRelease + repeated("<script>", kMany)},
      {"tags that do not end", kRelease + repeated("<p a=\"", kMany)},
      {"less-than signs", kRelease + repeated("< ", kMany)},
      {"ampersands", kRelease + "<p>" + repeated("&", kMany) + repeated("&#", kMany)},
      {"links", kRelease + repeated("<a href=x>y", kMany)},
      {"cells", "<table>" + repeated("<tr><td>a<td>b", kMany / 2) + "</table>" + kRelease},
      {"nested tables", repeated("<table><tr><td>", kMany / 3) + kRelease},
      {"nested lists", repeated("<ul><li>", kMany / 2) + kRelease},
      {"line ends", kRelease + repeated("<br>", kMany)},
      {"classes", "<div class='" + repeated("menu-item ", kMany) + "'>x</div>" + kRelease},
      {"metas", repeated("<meta name=date content=x>", kMany / 10) + kRelease},
      {"deep JSON-LD", "<script type=application/ld+json>" + repeated("[", 200'000) + "</script>" + kRelease},
  };
  for (const Case& one : cases) {
    INFO(one.what);
    const auto clean = clean_bytes("a.html", "<html><body>" + one.page);
    if (!clean.ok()) {
      CHECK(clean.error().code == entente::ErrorCode::invalid_argument);
      continue;
    }
    CHECK_THAT(clean->text.substr(0, 4000), Catch::Contains("meet") || Catch::Contains("x"));
  }
}

TEST_CASE("nesting is flattened at a bound, and the text below it is kept") {
  const std::string page = repeated("<div>", 5000) + "words";
  const auto tree = html::parse(page);
  std::size_t deepest = 0;
  std::vector<std::size_t> depth(tree.nodes.size(), 0);
  for (std::size_t i = 1; i < tree.nodes.size(); ++i) {
    depth[i] = depth[tree.nodes[i].parent] + 1;
    deepest = std::max(deepest, depth[i]);
  }
  CHECK(deepest <= html::kDepthMax + 1);
  CHECK(tree.bytes(tree.nodes.back()) == "words");
}

TEST_CASE("a tree ends at its bound and says so") {
  const std::string page = repeated("<p>x", html::kNodesMax / 2 + 10);
  const auto tree = html::parse(page);
  CHECK(tree.cut);
  CHECK(tree.nodes.size() <= html::kNodesMax + 1);
}

TEST_CASE("a million lines of plain text end with an answer") {
  for (const char* const line :
       {"o\n", "- x\n", "Word\n", "1. a\n", "\n", "19 November 2020\n", "the ministers met and\n"}) {
    const auto clean = clean_bytes("a.txt", "They met.\n" + repeated(line, 300'000));
    CHECK(clean.ok());
  }
}
