// The questions of the workload, asked through the query layer in this process, every answer compared with the expected
// one; then how long each takes, beside the plain-array reference compiled and run here and now.
//
//   bench_questions --db STORE --tables DIR --expected DIR [--reference ref.cpp] [--sqlite FILE]
//                   [--duckdb FOLDER]
//
// STORE was made of DIR by `entente load --id-prefix x`. docs/benchmarks.md has the figures.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/clock.h"
#include "bench/beside_script.h"
#ifdef ENTENTE_WITH_SQLITE
#include "bench/beside_sqlite.h"
#endif
#include "graph/query/engine.h"
#include "graph/query/json.h"
#include "storage/store.h"

namespace {

using entente::graph::query::Engine;
using entente::graph::query::Row;
using entente::graph::query::Value;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

struct Options {
  std::string db;
  std::string tables;
  std::string expected;
  std::string reference;
  std::string prefix = "x";
  std::string sqlite;
  std::string duckdb;
  std::size_t repeat = 3;
};

struct Measured {
  std::size_t asked = 0;
  std::size_t wrong = 0;
  std::vector<double> micros;
  double at(double part) const {
    if (micros.empty()) return 0;
    std::vector<double> sorted = micros;
    std::sort(sorted.begin(), sorted.end());
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(static_cast<double>(sorted.size()) * part))];
  }
};

