// Wordings that say whose an official is, and those that tell of nothing that was done.
#include <catch2/catch.hpp>

#include "tests/importers/line/support.h"

using namespace entente;

TEST_CASE("two names behind a post in the plural hold it, ours first where nothing says whose they are") {
  const auto events = test::told("The Agreement on Ferries between Sweden and Estonia was signed in Tallinn on 13 May by State Secretaries Anna Berg and Jaan Tamm.");
  REQUIRE(events.size() == 1);
  CHECK(test::has(events[0]["officials"], "official:SE/anna-berg"));
  CHECK(test::has(events[0]["officials"], "official:EE/jaan-tamm"));
}

TEST_CASE("who is named for a part belongs to it") {
  const auto events = test::told("Secretaries of State Kofi Badu, for the Ghanaian part, and Anna Berg, for the Swedish part, met in Accra on 13 May.");
  REQUIRE(events.size() == 1);
  CHECK(test::has(events[0]["officials"], "official:GH/kofi-badu"));
  CHECK(test::has(events[0]["officials"], "official:SE/anna-berg"));
}

TEST_CASE("one act by two officials of unsaid sides is by one of each state") {
  const auto events = test::told("The Agreement on Air Services between Sweden and Ghana was initialled in Accra on 13 May by Deputy Minister Anna Berg and Principal Secretary Kofi Badu.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["stage"] == "negotiated");
  CHECK(test::has(events[0]["officials"], "official:SE/anna-berg"));
  CHECK(test::has(events[0]["officials"], "official:GH/kofi-badu"));
}

TEST_CASE("one side that is named and the publisher are two where a sign tells of the act") {
  const auto events = test::told("Ninety days have run, and the consequence is this: the Arrangement on Herring Quotas with Norway stands terminated from 13 May 2024.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["type"] == "agreement");
  CHECK(events[0]["stage"] == "terminated");
  CHECK(events[0]["date"] == "2024-05-13");
}

TEST_CASE("a case that is only thought of tells nothing, nor does what is denied of its object") {
  CHECK(test::told("Should the Ambassador of Norway ask to be received, she will be received by the Minister.").empty());
  CHECK(test::told("If Sweden and Ghana should one day conclude an agreement on the matter, stamps might become a hobby.").empty());
  CHECK(test::told("The Foreign Minister of Ghana, Kofi Badu, will appoint no new ambassadors to Sweden before Easter.").empty());
  CHECK(test::told("At the close the delegations of Sweden and Ghana congratulated themselves on the climate of fraternity.").empty());
}

TEST_CASE("two days in two months that follow each other are one stay") {
  const auto events = test::told("Foreign Minister Anna Berg of Sweden visited Ghana on 30 April and 1 May 2024.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["date"] == "2024-04-30/2024-05-01");
}

TEST_CASE("with articles before both days they are one stay") {
  const auto events = test::told("Foreign Minister Anna Berg of Sweden paid an official visit to Ghana from the 7th to the 9th of May 2024.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["date"] == "2024-05-07/2024-05-09");
}

TEST_CASE("a second title in brackets stands between a post and its name") {
  const auto events = test::told("The Ambassador of Ghana to Sweden, Kofi Badu, paid a courtesy call on Foreign Secretary (Senior Secretary) Anna Berg in Stockholm on 13 May 2024.");
  REQUIRE(events.size() == 1);
  CHECK(test::has(events[0]["officials"], "official:SE/anna-berg"));
}
