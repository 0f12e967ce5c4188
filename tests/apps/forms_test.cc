// The forms that programs read: JSON of every answer, CSV of timelines.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>
#include <sstream>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;
using nlohmann::json;

namespace {

// The cells of RFC 4180 text, records by lines.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> records(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    auto& cell = records.back().back();
    if (quoted) {
      if (c != '"')
        cell += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        cell += text[++i];
      else
        quoted = false;
    } else if (c == '"')
      quoted = true;
    else if (c == ',')
      records.back().emplace_back();
    else if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
      records.emplace_back(1);
    } else
      cell += c;
  }
  records.pop_back();
  return records;
}

struct Store {
  Folder folder;
  std::string db = folder.path("db");
  Store() { REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0); }
  json ask(std::vector<std::string> words) const {
    words.insert(words.end(), {"--json", "--db", db});
    const auto ran = run(words);
    INFO(words.front() << "\n" << ran.err);
    REQUIRE(ran.code == 0);
    CHECK(ran.err.empty());
    return json::parse(ran.out);
  }
};

std::set<std::string> keys_of(const json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

}  // namespace

TEST_CASE("a timeline as JSON has the fields of an extraction, id, sources, confidence, evidence and the codes of the field") {
  const Store store;
  const json timeline = store.ask({"timeline", "KR", "KZ"});
  REQUIRE(timeline.is_array());
  REQUIRE(timeline.size() >= 3);
  for (const json& event : timeline) {
    CHECK(keys_of(event) == std::set<std::string>{"type", "date", "status", "parties", "officials", "roles", "forum",
                                                  "edition", "place", "mode", "level", "stage", "stance", "count", "id",
                                                  "sources", "publishers", "differences", "confidence", "evidence", "cameo", "plover",
                                                  "goldstein", "quad_class"});
    CHECK(event["id"].get<std::string>().rfind("event:", 0) == 0);
    CHECK(event["sources"].get<int>() >= 1);
    CHECK((event["confidence"] > 0 && event["confidence"] <= 1));
    REQUIRE(!event["evidence"].empty());
    CHECK(!event["evidence"].front().get<std::string>().empty());
  }
}

TEST_CASE("a timeline for people names who took part and quotes the words that prove it") {
  const Store store;
  const auto ran = run({"timeline", "KR", "KZ", "--db", store.db});
  REQUIRE(ran.code == 0);
  CHECK(ran.out.find("Kazakhstan") != std::string::npos);
  CHECK(ran.out.find("country:KZ") == std::string::npos);
  CHECK(ran.out.find("  \"") != std::string::npos);
  CHECK(ran.out.find("event:") != std::string::npos);
}

TEST_CASE("a timeline is ordered, limited and bounded as asked") {
  const Store store;
  const json newest = store.ask({"timeline", "KR", "KZ"});
  json oldest = store.ask({"timeline", "KR", "KZ", "--oldest"});
  CHECK(newest.size() == oldest.size());
  const auto dates = [](const json& events) {
    std::vector<std::string> out;
    for (const json& event : events)
      if (event["date"].is_string()) out.push_back(event["date"]);
    return out;
  };
  const auto falling = dates(newest);
  CHECK(std::is_sorted(falling.rbegin(), falling.rend()));
  const auto rising = dates(oldest);
  CHECK(std::is_sorted(rising.begin(), rising.end()));
  CHECK(store.ask({"timeline", "KR", "KZ", "--limit", "2"}).size() == 2);
  CHECK(store.ask({"timeline", "KR", "KZ", "--limit", "0"}).size() == newest.size());
  CHECK(store.ask({"timeline", "KR", "KZ", "--from", "2200-01-01"}).empty());
  for (const json& event : store.ask({"timeline", "KR", "KZ", "--type", "call"})) CHECK(event["type"] == "call");
}

TEST_CASE("a timeline as CSV has a row an event, under a header") {
  const Store store;
  const json events = store.ask({"timeline", "KR", "KZ"});
  const auto ran = run({"timeline", "KR", "KZ", "--csv", "--db", store.db});
  REQUIRE(ran.code == 0);
  const auto rows = read_csv(ran.out);
  REQUIRE(rows.size() == events.size() + 1);
  CHECK(rows.front() == std::vector<std::string>{"id", "date", "type", "status", "parties", "officials", "level",
                                                 "place", "forum", "edition", "sources", "evidence"});
  for (std::size_t i = 0; i < events.size(); ++i) {
    REQUIRE(rows[i + 1].size() == rows.front().size());
    CHECK(rows[i + 1][0] == events[i]["id"]);
    CHECK(rows[i + 1][1] == (events[i]["date"].is_null() ? "" : events[i]["date"].get<std::string>()));
    CHECK(rows[i + 1][2] == events[i]["type"]);
  }
  const auto none = run({"timeline", "KR", "FJ", "--csv", "--db", store.db});
  CHECK(read_csv(none.out).size() == 1);
}

