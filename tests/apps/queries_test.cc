// docs/queries.md and docs/query.schema.json are kept: what they show is run, what they list is what is read.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "graph/query/json.h"
#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;
using nlohmann::json;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::string kDocs = ENTENTE_SAMPLES "/../docs/";

// What stands between ```kind and ```, in order.
std::vector<std::string> blocks(const std::string& text, const std::string& kind) {
  std::vector<std::string> out;
  const std::string start = "```" + kind + "\n";
  for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at)) {
    at += start.size();
    out.push_back(text.substr(at, text.find("```", at) - at));
  }
  return out;
}

std::string batch(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

std::vector<json> answers(const std::string& text) {
  std::vector<json> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out.push_back(json::parse(line));
  return out;
}

}  // namespace

TEST_CASE("the questions worked in the documentation give the answers that stand there") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::string page = text_of(kDocs + "queries.md");
  const auto patterns = blocks(page, "pattern");
  const auto expected = blocks(page, "csv");
  REQUIRE(patterns.size() >= 10);
  REQUIRE(patterns.size() == expected.size());
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    INFO(patterns[i]);
    const auto ran = run({"match", "@" + folder.write("pattern", patterns[i]), "--csv", "--db", db});
    INFO(ran.err);
    CHECK(ran.code == 0);
    std::string out = ran.out;
    std::erase(out, '\r');
    CHECK(out == expected[i]);
  }
}

TEST_CASE("the schema lists for each question the fields that are read") {
  const json schema = json::parse(text_of(kDocs + "query.schema.json"));
  std::set<std::string> listed;
  for (const json& one : schema["oneOf"]) {
    const std::string name = one["properties"]["ask"]["const"];
    const auto ask = entente::graph::query::parse_ask(name);
    REQUIRE(ask);
    listed.insert(name);
    std::set<std::string> fields;
    for (const auto& [field, type] : one["properties"].items()) fields.insert(field);
    const auto read = entente::graph::query::fields_of(*ask);
    INFO(name);
    CHECK(fields == std::set<std::string>(read.begin(), read.end()));
  }
  CHECK(listed.size() == entente::graph::query::all_asks().size());
}

TEST_CASE("a batch gives an answer a line in the order of the questions, the bad ones told by line") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::string good = R"({"ask": "timeline", "between": ["KR", "Kazakhstan"], "type": "call", "id": 7})";
  const auto some =
      run({"ask", "--batch",
           folder.write("some.jsonl", batch({good, "", "{nonsense", R"({"ask": "entity", "of": "country:XQ"})"})),
           "--db", db});
  CHECK(some.code == 3);
  const auto lines = answers(some.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["id"] == 7);
  CHECK(lines[0]["whole"] == true);
  REQUIRE(lines[0]["rows"].size() == 1);
  CHECK(lines[0]["rows"][0]["date"] == "2024-09-03");
  CHECK(lines[1]["error"]["kind"] == "not_json");
  CHECK(lines[1]["line"] == 3);
  CHECK(lines[2]["error"]["kind"] == "unknown_id");
  CHECK(lines[2]["error"]["at"] == "of");
  CHECK(run({"ask", "--batch", folder.write("good.jsonl", good + "\n"), "--db", db}).code == 0);
  CHECK(run({"ask", "--batch", folder.write("bad.jsonl", "[]\n"), "--db", db}).code == 1);
  CHECK(run({"ask", "--batch", folder.path("none.jsonl"), "--db", db}).code == 5);
}

TEST_CASE("each question has a subcommand with a table, JSON and CSV") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const auto table = run({"neighbours", "country:KR", "--kinds", "country", "--db", db});
  INFO(table.err);
  CHECK(table.code == 0);
  CHECK(table.out.find("country:KZ") != std::string::npos);
  const auto csv = run({"series", "KR", "KZ", "--by", "year", "--csv", "--db", db});
  CHECK(csv.out.starts_with("year,events\r\n2024,"));
  const auto as_json = run({"paths", "country:KR", "country:KZ", "--json", "--db", db});
  CHECK(json::parse(as_json.out)["rows"][0]["steps"] == 1);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"subgraph", "KR"},
                                                                                     {"centrality"},
                                                                                     {"communities"},
                                                                                     {"components"},
                                                                                     {"silences", "KR", "KZ"},
                                                                                     {"contacts", "KR", "KZ"},
                                                                                     {"rhythm", "KR", "KZ"},
                                                                                     {"asymmetry", "KR", "KZ"},
                                                                                     {"due"}}) {
    auto arguments = words;
    arguments.insert(arguments.end(), {"--db", db});
    const auto ran = run(arguments);
    INFO(words.front() << ": " << ran.err);
    CHECK(ran.code == 0);
  }
  const auto reversed = run({"silences", "KR", "KZ", "--from", "2024", "--to", "2020", "--db", db});
  CHECK(reversed.code == 2);
  CHECK(reversed.err.find("swap from and to") != std::string::npos);
  const auto off = run({"match", "find ?a where ?a colour country:KR", "--db", db});
  CHECK(off.code == 2);
  CHECK(off.err.find("line 1, column 18") != std::string::npos);
}
