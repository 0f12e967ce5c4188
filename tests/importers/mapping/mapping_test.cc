#include "importers/mapping/mapping.h"

#include <catch2/catch.hpp>

#include "tests/apps/program.h"

using namespace entente;
using namespace entente::importers;
using test::Folder;

namespace {

const std::string kWhole =
    "format: csv\n"
    "id: '{n}'\n"
    "sentence: '{a} met {b}.'\n"
    "type: meeting\n"
    "parties:\n"
    "  - {name: '{a}'}\n"
    "  - {name: '{b}'}\n";

Error fault(const std::string& text) {
  const Folder folder;
  const auto loaded = load_mapping(folder.write("m.yaml", text));
  REQUIRE_FALSE(loaded);
  return loaded.error();
}

}  // namespace

TEST_CASE("every mapping that comes with the program is whole") {
  for (const char* const name : {"gdelt", "icews", "polecat", "historyoffice-visits", "historyoffice-travels"}) {
    CAPTURE(name);
    const auto loaded = load_mapping(std::filesystem::path(ENTENTE_DATA_FOLDER) / "mappings" / (std::string(name) + ".yaml"));
    REQUIRE(loaded);
    CHECK(loaded->name == name);
    CHECK_FALSE(loaded->about.empty());
    CHECK(loaded->parties.size() == 2);
  }
}

TEST_CASE("a mapping with a fault names file, line and what is wrong") {
  const Folder folder;
  REQUIRE(load_mapping(folder.write("m.yaml", kWhole)));
  CHECK(fault(kWhole + "kind: meeting\n").message.find("m.yaml:8: 'kind' is no key") != std::string::npos);
  CHECK(fault(kWhole + "level: high\n").message.find(":8: 'high' is no level") != std::string::npos);
  CHECK(fault(kWhole + "format: xlsx\n").message.find(":8: 'xlsx' is no format") != std::string::npos);
  CHECK(fault(kWhole + "title: '{a'\n").message.find("m.yaml:8: ") != std::string::npos);
  CHECK(fault(kWhole + "format: xml\n").message.find("'row' is missing") != std::string::npos);
  CHECK(fault(kWhole + "codes: none.tsv\n").code == ErrorCode::not_found);
  CHECK(fault("id: '{n}'\nsentence: '{a}'\ntype: meeting\n").message.find("'parties' is missing") != std::string::npos);
  CHECK(fault("- id\n").message.find("m.yaml:1") != std::string::npos);
  CHECK(fault("id: [\n").message.find("m.yaml:") != std::string::npos);
  CHECK(fault("type: visit\nparties:\n  - {name: x, role: {meeting: donor}}\n").message.find("m.yaml:3: a meeting has no donor") != std::string::npos);
  CHECK(load_mapping(folder.path("gone.yaml")).error().code == ErrorCode::not_found);
}
