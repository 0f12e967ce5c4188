#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "tests/apps/program.h"

using entente::test::run;
using nlohmann::json;

TEST_CASE("docs/ontology.md is what the tables say today") {
  std::ifstream in(ENTENTE_DOCS "/ontology.md");
  const std::string committed{std::istreambuf_iterator<char>(in), {}};
  const auto ran = run({"ontology", "--markdown"});
  CHECK(ran.code == 0);
  // Out of date: entente ontology --markdown > docs/ontology.md
  CHECK(ran.out == committed);
}

TEST_CASE("the crosswalk as JSON has each type, and codes of every quad class") {
  const json rows = json::parse(run({"ontology", "--json"}).out);
  std::set<std::string> types;
  std::set<int> quads;
  for (const json& row : rows) {
    types.insert(row["type"].get<std::string>());
    if (row["quad_class"].is_number()) quads.insert(row["quad_class"].get<int>());
    CHECK((row["goldstein"].is_null() || (row["goldstein"] >= -10 && row["goldstein"] <= 10)));
  }
  CHECK(types.size() == 17);
  CHECK(quads == std::set<int>{1, 2, 3, 4});
}
