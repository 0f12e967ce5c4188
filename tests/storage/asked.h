// A store drawn from text, asked questions as JSON.
#pragma once

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "graph/query/line.h"
#include "tests/storage/twins.h"

namespace entente::test {

namespace query = graph::query;
using nlohmann::json;

// Asks a store of its own.
class Asked {
 public:
  Asked(Kind kind, query::GraphChoice choice, std::string_view drawing) : store_(kind), choice_(choice) {
    record(*store_, draw(drawing));
    renew();
  }
  // Looks at what is recorded by now.
  void renew() {
    query::EngineOptions options;
    options.choice = choice_;
    engine_ =
        std::make_unique<query::Engine>([this](std::optional<RecordedTime> time) { return store_->snapshot(time); },
                                        std::make_shared<query::FrozenGraphs>(graph::FrozenLimits{}), options);
  }
  OpenStore& store() { return store_; }
  json ask(const json& question) { return json::parse(query::answer_line(*engine_, question.dump(), 0).text); }
  json rows(const json& question) {
    const json answer = ask(question);
    INFO(answer.dump());
    REQUIRE(answer.contains("rows"));
    return answer["rows"];
  }
  json problem(const json& question) {
    const json answer = ask(question);
    INFO(answer.dump());
    REQUIRE(answer.contains("error"));
    CHECK(!answer.contains("rows"));
    return answer["error"];
  }

 private:
  OpenStore store_;
  query::GraphChoice choice_;
  std::unique_ptr<query::Engine> engine_;
};

// Drawn releases that are none of those drawn before.
inline std::vector<graph::Reading> later(std::string_view drawing, int number) {
  auto out = draw(drawing);
  for (auto& reading : out) {
    reading.release.url += fmt::format("/later/{}", number);
    reading.release.id = graph::release_id(reading.release.url, {});
  }
  return out;
}

inline std::string column(const json& rows, const char* name) {
  std::string out;
  for (const json& row : rows)
    out += (out.empty() ? "" : " ") + (row[name].is_string() ? row[name].get<std::string>() : row[name].dump());
  return out;
}

// Both kinds of store, and each way to walk.
inline auto worlds() {
  return GENERATE(table<Kind, query::GraphChoice>({{Kind::memory, query::GraphChoice::lazy},
                                                   {Kind::memory, query::GraphChoice::frozen},
                                                   {Kind::rocks, query::GraphChoice::lazy},
                                                   {Kind::rocks, query::GraphChoice::frozen},
                                                   {Kind::rocks, query::GraphChoice::automatic}}));
}

}  // namespace entente::test
