// What holds of the clean text of anything.
#include <catch2/catch.hpp>
#include <random>

#include "base/utf8.h"
#include "tests/importers/clean/support.h"

using namespace entente::importers;
using namespace entente::importers::test;

namespace {

bool is_blank(std::string_view text) { return entente::collapse_blanks(text).empty(); }

void check_blocks(const CleanText& clean, std::size_t source_bytes) {
  std::size_t end = 0;
  bool in_order = true;
  bool blank_between = true;
  bool leads_back = true;
  for (const Block& block : clean.blocks) {
    in_order =
        in_order && block.span.begin >= end && block.span.end > block.span.begin && block.span.end <= clean.text.size();
    if (!in_order) break;
    blank_between = blank_between && is_blank(std::string_view(clean.text).substr(end, block.span.begin - end));
    const auto [from, to] = clean.source_bytes(block.span);
    leads_back = leads_back && from < to && to <= source_bytes;
    end = block.span.end;
  }
  CHECK(in_order);
  CHECK(blank_between);
  CHECK(leads_back);
  if (in_order) CHECK(is_blank(std::string_view(clean.text).substr(end)));
  CHECK_FALSE(entente::find_invalid_utf8(clean.text).has_value());
  CHECK(clean.to_document.size() == clean.text.size());
}

// Pieces of pages, put together without sense.
std::string random_page(unsigned seed) {
  static const std::vector<std::string> kPieces{"<p>",
                                                "</p>",
                                                "<div class=menu>",
                                                "<div>",
                                                "</div>",
                                                "<h1>",
                                                "</h1>",
                                                "<h2>Heading</h2>",
                                                "<table><tr><td>",
                                                "<td>",
                                                "</table>",
                                                "<ul><li>",
                                                "<li>",
                                                "</ul>",
                                                "<a href=x>",
                                                "</a>",
                                                "<br>",
                                                "<b>",
                                                "</b>",
                                                "&nbsp;",
                                                "&eacute;",
                                                "&#x41;",
                                                "The Minister met the Ambassador on Monday. ",
                                                "They agreed to meet again. ",
                                                "Разговор состоялся 3 мая 2015 г. ",
                                                "회담을 가졌다. ",
                                                "3 May 2015",
                                                "<script>x</script>",
                                                "<!-- y -->",
                                                "<nav>",
                                                "</nav>",
                                                "<time datetime=2015-05-03>",
                                                "</time>",
                                                "\n",
                                                " ",
                                                "\xFF",
                                                "<span style='display:none'>",
                                                "</span>",
                                                "Share this",
                                                "<pre>",
                                                "<meta name=date content=2015-05-03>",
                                                "<title>",
                                                "</title>"};
  std::mt19937 random(seed);
  std::string page = "<html><body><p>The Minister met the Ambassador of the Republic of Arvale in the capital.</p>";
  for (auto i = random() % 200; i > 0; --i) page += kPieces[random() % kPieces.size()];
  return page;
}

}  // namespace

TEST_CASE("blocks stand in order, without overlap, with blanks between, and lead back to the bytes") {
  const auto seed = GENERATE(range(0U, 300U));
  INFO("seed " << seed);
  const std::string page = random_page(seed);
  for (const char* const name : {"a.html", "a.txt"}) {
    const auto clean = clean_bytes(name, page);
    if (clean.ok()) check_blocks(*clean, page.size());
  }
}

TEST_CASE("every word of the clean text stands at its place in the bytes of an ASCII page") {
  const std::string page =
      "<html><body><h1>Meeting in Tarn</h1><p>The   ministers\nmet in <i>Tarn</i>.</p><ul><li>One thing was "
      "said.</ul></body></html>";
  const auto clean = clean_bytes("a.html", page);
  REQUIRE(clean.ok());
  for (std::uint32_t at = 0; at < clean->text.size(); ++at) {
    if (clean->text[at] == ' ' || clean->text[at] == '\n') continue;
    const auto [from, to] = clean->source_bytes({at, at + 1});
    CHECK(page.substr(from, to - from) == clean->text.substr(at, 1));
  }
}

TEST_CASE("any bytes give a clean text or an error") {
  const auto seed = GENERATE(range(0U, 200U));
  INFO("seed " << seed);
  std::mt19937 random(seed);
  std::string bytes = seed % 3 == 0 ? "<html>" : "";
  for (auto i = random() % 4000; i > 0; --i) {
    static const std::string kLikely = "<>/=\"'&;#! abcdph123\n";
    bytes.push_back(random() % 3 == 0 ? static_cast<char>(1 + random() % 255) : kLikely[random() % kLikely.size()]);
  }
  const auto clean = clean_bytes("a.html", bytes);
  if (clean.ok()) check_blocks(*clean, bytes.size());
}

TEST_CASE("the sample pages lead back to the words they were made from") {
  for (const auto& file : std::filesystem::directory_iterator(source_folder() / "tests/importers/clean/pages")) {
    if (file.path().extension() != ".html") continue;
    INFO(file.path().filename().string());
    const std::string bytes = bytes_of(file.path());
    const auto clean = clean_file(file.path());
    if (clean.ok()) check_blocks(*clean, bytes.size());
  }
}
