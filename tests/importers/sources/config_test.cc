// sources.yaml: every fault with its line, and what a right one says. The built-in registry is right.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "importers/sources/config.h"
#include "tests/apps/program.h"

using namespace entente::importers;

namespace {

// "3: what" for each problem.
std::vector<std::string> problems_of(const std::string& text) {
  std::vector<std::string> out;
  for (const auto& problem : parse_sources(text, "sources.yaml").problems)
    out.push_back(std::to_string(problem.line) + ": " + problem.what);
  return out;
}

// The one problem that there is.
std::string problem_of(const std::string& text) {
  const auto problems = problems_of(text);
  INFO(text);
  REQUIRE(problems.size() == 1);
  return problems.front();
}

bool says(const std::string& text, const std::string& start, const std::string& part) {
  return text.starts_with(start) && text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a right file is read whole") {
  const auto loaded = parse_sources(
      "contact: desk@example.org\n"
      "defaults: {delay: 500ms, connections: 3, recheck: never}\n"
      "sources:\n"
      "  - id: kr-mofa\n    name: The ministry\n    publisher: KR-MOFA\n    country: KR\n    language: en\n    kind: "
      "listing\n    url: https://mfa.example/press\n"
      "    item: div.row\n    link: h3 > a\n    date: '//time/@datetime'\n    body: article\n    include: [/press/*]\n "
      "   exclude: /press/old*\n    size: 2MB\n    time: 1.5m\n"
      "  - {id: b, kind: json, url: 'https://mfa.example/api', items: /data, link: 'https://mfa.example/n/{/id}', "
      "delay: 0}\n"
      "  - {id: c, kind: warc, path: archives, recheck: [1d, 12h], enabled: no}\n",
      "/etc/entente/sources.yaml");
  for (const auto& problem : loaded.problems) UNSCOPED_INFO(problem.to_text());
  REQUIRE(loaded.problems.empty());
  REQUIRE(loaded.config.sources.size() == 3);
  const SourceConfig& listing = *loaded.config.find("kr-mofa");
  CHECK(loaded.config.contact == "desk@example.org");
  CHECK(listing.enabled);
  CHECK(listing.publisher == "KR-MOFA");
  CHECK(listing.manners.delay_ms == 500);
  CHECK(listing.manners.connections == 3);
  CHECK(listing.manners.bytes_max == 2U << 20U);
  CHECK(listing.manners.time_ms == 90'000);
  CHECK(listing.recheck_ms.empty());
  CHECK(listing.selectors.item);
  CHECK(listing.body);
  CHECK(listing.line == 4);
  CHECK(takes_path(listing, "/press/1"));
  CHECK_FALSE(takes_path(listing, "/press/old/1"));
  CHECK_FALSE(takes_path(listing, "/about"));
  CHECK(loaded.config.find("b")->json.items == "/data");
  CHECK(loaded.config.find("b")->manners.delay_ms == 0);
  const SourceConfig& archive = *loaded.config.find("c");
  CHECK(archive.path == "/etc/entente/archives");
  CHECK(archive.recheck_ms == std::vector<std::int64_t>{12LL * 3'600'000, 24LL * 3'600'000});
  CHECK_FALSE(archive.enabled);
}

TEST_CASE("each fault is told with its line and what to do") {
  const std::string head = "contact: a@b.c\nsources:\n";
  CHECK(says(problem_of(head + "  - {id: a, kind: fead, url: 'https://x.example/'}\n"), "3: ", "'fead' is no kind"));
  CHECK(says(problem_of(head + "  - id: a\n    kind: feed\n    ulr: https://x.example/\n    url: https://x.example/\n"),
             "5: ", "did you mean 'url'"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed}\n"), "3: ", "has no url"));
  CHECK(says(problem_of(head + "  - {id: a, url: 'https://x.example/'}\n"), "3: ", "has no kind"));
  CHECK(says(problem_of(head + "  - {id: a, kind: folder}\n"), "3: ", "has no path"));
  CHECK(says(problem_of(head + "  - {kind: feed, url: 'https://x.example/'}\n"), "3: ", "needs an id"));
  CHECK(says(problem_of(head + "  - {id: A B, kind: feed, url: 'https://x.example/'}\n"), "3: ", "needs an id"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'x.example'}\n"), "3: ", "is no http or https address"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'http://10.0.0.1/'}\n"), "3: ", "inside a network"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'http://localhost/'}\n"), "3: ", "inside a network"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'https://x.example/', country: Korea}\n"),
             "3: ", "two capital letters"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'https://x.example/', delay: soon}\n"),
             "3: ", "no length of time"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'https://x.example/', connections: 0}\n"),
             "3: ", "from 1 to 64"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'https://x.example/', enabled: maybe}\n"),
             "3: ", "neither true nor false"));
  CHECK(says(problem_of(head + "  - {id: a, kind: feed, url: 'https://x.example/', size: 5TB}\n"),
             "3: ", "number of bytes"));
  CHECK(
      says(problem_of(head + "  - {id: a, kind: feed, url: 'https://x.example/', link: a}\n"), "3: ", "has no 'link'"));
  CHECK(says(problem_of(head + "  - id: a\n    kind: listing\n    url: https://x.example/\n    link: 'div >'\n"),
             "6: ", "link: the selector"));
  CHECK(says(problem_of(head + "  - {id: a, kind: listing, url: 'https://x.example/', link: '//a[('}\n"),
             "3: ", "is no selector"));
  CHECK(says(problem_of(head + "  - {id: a, kind: json, url: 'https://x.example/', items: data}\n"),
             "3: ", "no JSON pointer"));
  CHECK(says(
      problem_of(
          head +
          "  - {id: a, kind: feed, url: 'https://x.example/'}\n  - {id: a, kind: feed, url: 'https://x.example/'}\n"),
      "4: ", "in line 3"));
  CHECK(says(problem_of("contact: nobody\nsources: []\n"), "1: ", "address of mail or of a page"));
  CHECK(says(problem_of("contact: \"a@b.c\\r\\nX: y\"\n"), "1: ", "address of mail or of a page"));
  CHECK(says(problem_of("contact: a@b.c\nenable: [none]\n"), "2: ", "no source 'none'"));
  CHECK(says(problem_of("contact: a@b.c\nsources: {a: b}\n"), "2: ", "must be a list"));
  CHECK(says(problem_of("contact: a@b.c\nsources:\n  - id: a\n   kind: [\n"), "", "no YAML"));
  CHECK(says(problem_of("- a\n"), "1: ", "must be keys"));
}

