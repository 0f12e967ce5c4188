#include "importers/clean/html/flow.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace entente::importers::html;

namespace {

std::vector<std::string> leaves_of(const std::string& page) {
  const Tree tree = parse(page);
  const Flow flow = flow_of(tree);
  std::vector<std::string> out;
  for (const Leaf& leaf : flow.leaves) out.emplace_back(flow.text_of(leaf));
  return out;
}

using Leaves = std::vector<std::string>;

}  // namespace

TEST_CASE("text is cut where a reader sees it cut") {
  CHECK(leaves_of("<p>a <b>b</b>c</p>d<h2>e</h2>") == Leaves{"a bc", "d", "e"});
  CHECK(leaves_of("a<br>b<br><br>c") == Leaves{"a\nb", "c"});
  CHECK(leaves_of("<b>Title</b><br>text of it") == Leaves{"Title", "text of it"});
  CHECK(leaves_of("<a href=x>One</a><br><a href=y>Two</a><br>text") == Leaves{"One", "Two", "text"});
}

TEST_CASE("blanks of every kind fold to one, and soft hyphens go") {
  CHECK(leaves_of("<p>\n a&nbsp; \t\n b&#8203;c&shy;d &nbsp;</p><p>&nbsp;</p>") == Leaves{"a bcd"});
  CHECK(leaves_of("می\xE2\x80\x8Cرود") == Leaves{"می\xE2\x80\x8Cرود"});
}

TEST_CASE("what nobody sees is no text") {
  CHECK(leaves_of(
            "<script>a</script><style>b</style><p hidden>c</p><p style='display: none'>d</p><select><option>e</select>"
            "<p aria-hidden=true>f</p><span class=sr-only>g</span><noscript>h</noscript><p>i</p>") == Leaves{"i"});
}

TEST_CASE("rows of data are one leaf each, cells of a layout are not") {
  CHECK(leaves_of("<table><tr><th>Day<th>Place<tr><td><p>3 May</p><td>Tarn<td></table>") ==
        Leaves{"Day | Place", "3 May | Tarn"});
  CHECK(leaves_of("<table><tr><td><a href=1>Menu</a><td><p>First.</p><p>Second.</p></table>") ==
        Leaves{"Menu", "First.", "Second."});
}

TEST_CASE("each leaf leads back to its place in the page") {
  const std::string page = "<p>Caf&eacute;\n  <b>au</b> lait</p>";
  const Tree tree = parse(page);
  const Flow flow = flow_of(tree);
  REQUIRE(flow.leaves.size() == 1);
  REQUIRE(flow.text == "Café au lait");
  const auto source = [&](std::size_t begin, std::size_t end) {
    const std::size_t at = flow.to_page.from(begin);
    return page.substr(at, flow.to_page.from_end(end) - at);
  };
  CHECK(source(0, 3) == "Caf");
  CHECK(source(3, 5) == "&eacute;");
  CHECK(source(6, 8) == "au");
  CHECK(source(9, 13) == "lait");
}

TEST_CASE("the point of a date ends no sentence, but for the last of a line") {
  const auto stops = [](const std::string& page) {
    const Tree tree = parse(page);
    const Flow flow = flow_of(tree);
    return flow.leaves.at(0).stops;
  };
  CHECK(stops("<p>25.03.: Reception</p>") == 0);
  CHECK(stops("<p>They met on 25.03.2024 and parted</p>") == 0);
  CHECK(stops("<p>They met in 2024.</p>") == 1);
  CHECK(stops("<p>They met. They parted.</p>") == 2);
  CHECK(stops("<p>They met in 5&#46; Then they parted</p>") == 0);
}
