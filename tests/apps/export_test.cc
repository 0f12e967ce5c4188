// What is exported is read back by readers that are not ours, and says what the question `subgraph` says.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::Ran;
using entente::test::run;
using nlohmann::json;

namespace {

json read_back(const std::string& format, const std::string& file) {
  const std::string command = "/usr/bin/python3 '" ENTENTE_READERS "/read_back.py' " + format + " '" + file + "'";
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  std::array<char, 4096> some{};
  for (std::size_t n = 0; (n = std::fread(some.data(), 1, some.size(), pipe)) > 0;) out.append(some.data(), n);
  INFO(format);
  REQUIRE(::pclose(pipe) == 0);
  return json::parse(out);
}

std::string bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The samples, and a table whose names have everything that a format must escape.
struct World {
  World() {
    db = folder.path("db");
    REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
    const Ran loaded = run(
        {"load", "--events",
         folder.write("e.csv", "id,type,date,release,place\n1,42,2020-01-31,9,2\n2,42,2021-02-28,9,2\n"),
         "--participations",
         folder.write("p.csv", "event,entity,role\n1,1,actor\n1,2,target\n1,3,\n2,1,actor\n2,3,target\n"), "--entities",
         folder.write(
             "n.csv",
             "id,kind,name,country,date\n1,country,\"A \"\"quoted\"\" <b> & 'c'; d, e\\f\",,\n2,country,Österreich,,\n"
             "3,official,\"two\nlines\",1,\n9,release,Words,,2020-02-01\n"),
         "--db", db});
    INFO(loaded.err);
    REQUIRE(loaded.code == 0);
    const Ran asked = run({"ask", R"({"ask": "subgraph", "full": true})", "--json", "--db", db});
    INFO(asked.err);
    REQUIRE(asked.code == 0);
    const json answer = json::parse(asked.out);
    for (const json& row : answer["rows"]) (row.contains("node") ? nodes : events).push_back(row);
    for (const json& event : events) pairs += event["between"].size() * (event["between"].size() - 1) / 2;
    REQUIRE(nodes.size() > 5);
    REQUIRE(events.size() > 5);
  }
  std::string exported(const std::string& format, std::vector<std::string> more = {}) {
    const std::string file = folder.path("out." + format);
    std::vector<std::string> words{"export", "--format", format, "--output", file, "--db", db};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    REQUIRE(!std::filesystem::exists(file + ".part"));
    return file;
  }

  Folder folder;
  std::string db;
  std::vector<json> nodes;
  std::vector<json> events;
  std::size_t pairs = 0;
};

// A table's event has a name of its own beside its entities.
std::string name_of(const json& event) {
  const std::string id = event["edge"];
  return id.starts_with("event:") ? id : "event:" + id;
}

const std::string kQuoted = "A \"quoted\" <b> & 'c'; d, e\\f";

}  // namespace

TEST_CASE("GraphML, GEXF and DOT say who took part in what, and when") {
  World world;
  for (const std::string format : {"graphml", "gexf", "dot"}) {
    INFO(format);
    const json read = read_back(format, world.exported(format));
    CHECK(read["nodes"].size() == world.nodes.size());
    CHECK(read["edges"].size() == world.pairs);
    for (const json& node : world.nodes) {
      REQUIRE(read["nodes"].contains(node["node"].get<std::string>()));
      const json& found = read["nodes"][node["node"].get<std::string>()];
      CHECK(found["kind"] == node["kind"]);
      if (node["node"] != "x:3") CHECK(found["label"] == node["label"]);
    }
    CHECK(read["nodes"]["x:1"]["label"] == kQuoted);
    std::size_t visits = 0;
    for (const json& edge : read["edges"]) {
      const std::string type = format == "gexf" ? edge.value("type", "") : edge["type"].get<std::string>();
      if (type != "visit") continue;
      ++visits;
      if (format == "gexf")
        CHECK(!edge["start"].get<std::string>().empty());
      else
        CHECK(!edge["date"].get<std::string>().empty());
    }
    CHECK(visits != 0);
    const json nodes = read_back(format, world.exported(format, {"--shape", "events"}));
    CHECK(nodes["nodes"].size() == world.nodes.size() + world.events.size());
    std::size_t parts = 0;
    for (const json& event : world.events) parts += event["between"].size();
    CHECK(nodes["edges"].size() == parts);
  }
}

TEST_CASE("tables of nodes and edges have every row and every character") {
  World world;
  const json nodes = read_back("nodes-csv", world.exported("nodes-csv"))["rows"];
  CHECK(nodes.size() == world.nodes.size());
  std::map<std::string, std::string> labels;
  for (const json& row : nodes) labels[row["node"]] = row["label"];
  CHECK(labels["x:1"] == kQuoted);
  CHECK(labels["x:2"] == "Österreich");
  for (const json& node : world.nodes) CHECK(labels[node["node"]] == node["label"]);
  const json edges = read_back("edges-csv", world.exported("edges-csv"))["rows"];
  CHECK(edges.size() == world.pairs);
  const auto first =
      std::find_if(edges.begin(), edges.end(), [](const json& row) { return row["event"] == "event:x:1"; });
  REQUIRE(first != edges.end());
  CHECK((*first)["date"] == "2020-01-31");
  CHECK((*first)["code"] == "42");
}

