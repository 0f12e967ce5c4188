// Whose release a page is that names no publisher's code.
#include "importers/resolve/imprint.h"

#include <catch2/catch.hpp>

#include "importers/lexicon/tables.h"
#include "tests/importers/line/support.h"

using namespace entente;
using namespace entente::importers;

namespace {

const Lexicon& lexicon_of_sides() {
  static const Lexicon loaded = test::load_lexicon();
  return loaded;
}

std::string id_of(const OwnSide& side) {
  return side.party == kNoParty ? std::string("none") : lexicon_of_sides().tables().parties[side.party].id.str();
}
std::string of_host(const char* url) { return id_of(side_of_host(lexicon_of_sides().tables(), url)); }
std::string of_lines(const std::vector<Imprint>& lines, const char* url = "") {
  return id_of(side_of_imprint(lexicon_of_sides().tables(), lines, url));
}

}  // namespace

TEST_CASE("an address tells whose page it is, but for names that anybody may buy") {
  CHECK(of_host("https://www.mofa.go.kr/eng/brd/view.do?seq=1") == "country:KR");
  CHECK(of_host("https://mfa.gov.by/en/press/") == "country:BY");
  CHECK(of_host("https://www.gov.uk/government/news/x") == "country:GB");
  CHECK(of_host("https://www.state.gov/secretary-x/") == "country:US");
  CHECK(of_host("https://user@kz.usembassy.gov:443/x") == "country:US");
  CHECK(of_host("https://www.consilium.europa.eu/en/press/") == "org:eu");
  CHECK(of_host("https://press.un.org/en/2020/x") == "org:un");
  CHECK(of_host("https://www.cancilleria.gov.co/x") == "country:CO");
  CHECK(of_host("https://news.example.co/x") == "none");
  CHECK(of_host("https://news.example.com/x") == "none");
  CHECK(of_host("https://127.0.0.1/x") == "none");
  CHECK(of_host("notun.org") == "none");
  CHECK(of_host("release.html") == "none");
  CHECK(of_host("") == "none");
}

TEST_CASE("the page's own words tell it where the address does not") {
  CHECK(of_lines({{"Ministry of Foreign Affairs of the Republic of Kazakhstan", 3}}) == "country:KZ");
  CHECK(of_lines({{"Embassy of the Republic of Korea in Uzbekistan", 3}}) == "country:KR");
  CHECK(of_lines({{"Press Office", 3}, {"© Government of Finland", 2}}) == "country:FI");
  CHECK(of_lines({{"News", 3}}) == "none");
  CHECK(of_lines({}) == "none");
  SECTION("several lines weigh more than one") {
    CHECK(of_lines({{"Embassy of Japan", 1}, {"Ministry of Foreign Affairs of Peru", 1}, {"Government of Peru", 1}}) == "country:PE");
  }
  SECTION("an address weighs as much as the head of the page and a line") {
    CHECK(of_lines({{"Embassy of Japan", 3}}, "https://www.rree.gob.pe/x") == "country:PE");
  }
}

TEST_CASE("a page that names its ministry gives the side of \"the Minister\"") {
  const std::string page =
      "<html><head><title>Minister receives the Ambassador of Japan | Ministry of Foreign Affairs of Peru</title></head>"
      "<body><h1>Minister receives the Ambassador of Japan</h1><p>3 May 2021</p><p>The Minister of Foreign Affairs received the "
      "Ambassador of Japan, Haruto Kinoshita, today in Lima.</p></body></html>";
  const auto read = TextLine(lexicon_of_sides()).read({"page.html", page, "", std::nullopt});
  REQUIRE(read.ok());
  const auto events = test::events_of(*read);
  REQUIRE(events.size() == 1);
  CHECK(events[0].dump().find("country:PE") != std::string::npos);
  CHECK(events[0].dump().find("country:JP") != std::string::npos);
}
