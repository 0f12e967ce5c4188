// Stays told by their ends, acts told by what stands beside them, and sides told by order.
#include <catch2/catch.hpp>

#include "tests/importers/line/support.h"

using namespace entente;

TEST_CASE("the ends of a stay may be told each by itself") {
  const auto left = test::told("Foreign Minister Anna Berg left on Monday for Accra, where she will be on a working visit until Friday.");
  REQUIRE(left.size() == 1);
  CHECK(left[0]["date"] == "2024-05-13/2024-05-17");
  const auto began = test::told("Foreign Minister Anna Berg of Sweden today concluded a visit to Ghana that began on 12 May.");
  REQUIRE(began.size() == 1);
  CHECK(began[0]["date"] == "2024-05-12/2024-05-15");
}

TEST_CASE("what one is in a town is no journey there") {
  CHECK(test::of_type(test::told("Anna Berg has been appointed ambassador to Ghana. She is at present political counsellor in Berlin. She will be stationed in Accra."), "visit").empty());
}

TEST_CASE("a text without a date of publication may give the day of what it tells") {
  const importers::Lexicon lexicon = test::load_lexicon();
  const auto result = importers::TextLine(lexicon).read({"release.txt", "Accra, 23 July – The Foreign Minister of Ghana, Kofi Badu, met this morning in Accra with the Foreign Minister of Sweden, Anna Berg.", "GH-MFA", std::nullopt});
  REQUIRE(result);
  const auto events = test::events_of(*result);
  REQUIRE(events.size() == 1);
  CHECK(events[0]["date"] == "XXXX-07-23");
}

TEST_CASE("aid that a paper gives is dated by the paper") {
  const auto aid = test::of_type(test::told("On 8 May Sweden and Ghana signed in Accra an agreement on fisheries. Under it, Sweden is granting Ghana 9 million kronor."), "aid");
  REQUIRE(aid.size() == 1);
  CHECK(aid[0]["date"] == "2024-05-08");
}

TEST_CASE("the former and the latter are those named last, in their order") {
  const auto papers = test::of_type(test::told("Foreign Minister Anna Berg of Sweden had separate meetings with the Foreign Minister of Ghana, Kofi Badu, and with the Foreign Minister of Togo, Yao Agbo. With the former she signed an agreement on ferries."), "agreement");
  REQUIRE(papers.size() == 1);
  CHECK(test::has(papers[0]["parties"], "country:GH"));
  CHECK_FALSE(test::has(papers[0]["parties"], "country:TG"));
}

TEST_CASE("two posts of one person are one post, with the rank of the first") {
  const auto events = test::told("Deputy Prime Minister – Minister of Foreign Affairs of Ghana Kofi Badu met in Accra on 13 May with the Foreign Minister of Sweden, Anna Berg.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["level"] == "minister");
  CHECK(test::has(events[0]["officials"], "official:GH/kofi-badu"));
}

TEST_CASE("letters in brackets behind an organisation do not cut its head off from it") {
  const auto events = test::told("The Secretary General of the Organization of Turkic States (OTS), Yao Agbo, met in Stockholm on 13 May with Foreign Minister Anna Berg.");
  REQUIRE(events.size() == 1);
  CHECK(test::has(events[0]["officials"], "official:ots/yao-agbo"));
}

TEST_CASE("a round that a clause names by whose is of the series before it") {
  const auto events = test::told("They welcomed the Sweden-Ghana Economic Policy Dialogue, whose third meeting was held online on 21 January.");
  const auto rounds = test::of_type(events, "consultation");
  REQUIRE(rounds.size() == 1);
  CHECK(rounds[0]["date"] == "2024-01-21");
}

TEST_CASE("embassies opened in several towns are one each") {
  CHECK(test::of_type(test::told("Swedish Embassies will be opened in Accra and in Muscat in 2025."), "mission").size() == 2);
}

TEST_CASE("a clause of saying that is set in does not part a subject from its verb") {
  const auto aid = test::of_type(test::told("Ghana, the Minister noted, pledged 6 million dollars to Togo in February."), "aid");
  REQUIRE(aid.size() == 1);
  CHECK(aid[0]["roles"]["country:GH"] == "donor");
}

TEST_CASE("what a ministry says in a statement stands beside the talks that the text tells") {
  const auto events = test::told("Foreign Minister Anna Berg met in Stockholm on 13 May with the Foreign Minister of Ghana, Kofi Badu. In a separate statement today, the Ministry condemned the attack on a market in Togo.");
  CHECK(test::of_type(events, "meeting").size() == 1);
  CHECK(test::of_type(events, "statement").size() == 1);
}
