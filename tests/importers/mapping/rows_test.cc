// Tables of every format, loaded by the program as a person does.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/apps/program.h"

using namespace entente::test;
using nlohmann::json;

namespace {

const std::string kBook =
    "id: '{no}'\n"
    "publisher: KZ-MFA\n"
    "published: '{until|day}'\n"
    "sentence: '{guest} of {land} paid a visit to Kazakhstan on {day}[, to {town}].'\n"
    "prose: '{notes}'\n"
    "type: visit\n"
    "from: '{day}'\n"
    "to: '{until}'\n"
    "parties:\n"
    "  - {name: '{land}', role: guest, officials: true}\n"
    "  - {name: 'country:KZ', role: host}\n"
    "city: '{town}'\n"
    "place: 'country:KZ'\n";

json events_of(const Folder& folder, const std::string& other) {
  const Ran ran = run({"timeline", "KZ", other, "--db", folder.path("db"), "--json"});
  REQUIRE(ran.code == 0);
  return json::parse(ran.out);
}

const json* event_of_type(const json& events, const std::string& type) {
  for (const json& event : events)
    if (event.at("type") == type) return &event;
  return nullptr;
}

}  // namespace

TEST_CASE("a row gives its event, and its prose what else is told there") {
  const Folder folder;
  const std::string mapping = folder.write("book.yaml", "format: csv\n" + kBook);
  const std::string table = folder.write("book.csv",
                                         "no,guest,land,day,until,town,notes\n"
                                         "1,President Sauli Kallio,Finland,2013-04-16,2013-04-18,Astana,\"Signed an agreement on trade on April 17, \"\"the first\"\" of its kind.\"\n"
                                         "2,Prime Minister Tomas Berzins,LVA,20130502,,,\n");
  const Ran first = run({"load", table, "--mapping", mapping, "--db", folder.path("db"), "--json"});
  REQUIRE(first.code == 0);
  const json report = json::parse(first.out);
  CHECK(report.at("rows") == 2);
  CHECK(report.at("new") == 2);
  CHECK(report.at("bad_rows") == 0);

  const json finland = events_of(folder, "FI");
  const json* const visit = event_of_type(finland, "visit");
  REQUIRE(visit != nullptr);
  CHECK(visit->at("date") == "2013-04-16/2013-04-18");
  CHECK(visit->at("roles").at("country:FI") == "guest");
  CHECK(visit->at("roles").at("country:KZ") == "host");
  CHECK(visit->at("roles").at("official:FI/sauli-kallio") == "guest");
  CHECK(visit->at("level") == "leader");
  CHECK(visit->at("place").at("country") == "KZ");
  const json* const agreement = event_of_type(finland, "agreement");
  REQUIRE(agreement != nullptr);
  CHECK(agreement->at("date") == "2013-04-17");
  CHECK(events_of(folder, "LV").size() == 1);

  const Ran again = run({"load", table, "--mapping", mapping, "--db", folder.path("db")});
  CHECK(again.code == 0);
  CHECK(again.out.find("2 known") != std::string::npos);
  CHECK(again.out.find("nothing changed") != std::string::npos);
  CHECK(run({"check", "--db", folder.path("db")}).code == 0);
}

TEST_CASE("one table in four formats gives the same events") {
  const std::map<std::string, std::string> tables{
      {"csv", "no,guest,land,day,town\n7,Foreign Minister Ole Dahl,Norway,2019-10-02,Almaty\n"},
      {"tsv", "7\tForeign Minister Ole Dahl\tNorway\t2019-10-02\tAlmaty\n"},
      {"jsonl", R"({"no": 7, "guest": "Foreign Minister Ole Dahl", "land": "Norway", "day": "2019-10-02T09:30:00", "at": {"town": "Almaty"}})" "\n"},
      {"xml", "<?xml version=\"1.0\"?><book><call><no>7</no><guest>Foreign Minister <b/>Ole Dahl</guest><land>Norway</land>"
              "<day iso=\"2019-10-02\">2 October</day><town>Almaty</town></call></book>"}};
  std::string expected;
  for (const auto& [format, table] : tables) {
    CAPTURE(format);
    const Folder folder;
    std::string mapping = "format: " + format + "\n" + kBook;
    const auto replace = [&](const std::string& from, const std::string& to) {
      for (std::size_t at = mapping.find(from); at != std::string::npos; at = mapping.find(from, at + to.size())) mapping.replace(at, from.size(), to);
    };
    if (format == "tsv") mapping += "columns: [no, guest, land, day, town]\n";
    if (format == "jsonl") replace("{town}", "{at/town}");
    if (format == "jsonl") replace("on {day}", "on 2019-10-02");
    if (format == "xml") replace("{day}", "{day@iso}");
    if (format == "xml") mapping += "row: call\n";
    const Ran ran = run({"load", folder.write("book." + format, table), "--mapping", folder.write("book.yaml", mapping), "--db", folder.path("db")});
    REQUIRE(ran.code == 0);
    const json events = events_of(folder, "NO");
    REQUIRE(events.size() == 1);
    if (expected.empty()) expected = events.dump();
    CHECK(events.dump() == expected);
  }
}

