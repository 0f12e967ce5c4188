#include "importers/mapping/template.h"

#include <catch2/catch.hpp>

using namespace entente;
using namespace entente::importers;

namespace {

std::string rendered(const std::string& text, const TableRow& row) {
  const auto parsed = RowTemplate::parse(text);
  REQUIRE(parsed);
  return parsed->render(row);
}

}  // namespace

TEST_CASE("a template puts a row's cells into words") {
  const TableRow row{{{"who", "Ana Silva"}, {"land", "Chile"}, {"until", ""}, {"seat", "Talca, Maule, Chile"}}, 1};
  CHECK(rendered("{who} of {land}", row) == "Ana Silva of Chile");
  CHECK(rendered("{until|land}", row) == "Chile");
  CHECK(rendered("{seat:first}/{seat:last}/{land:last}", row) == "Talca/Chile/Chile");
  CHECK(rendered("came[ from {land}][ until {until}].", row) == "came from Chile.");
  CHECK(rendered("{{who}} [[{nothing}]]", row) == "{who} []");
}

TEST_CASE("a template that is not closed says which mark") {
  CHECK(RowTemplate::parse("{who").error().message.find('}') != std::string::npos);
  CHECK(RowTemplate::parse("[ {who}").error().message.find(']') != std::string::npos);
  CHECK_FALSE(RowTemplate::parse("who}"));
  CHECK_FALSE(RowTemplate::parse("{}"));
}