TEST_CASE("Turtle and N-Triples are the same graph, with EDTF dates and where each event comes from") {
  World world;
  const json turtle = read_back("turtle", world.exported("turtle"))["triples"];
  CHECK(turtle == read_back("ntriples", world.exported("ntriples"))["triples"]);
  const std::string base = "urn:entente:id:";
  CHECK(turtle[base + "x:1"]["http://www.w3.org/2000/01/rdf-schema#label"][0]["value"] == kQuoted);
  const std::string prov = "http://www.w3.org/ns/prov#";
  for (const json& event : world.events) {
    const std::string id = name_of(event);
    INFO(id);
    REQUIRE(turtle.contains(base + id));
    const json& said = turtle[base + id];
    if (!event["date"].is_null()) {
      CHECK(said["urn:entente:ontology:date"][0]["value"] == event["date"]);
      CHECK(said["urn:entente:ontology:date"][0]["datatype"] == "http://id.loc.gov/datatypes/edtf/EDTF");
    }
    REQUIRE(said.contains(prov + "wasInfluencedBy"));
    for (const json& claim : said[prov + "wasInfluencedBy"]) {
      const json& why = turtle[claim["value"].get<std::string>()];
      REQUIRE(why.contains(prov + "wasQuotedFrom"));
      CHECK(turtle.contains(why[prov + "wasQuotedFrom"][0]["value"].get<std::string>()));
    }
  }
  const std::string other = bytes(world.exported("ntriples", {"--base", "https://example.org/id/"}));
  CHECK(other.find("<https://example.org/id/country:KR>") != std::string::npos);
}

TEST_CASE("a calendar has what is planned, on whole days, and leaves out what has no day") {
  World world;
  const json planned = read_back("icalendar", world.exported("icalendar"))["entries"];
  std::set<std::string> expected;
  for (const json& event : world.events)
    if (event["status"] == "planned" && !event["first"].is_null() && !event["last"].is_null())
      expected.insert(name_of(event) + "@entente");
  REQUIRE(!expected.empty());
  std::set<std::string> found;
  for (const json& entry : planned) {
    found.insert(entry["uid"].get<std::string>());
    CHECK(entry["status"] == "TENTATIVE");
    CHECK(entry["end"].get<std::string>() > entry["start"].get<std::string>());
  }
  CHECK(found == expected);
  const json all = read_back("icalendar", world.exported("icalendar", {"--status", "occurred"}))["entries"];
  const auto loaded =
      std::find_if(all.begin(), all.end(), [](const json& entry) { return entry["uid"] == "event:x:1@entente"; });
  REQUIRE(loaded != all.end());
  CHECK((*loaded)["start"] == "2020-01-31");
  CHECK((*loaded)["end"] == "2020-02-01");
  CHECK((*loaded)["summary"].get<std::string>().find(kQuoted) != std::string::npos);
  for (std::string line, text = bytes(world.exported("icalendar", {"--status", "occurred"})); !text.empty();) {
    const auto end = text.find("\r\n");
    REQUIRE(end != std::string::npos);
    CHECK(end <= 75);
    text.erase(0, end + 2);
  }
}

TEST_CASE("JSON Lines are the rows of the question, and a part of the graph is exported alone") {
  World world;
  const json all = read_back("jsonl", world.exported("jsonl"))["rows"];
  CHECK(all.size() == world.nodes.size() + world.events.size());
  const json some = read_back("jsonl", world.exported("jsonl", {"country:KZ", "--type", "visit"}))["rows"];
  CHECK(some[0]["node"] == "country:KZ");
  for (const json& row : some)
    if (row.contains("edge")) CHECK(row["type"] == "visit");
  CHECK(some.size() < all.size());
}

TEST_CASE("an export that fails leaves no file, and says why") {
  World world;
  const std::string file = world.folder.path("none.graphml");
  const Ran unknown = run({"export", "country:XQ", "--output", file, "--db", world.db});
  CHECK(unknown.code == 5);
  CHECK(unknown.err.find("country:XQ") != std::string::npos);
  const Ran many = run({"export", "--limit", "2", "--output", file, "--db", world.db});
  CHECK(many.code == 1);
  CHECK(many.err.find("limit") != std::string::npos);
  CHECK(run({"export", "--output", world.folder.path("no/such/folder"), "--db", world.db}).code == 1);
  CHECK(run({"export", "--format", "paper", "--db", world.db}).code == 2);
  CHECK(!std::filesystem::exists(file));
  CHECK(!std::filesystem::exists(file + ".part"));
}

TEST_CASE("a server exports the bytes that its store does") {
  World world;
  std::map<std::string, std::string> here;
  for (const std::string format : {"graphml", "turtle", "icalendar", "jsonl"})
    here[format] = bytes(world.exported(format));
  const std::string address = "unix:" + world.folder.path("s");
  const entente::test::Server server(world.db, address);
  for (const auto& [format, expected] : here) {
    INFO(format);
    const Ran ran = run({"export", "--format", format, "--server", address});
    CHECK(ran.code == 0);
    CHECK(ran.out == expected);
  }
}