TEST_CASE("a code says what happened, and rows within one state or without one are left out") {
  const Folder folder;
  const std::string header = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tCity\tCountry\n";
  const std::string table = folder.write("events.tab", header +
                                                           "1\t2014-03-04\tForeign Ministry (Kazakhstan)\t\tKazakhstan\tMake a visit\t042\t1.9\tCabinet (Turkey)\t\tTurkey\tAnkara\tTurkey\n"
                                                           "2\t2014-03-05\tPolice (Kazakhstan)\t\tKazakhstan\tArrest\t173\t-5\tCitizen (Kazakhstan)\t\tKazakhstan\tAlmaty\tKazakhstan\n"
                                                           "3\t2014-03-06\tChina\t\tChina\tProvide aid\t070\t7\tUnspecified Actor\t\t\t\t\n"
                                                           "4\t2014-03-07\tKazakhstan\t\tKazakhstan\tExpel diplomats\t166\t-7\tTurkey\t\tTurkey\t\t\n");
  const Ran ran = run({"load", table, "--mapping", "icews", "--db", folder.path("db"), "--json"});
  REQUIRE(ran.code == 0);
  const json report = json::parse(ran.out);
  CHECK(report.at("new") == 2);
  CHECK(report.at("left_out") == 2);
  const json events = events_of(folder, "TR");
  REQUIRE(events.size() == 2);
  const json* const visit = event_of_type(events, "visit");
  REQUIRE(visit != nullptr);
  CHECK(visit->at("roles").at("country:KZ") == "guest");
  CHECK(visit->at("place").at("city") == "Ankara");
  CHECK(event_of_type(events, "expulsion") != nullptr);
}

TEST_CASE("bad rows are named by file and line, and too many of them end the load") {
  const Folder folder;
  const std::string mapping = folder.write("book.yaml", "format: csv\n" + kBook);
  const std::string table = folder.write("book.csv",
                                         "no,guest,land,day,until,town,notes\n"
                                         "1,President A. Kallio,Finland,2013-04-16,,,\n"
                                         "2,President B. Kallio,Atlantis,2013-04-17,,,\n"
                                         "3,President C. Kallio,Finland,2013-14-17,,,\n"
                                         "4,President D. Kallio,Finland,2013-04-18,,,,,,\n"
                                         "5,President E. Kallio,Finland,2013-04-19,,,\n");
  const Ran strict = run({"load", table, "--mapping", mapping, "--db", folder.path("db")});
  CHECK(strict.code == 3);
  CHECK(strict.err.find("book.csv:3: 'Atlantis'") != std::string::npos);
  CHECK(strict.err.find("--max-errors") != std::string::npos);
  const Ran lenient = run({"load", table, "--mapping", mapping, "--max-errors", "3", "--db", folder.path("db"), "--json"});
  CHECK(lenient.code == 3);
  const json report = json::parse(lenient.out);
  CHECK(report.at("known") == 1);
  CHECK(report.at("new") == 1);
  CHECK(report.at("bad_rows") == 3);
  CHECK(lenient.err.find("book.csv:4: '2013-14-17' is no date") != std::string::npos);
  CHECK(lenient.err.find("book.csv:5: 10 cells, 7 columns") != std::string::npos);

  // A table of another kind, under a mapping that names the columns itself: no row of it fits.
  const Ran other = run({"load", folder.write("other.tsv", "1\tFinland\n2\tNorway\n"), "--mapping",
                         folder.write("named.yaml", "format: tsv\ncolumns: [no, guest, land, day, until, town, notes]\n" + kBook),
                         "--db", folder.path("named")});
  CHECK(other.code != 0);
  CHECK(other.err.find("other.tsv:1: 2 cells, 7 columns") != std::string::npos);

  CHECK(run({"load", table, "--db", folder.path("db")}).code == 2);
  CHECK(run({"load", table, "--mapping", "atlantis", "--db", folder.path("db")}).code == 5);
  CHECK(run({"load", folder.path("gone.csv"), "--mapping", mapping, "--db", folder.path("db")}).code == 5);
  const std::string broken = folder.write("broken.xml", "<book><call><no>1</no><guest>President A. Kallio</guest><land>Finland</land><day>2013-04-16</day></call><call><no>2</call></book>");
  const Ran cut = run({"load", broken, "--mapping", folder.write("x.yaml", "format: xml\nrow: call\n" + kBook), "--db", folder.path("db")});
  CHECK(cut.code != 0);
  CHECK(cut.err.find("broken.xml:1: ") != std::string::npos);
  CHECK(run({"check", "--db", folder.path("db")}).code == 0);
}
