// Signs of an act: they tell it where no frame fits, and only then.
#include <catch2/catch.hpp>

#include "tests/importers/line/support.h"

using namespace entente;

TEST_CASE("a sign of an act and two sides tell it where no frame fits") {
  const auto events = test::told(
      "Getting through took an hour, but on 13 May the line to Accra held long enough for Foreign Minister Anna Berg "
      "of Sweden, the "
      "receiver in her hand, to hear from Foreign Minister Kofi Badu of Ghana how the harvest stood.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["type"] == "call");
  CHECK(events[0]["date"] == "2024-05-13");
  CHECK(events[0]["officials"].size() == 2);
}

TEST_CASE("signs add nothing to what a frame has told") {
  const auto events = test::told(
      "Foreign Minister Anna Berg of Sweden met Foreign Minister Kofi Badu of Ghana in Accra on 13 May. Over coffee "
      "Foreign Minister "
      "Berg and Foreign Minister Badu went through the harvest.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["type"] == "meeting");
}

TEST_CASE("a sentence that hopes or denies tells nothing by its signs") {
  CHECK(test::told("Foreign Minister Anna Berg of Sweden hopes for coffee with Foreign Minister Kofi Badu of Ghana one day.")
            .empty());
  CHECK(test::told("Foreign Minister Anna Berg of Sweden was never on the line with Foreign Minister Kofi Badu of Ghana.")
            .empty());
}