[[noreturn]] void die(const std::string& why) {
  fmt::print(stderr, "bench_questions: {}\n", why);
  std::exit(1);
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  if (!file) die("cannot read " + path);
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

// The number at the end of an id: x:17 -> 17.
std::int64_t number_of(const Value* value) {
  const auto* const text = value == nullptr ? nullptr : std::get_if<std::string>(&value->held);
  if (text == nullptr) return -1;
  return std::strtoll(text->c_str() + text->find(':') + 1, nullptr, 10);
}

std::int64_t whole(const Row& row, const char* name) {
  const Value* const value = find(row, name);
  const auto* const number = value == nullptr ? nullptr : std::get_if<std::int64_t>(&value->held);
  return number == nullptr ? -1 : *number;
}

std::string text(const Row& row, const char* name) {
  const Value* const value = find(row, name);
  const auto* const held = value == nullptr ? nullptr : std::get_if<std::string>(&value->held);
  return held == nullptr ? std::string() : *held;
}

class Bench {
 public:
  explicit Bench(const Options& options) : options_(options) {
    entente::storage::StoreOptions how;
    how.create = false;
    how.holder = "bench_questions";
    auto store = entente::storage::Store::open(options.db, how, clock_);
    if (!store) die(store.error().to_text());
    store_ = std::move(*store);
    graphs_ = std::make_shared<entente::graph::query::FrozenGraphs>(entente::graph::FrozenLimits{});
    entente::graph::query::EngineOptions engine;
    engine.choice = entente::graph::query::GraphChoice::frozen;
    engine_ = std::make_unique<Engine>(
        [this](std::optional<entente::RecordedTime> time) { return store_->snapshot(time); }, graphs_, engine);
  }

  std::string id(const json& number) const { return fmt::format("{}:{}", options_.prefix, number.get<std::int64_t>()); }

  std::vector<Row> ask(const json& question, Measured* measured) {
    auto query = entente::graph::query::parse_query(question.dump());
    if (!query) die(question.dump() + ": " + query.problem().to_error().to_text());
    std::vector<Row> rows;
    const std::size_t rounds = measured == nullptr ? 1 : options_.repeat;
    double best = 1e18;
    for (std::size_t round = 0; round < rounds; ++round) {
      // In process, as a program asks: the query is a value, the rows are read one by one.
      const auto start = Clock::now();
      auto answer = engine_->ask(*query);
      if (!answer) die(question.dump() + ": " + answer.problem().to_error().to_text());
      std::size_t count = 0;
      while (true) {
        auto row = (*answer)->next();
        if (!row) die(row.problem().to_error().to_text());
        if (*row == nullptr) break;
        ++count;
        if (round == 0) rows.push_back(**row);
      }
      if (round != 0 || rounds == 1)
        best = std::min(best, std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    }
    if (measured != nullptr) measured->micros.push_back(best);
    return rows;
  }

  // Asks each of the expected parameters; `of` makes the question and `as` the answer in the form of the expected one.
  void question(const std::string& name, const std::function<json(const json&)>& of,
                const std::function<json(const std::vector<Row>&)>& as) {
    const auto parameters = lines_of(options_.expected + "/" + name + ".params.jsonl");
    const auto answers = lines_of(options_.expected + "/" + name + ".answers.jsonl");
    Measured measured;
    Measured beside;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      beside_sqlite(name, json::parse(parameters[i]), json::parse(answers[i]), beside);
      const json question = of(json::parse(parameters[i]));
      const json got = as(ask(question, &measured));
      ++measured.asked;
      if (got == json::parse(answers[i])) continue;
      if (measured.wrong++ == 0)
        fmt::print("{} differs first at {}\n  expected {:.300}\n  got      {:.300}\n", name, parameters[i], answers[i],
                   got.dump());
    }
    report(name, measured, beside);
  }

  // Asks SQLite the same, the second time counted as for ours.
  void beside_sqlite(const std::string& name, const json& parameters, const json& expected, Measured& measured) {
#ifdef ENTENTE_WITH_SQLITE
    if (!sqlite_ || !entente::bench::BesideSqlite::knows(name)) return;
    sqlite_->ask(name, parameters);
    const auto start = Clock::now();
    sqlite_->ask(name, parameters);
    measured.micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    ++measured.asked;
    if (sqlite_->answer() != expected) die("SQLite does not give the expected answer to " + name + ": the comparison is not fair");
#else
    (void)name, (void)parameters, (void)expected, (void)measured;
#endif
  }
  void open_sqlite() {
    if (options_.sqlite.empty()) return;
#ifdef ENTENTE_WITH_SQLITE
    const auto start = Clock::now();
    sqlite_ = std::make_unique<entente::bench::BesideSqlite>(options_.tables, options_.sqlite);
    fmt::print("SQLite with its tables: {:.2f} s\n", std::chrono::duration<double>(Clock::now() - start).count());
#else
    die("this was built without SQLite");
#endif
  }

  void report(const std::string& name, const Measured& measured, const Measured& sqlite) {
    std::string beside(33, ' ');
    if (reference_.contains(name)) {
      const double p50 = reference_[name]["p50_us"];
      const double p95 = reference_[name]["p95_us"];
      beside =
          fmt::format("{:>9.2f} {:>9.2f} {:>7.1f} {:>7.1f}", p50, p95, measured.at(0.5) / p50, measured.at(0.95) / p95);
    }
    std::string other;
    if (!options_.sqlite.empty())
      other = sqlite.asked == 0 ? std::string(20, ' ')
                                : fmt::format(" {:>9.2f} {:>9.2f}", sqlite.at(0.5), sqlite.at(0.95));
    if (!duckdb_.is_null()) {
      const json& told = duckdb_["questions"][name];
      other += fmt::format(" {:>9.0f} {:>9.0f}", told["p50_us"].get<double>(), told["p95_us"].get<double>());
      if (told["asked"] != told["of"])
        other += fmt::format("  DuckDB asked {} of {}: one took more than {} s", told["asked"].get<int>(),
                             told["of"].get<int>(), duckdb_["bound_s"].get<double>());
    }
    fmt::print("{:<5} {:>4} {:>5} {:>9.2f} {:>9.2f} {}{}\n", name, measured.asked, measured.wrong, measured.at(0.5),
               measured.at(0.95), beside, other);
    std::fflush(stdout);
    wrong_ += measured.wrong;
  }

  void run_reference() {
    if (options_.reference.empty()) return;
    const auto folder = std::filesystem::temp_directory_path() / "entente-bench-reference";
    std::filesystem::create_directories(folder);
    const std::string command =
        fmt::format("g++ -O2 -std=c++17 -w -o '{0}/ref' '{1}' && '{0}/ref' '{2}' '{0}' 2>/dev/null", folder.string(),
                    options_.reference, options_.tables);
    if (std::system(command.c_str()) != 0) die("the reference could not be built or run: " + command);
    std::ifstream file(folder / "memory-floor.json");
    reference_ = json::parse(file, nullptr, false);
  }

  void run_duckdb() {
    if (options_.duckdb.empty()) return;
    const auto file = std::filesystem::temp_directory_path() / fmt::format("entente-bench-{}.duckdb", ::getpid());
    auto told = entente::bench::run_beside(
        {"beside_duckdb.mjs", options_.duckdb, options_.tables, file, options_.expected});
    if (!told) die(told.error().to_text());
    duckdb_ = std::move(*told);
    fmt::print("{}\n", entente::bench::load_line(duckdb_));
  }

  void freeze() {
    const auto start = Clock::now();
    ask({{"ask", "resolve"}, {"prefix", "A"}, {"limit", 1}}, nullptr);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const auto pairs = Clock::now();
    ask({{"ask", "timeline"}, {"between", {options_.prefix + ":1", options_.prefix + ":2"}}, {"count", true}}, nullptr);
    fmt::print("graph in memory: {:.2f} s, list of pairs {:.2f} s, {:.1f} MiB\n", seconds,
               std::chrono::duration<double>(Clock::now() - pairs).count(),
               static_cast<double>(graphs_->memory_bytes()) / (1 << 20));
    fmt::print("{:<5} {:>4} {:>5} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7}{}   (microseconds)\n", "", "n", "wrong", "p50",
               "p95", "plain p50", "plain p95", "times", "times", std::string(options_.sqlite.empty() ? "" : "    SQLite       p95") +
                   (duckdb_.is_null() ? "" : "    DuckDB       p95"));
  }

  void whole_graph(const std::string& name, const json& kinds) {
    std::ifstream file(options_.expected + "/" + name + ".answers.json");
    const json expected = json::parse(file, nullptr, false);
    const auto time = [&](const json& question, std::vector<Row>& rows) {
      rows = ask(question, nullptr);  // builds what it needs
      double best = 1e18;
      for (int round = 0; round < 3; ++round) {
        const auto start = Clock::now();
        rows = ask(question, nullptr);
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
      }
      return best;
    };
    for (const char* weight : {"number", "none"}) {
      json question{{"ask", "centrality"}, {"measure", "pagerank"}, {"weight", weight}, {"limit", 20}};
      if (!kinds.is_null()) question["kinds"] = kinds;
      std::vector<Row> rows;
      const double seconds = time(question, rows);
      const std::string key = std::string("pagerank_") + (std::string(weight) == "number" ? "weighted" : "unweighted");
      std::size_t wrong = rows.size() == expected[key].size() ? 0 : 1;
      for (std::size_t i = 0; i < rows.size() && i < expected[key].size(); ++i) {
        const auto* const value = std::get_if<double>(&find(rows[i], "value")->held);
        const bool same = number_of(find(rows[i], "entity")) == expected[key][i][0].get<std::int64_t>() &&
                          value != nullptr &&
                          fmt::format("{:.9f}", *value) == fmt::format("{:.9f}", expected[key][i][1].get<double>());
        if (!same) ++wrong;
      }
      told(name, key, wrong, seconds);
    }
    json question{{"ask", "components"}, {"count", true}};
    if (!kinds.is_null()) question["kinds"] = kinds;
    std::vector<Row> rows;
    const double seconds = time(question, rows);
    const bool same = whole(rows.at(0), "components") == expected["components"].get<std::int64_t>() &&
                      whole(rows.at(0), "largest") == expected["largest"].get<std::int64_t>();
    told(name, "components", same ? 0 : 1, seconds);
  }

  std::size_t wrong() const { return wrong_; }

 private:
  void told(const std::string& name, const std::string& what, std::size_t wrong, double seconds) {
    fmt::print("{:<32} wrong {} {:>9.5f} s", name + " " + what, wrong, seconds);
    if (reference_.contains(name)) {
      const double plain = reference_[name][what + "_s"];
      fmt::print("   plain {:>9.5f} s   times {:.2f}", plain, seconds / plain);
    }
    if (!duckdb_.is_null()) fmt::print("   DuckDB {:>9.5f} s", duckdb_["whole"][name][what + "_s"].get<double>());
    fmt::print("\n");
    wrong_ += wrong;
  }

  Options options_;
  entente::SystemClock clock_;
  std::unique_ptr<entente::storage::Store> store_;
  std::shared_ptr<entente::graph::query::FrozenGraphs> graphs_;
  std::unique_ptr<Engine> engine_;
  json reference_ = json::object();
  json duckdb_;  // null when it was not asked for
#ifdef ENTENTE_WITH_SQLITE
  std::unique_ptr<entente::bench::BesideSqlite> sqlite_;
#endif
  std::size_t wrong_ = 0;
};

void run_all(Bench& bench) {
  const auto period = [](json question, const json& p) {
    question["from"] = p["d1"];
    question["to"] = p["d2"];
    return question;
  };
  const auto pair = [&](const json& p) { return json{bench.id(p["a"]), bench.id(p["b"])}; };
  const auto single = [](const char* field) {
    return [field](const std::vector<Row>& rows) { return rows.empty() ? json(-1) : json(whole(rows[0], field)); };
  };
  bench.question(
      "Q1",
      [&](const json& p) {
        return period({{"ask", "timeline"}, {"between", pair(p)}, {"order", "newest"}, {"limit", 100}}, p);
      },
      [](const std::vector<Row>& rows) {
        json out = json::array();
        for (const Row& row : rows) {
          std::string day = text(row, "date");
          std::erase(day, '-');
          out.push_back({number_of(find(row, "event")), std::stoll("0" + day), std::stoll("0" + text(row, "code")),
                         number_of(find(row, "located")), number_of(find(row, "source"))});
        }
        return out;
      });
  bench.question(
      "Q1c",
      [&](const json& p) {
        return json{{"ask", "timeline"}, {"between", pair(p)}, {"count", true}};
      },
      single("events"));
  bench.question(
      "Q2",
      [&](const json& p) {
        return period({{"ask", "neighbours"}, {"of", bench.id(p["x"])}, {"limit", 20}, {"detail", false}}, p);
      },
      [](const std::vector<Row>& rows) {
        json out = json::array();
        for (const Row& row : rows) out.push_back({number_of(find(row, "entity")), whole(row, "events")});
        return out;
      });
  bench.question(
      "Q3",
      [&](const json& p) {
        return period({{"ask", "subgraph"}, {"of", bench.id(p["x"])}, {"steps", 2}, {"count", true}}, p);
      },
      single("entities"));
  bench.question(
      "Q4",
      [&](const json& p) {
        return json{{"ask", "paths"},
                    {"between", {bench.id(p["x"]), bench.id(p["y"])}},
                    {"through", "official"},
                    {"steps", 64}};
      },
      single("steps"));
  bench.question(
      "Q4h",
      [&](const json& p) {
        return json{{"ask", "paths"}, {"between", {bench.id(p["x"]), bench.id(p["y"])}}, {"steps", 64}};
      },
      single("steps"));
  bench.question(
      "Q5",
      [&](const json& p) {
        return period({{"ask", "series"}, {"between", pair(p)}, {"by", "month"}, {"each", "type_group"}}, p);
      },
      [](const std::vector<Row>& rows) {
        json out = json::array();
        for (const Row& row : rows) {
          std::string month = text(row, "month");
          std::erase(month, '-');
          out.push_back({std::stoll(month), std::stoll(text(row, "type_group")), whole(row, "events")});
        }
        return out;
      });
  bench.question(
      "Q6p",
      [&](const json& p) {
        return json{{"ask", "resolve"}, {"prefix", p["p"]}, {"limit", 10}};
      },
      [](const std::vector<Row>& rows) {
        json out = json::array();
        for (const Row& row : rows) out.push_back({number_of(find(row, "entity")), text(row, "name")});
        return out;
      });
  bench.question(
      "Q6f",
      [&](const json& p) {
        return json{{"ask", "resolve"}, {"name", p["q"]}, {"edits", 2}, {"limit", 10}};
      },
      [](const std::vector<Row>& rows) {
        json out = json::array();
        for (const Row& row : rows) out.push_back({number_of(find(row, "entity")), whole(row, "edits")});
        return out;
      });
  bench.whole_graph("Q7country", {"country", "organisation"});
  bench.whole_graph("Q7full", nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App program{"The questions of the workload through the query layer, compared and timed", "bench_questions"};
  program.add_option("--db", options.db, "The store that `entente load` made of the tables")->required();
  auto* const tables = program.add_option("--tables", options.tables, "The folder of the tables, for the reference");
  program.add_option("--expected", options.expected, "The folder of parameters and expected answers")->required();
  program.add_option("--reference", options.reference, "The source of the plain-array reference, built and run here")
      ->needs(tables);
  program.add_option("--sqlite", options.sqlite, "A file for SQLite, asked the same beside it")->needs(tables);
  program.add_option("--duckdb", options.duckdb,
                     "DuckDB, asked the same before it: the folder where `npm install @duckdb/node-api` was run")
      ->needs(tables);
  program.add_option("--prefix", options.prefix, "What was given as --id-prefix (x)");
  program.add_option("--repeat", options.repeat, "Each question so often, the first not timed (3)")
      ->check(CLI::Range(2, 1000));
  CLI11_PARSE(program, argc, argv);
  Bench bench(options);
  bench.run_reference();
  bench.run_duckdb();
  bench.open_sqlite();
  bench.freeze();
  run_all(bench);
  fmt::print("{}\n", bench.wrong() == 0 ? "every answer is the expected one"
                                        : fmt::format("{} answers are wrong", bench.wrong()));
  return bench.wrong() == 0 ? 0 : 1;
}
