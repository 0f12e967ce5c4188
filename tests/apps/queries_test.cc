// docs/queries.md and docs/query.schema.json are kept: what they show is run, what they list is what is read.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
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

TEST_CASE("a server answers a batch and every asking command with the bytes that its store gives") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::string some = json::parse(run({"ask", R"({"ask":"timeline","of":"KR","limit":1})", "--json", "--db", db}).out)["rows"][0]["event"];
  std::string lines;
  for (const json& question : std::vector<json>{{{"ask", "timeline"}, {"between", {"KR", "KZ"}}, {"sources", true}, {"id", "x"}},
                                                {{"ask", "resolve"}, {"name", "Kazakstan"}},
                                                {{"ask", "resolve"}, {"prefix", "Kaz"}},
                                                {{"ask", "centrality"}, {"measure", "betweenness"}, {"explain", false}},
                                                {{"ask", "entity"}, {"of", "country:XQ"}},
                                                {{"ask", "why"}, {"event", some}},
                                                {{"ask", "match"}, {"pattern", "find ?who where"}}})
    lines += question.dump() + "\n";
  lines += "{nonsense\n";
  const std::string batch_file = folder.write("questions.jsonl", lines);
  const std::vector<std::vector<std::string>> commands{
      {"ask", "--batch", batch_file},    {"ask", R"({"ask":"components"})", "--csv"},
      {"neighbours", "KR", "--json"},    {"paths", "country:KR", "country:KZ", "--csv"},
      {"subgraph", "KR", "--json"},      {"series", "KR", "KZ", "--by", "year"},
      {"editions", "forum:korea-kazakhstan-policy-consultation", "--json"},
      {"match", "find ?e.type, count(?e) as n where ?e party country:KR order by n desc", "--csv"},
      {"centrality", "--json"},          {"communities", "--json"},
      {"components", "--json"},          {"changes", "--since", "2000-01-01", "--json"},
      {"silences", "KR", "KZ", "--json"}, {"contacts", "KR", "KZ", "--json"},
      {"rhythm", "KR", "KZ", "--json"},  {"asymmetry", "KR", "KZ", "--json"},
      {"due", "--today", "2030-01-01"},  {"accounts", some, "--json"},
      {"paths", "country:KR", "Atlantis of the Deep"}};
  const auto all = [&](const std::string& option, const std::string& where) {
    std::vector<std::pair<int, std::string>> out;
    for (auto words : commands) {
      words.insert(words.end(), {option, where});
      const auto ran = run(words);
      out.emplace_back(ran.code, ran.out + ran.err);
    }
    return out;
  };
  const auto here = all("--db", db);
  CHECK(here.front().first == 3);
  CHECK(here.back().first == 5);
  const std::string address = "unix:" + folder.path("s");
  const entente::test::Server server(db, address);
  const auto there = all("--server", address);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    INFO(commands[i].front());
    CHECK(there[i] == here[i]);
  }
}

TEST_CASE("asking commands show a server their token, from a file or the environment") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const auto made = run({"token", "create", "--role", "reader", "--db", db, "--json"});
  REQUIRE(made.code == 0);
  const std::string good = folder.write("good", json::parse(made.out)["token"].get<std::string>() + "\n");
  const std::string bad = folder.write("bad", "nobody-knows-this\n");
  const std::string address = "unix:" + folder.path("s");
  const entente::test::Server server(db, address);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"components"}, {"ask", R"({"ask":"components"})"}, {"timeline", "KR", "KZ"}, {"entity", "KR"}}) {
    const auto with = [&](const std::string& file) {
      auto arguments = words;
      arguments.insert(arguments.end(), {"--server", address, "--token-file", file});
      return run(arguments);
    };
    INFO(words.front());
    CHECK(with(good).code == 0);
    CHECK(with(bad).code != 0);
    CHECK(with(folder.path("none")).err.find("there is no token in") != std::string::npos);
    auto arguments = words;
    arguments.insert(arguments.end(), {"--server", address});
    CHECK(run(arguments, {{{"ENTENTE_TOKEN", "nobody-knows-this"}}, false}).code != 0);
  }
}