TEST_CASE("nothing to tell is an empty array") {
  const Store store;
  CHECK(store.ask({"timeline", "KR", "FJ"}) == json::array());
}

TEST_CASE("every answer has a form for programs") {
  const Store store;
  const std::string event = store.ask({"timeline", "KR", "KZ"}).front()["id"];
  CHECK(store.ask({"event", event})["id"] == event);
  const json proofs = store.ask({"why", event});
  REQUIRE(proofs.size() >= 1);
  CHECK(keys_of(proofs.front()) == std::set<std::string>{"claim", "release", "title", "publisher", "published", "url",
                                                         "evidence", "rule", "confidence", "recorded", "joined"});
  CHECK_FALSE(proofs.front()["evidence"].empty());
  const json entity = store.ask({"entity", "ROK"});
  CHECK(entity["id"] == "country:KR");
  CHECK(entity["events"].get<int>() >= 3);
  CHECK(store.ask({"resolve", "Kazakstan"}).front()["id"] == "country:KZ");
  const json stats = store.ask({"stats"});
  CHECK(stats["releases"] == 5);
  CHECK(store.ask({"check"})["agrees"] == true);
  CHECK(json::parse(run({"version", "--json"}).out)["format"] == 4);
  const json import = store.ask({"import", ENTENTE_SAMPLES});
  CHECK(import["known"] == 5);
  CHECK(import["events"] == 0);
}

TEST_CASE("an answer of one question can be had as CSV, by the same fields") {
  const Store store;
  const std::string event = store.ask({"timeline", "KR", "KZ"}).front()["id"];
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"entity", "ROK"}, {"event", event}, {"why", event}, {"resolve", "Kazakstan"}}) {
    INFO(words.front());
    const json answer = store.ask(words);
    auto arguments = words;
    arguments.insert(arguments.end(), {"--csv", "--db", store.db});
    const auto ran = run(arguments);
    REQUIRE(ran.code == 0);
    const json& first = answer.is_array() ? answer.front() : answer;
    const std::string head = ran.out.substr(0, ran.out.find("\r\n"));
    CHECK(static_cast<std::size_t>(std::count(head.begin(), head.end(), ',')) + 1 == first.size());
    for (const auto& [key, value] : first.items()) CHECK(("," + head + ",").find("," + key + ",") != std::string::npos);
    const std::string shown = first.value("id", first.value("claim", ""));
    CHECK(ran.out.find(shown, head.size()) != std::string::npos);
    CHECK(run({words[0], words[1], "--csv", "--json", "--db", store.db}).code != 0);
  }
}

TEST_CASE("an extraction is an object a release, a line each") {
  const auto ran = run({"extract", ENTENTE_SAMPLES, "--json"});
  REQUIRE(ran.code == 0);
  std::istringstream lines(ran.out);
  int objects = 0;
  for (std::string line; std::getline(lines, line); ++objects)
    CHECK(keys_of(json::parse(line)) ==
          std::set<std::string>{"id", "published", "title", "officials", "forums", "events"});
  CHECK(objects == 5);
}

TEST_CASE("an answer that is no terminal's has no escapes, and bytes that are no text do not reach it") {
  const Folder folder;
  const std::string file = folder.write(
      "a.txt",
      "Foreign Minister Baek Do-yun \x1b[31mmet\x1b[0m with the Foreign Minister of Japan \xff\xfe on May 4, 2023.");
  REQUIRE(run({"import", file, "--publisher", "KR-MOFA", "--db", folder.path("db")}).code == 0);
  for (const char* command : {"timeline", "entity"})
    CHECK(run({command, "Japan", "--db", folder.path("db")}).out.find('\x1b') == std::string::npos);
  const json events = json::parse(run({"timeline", "Japan", "--json", "--db", folder.path("db")}).out);
  for (const json& event : events)
    CHECK(run({"why", event["id"].get<std::string>(), "--db", folder.path("db")}).out.find('\x1b') ==
          std::string::npos);
}