TEST_CASE("one entry's fault takes none of the others") {
  const auto loaded = parse_sources(
      "contact: a@b.c\nsources:\n  - {id: a, kind: feed}\n  - {id: b, kind: feed, url: 'https://x.example/'}\n", "s");
  CHECK(loaded.problems.size() == 1);
  REQUIRE(loaded.config.sources.size() == 1);
  CHECK(loaded.config.sources.front().id == "b");
}

TEST_CASE("a user's entry changes what it says of a built-in one and leaves the rest") {
  const entente::test::Folder folder;
  folder.write("registry/x.yaml",
               "sources:\n  - {id: a, name: A, kind: feed, url: 'https://a.example/', publisher: KR-MOFA, enabled: "
               "false}\n  - {id: b, kind: feed, url: 'https://b.example/', enabled: false}\n");
  const std::string user = folder.write("mine.yaml",
                                        "contact: a@b.c\nenable: b\ndefaults: {delay: 3s}\nsources:\n  - {id: a, "
                                        "enabled: true, url: 'https://new.example/'}\n");
  const auto loaded = load_sources(folder.path("registry"), user);
  REQUIRE(loaded.problems.empty());
  const SourceConfig& a = *loaded.config.find("a");
  CHECK(a.enabled);
  CHECK(a.url == "https://new.example/");
  CHECK(a.publisher == "KR-MOFA");
  CHECK(a.manners.delay_ms == 3000);
  CHECK(a.file == user);
  CHECK(loaded.config.find("b")->enabled);
  CHECK(load_sources(folder.path("registry"), folder.path("none.yaml")).problems.size() == 1);
}

TEST_CASE("the built-in registry is right: enough of it, all off, each with where it is from") {
  const auto loaded = load_sources(ENTENTE_DATA_FOLDER "/sources", std::nullopt);
  for (const auto& problem : loaded.problems) UNSCOPED_INFO(problem.to_text());
  CHECK(loaded.problems.empty());
  CHECK(loaded.config.sources.size() >= 150);
  std::set<std::string> countries;
  std::set<std::string> addresses;
  for (const SourceConfig& source : loaded.config.sources) {
    INFO(source.id);
    CHECK_FALSE(source.enabled);
    CHECK_FALSE(source.verified);
    CHECK_FALSE(source.origin.empty());
    CHECK_FALSE(source.publisher.empty());
    CHECK(addresses.insert(source.url).second);
    countries.insert(source.country);
  }
  CHECK(countries.size() >= 150);
  for (const char* const organisation : {"org-eu-eeas", "org-un-press", "org-asean", "org-au"})
    CHECK(loaded.config.find(organisation) != nullptr);
}
