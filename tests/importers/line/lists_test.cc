// Lists of those who met or came, and what ends them.
#include <catch2/catch.hpp>

#include "tests/importers/line/support.h"

using namespace entente;

TEST_CASE("a line that heads a list of its own ends the list above it") {
  const auto events = test::told(
      "Meetings of the Minister\n\n"
      "Meeting with Mr. Kenji Aoki, Ambassador of Japan, and the following Ambassadors:\n\n"
      "Meeting with Mr. Erik Lund, Ambassador of Norway, and the following Ambassadors:\n\n"
      "Meeting with Ms. Ana Reyes, Ambassador of Peru, and the following Ambassadors:\n",
      "KR-MOFA");
  CHECK(events.size() == 3);
}
