// How often the search for breaks of a rhythm raises an alarm where there is none: on even series, on bursty ones, and
// on the monthly series of a store's busiest pairs with their months shuffled, which takes every real break away.
//
//   bench_rhythm [--db STORE] [--series 400]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/clock.h"
#include "graph/query/engine.h"
#include "graph/walk/rhythm.h"
#include "storage/store.h"

namespace {

using entente::graph::query::Row;
using Series = std::vector<std::uint32_t>;

constexpr std::size_t kMonths = 240;

struct Rate {
  std::size_t series = 0;
  std::size_t alarmed = 0;
  void look(const Series& one) {
    entente::graph::Stop stop;
    ++series;
    if (!entente::graph::find_breaks(one, {}, stop).empty()) ++alarmed;
  }
  void print(const std::string& name) const {
    fmt::print("{:<44} {:>5} series {:>4} alarms  {:.4f}\n", name, series, alarmed,
               series == 0 ? 0.0 : static_cast<double>(alarmed) / static_cast<double>(series));
  }
};

void drawn(std::size_t count) {
  std::mt19937 chance(1);
  for (const double mean : {0.3, 2.0, 10.0}) {
    Rate even;
    Rate bursts;
    for (std::size_t i = 0; i < count; ++i) {
      Series one;
      Series bursty;
      std::poisson_distribution<std::uint32_t> poisson(mean);
      for (std::size_t month = 0; month < kMonths; ++month) {
        one.push_back(poisson(chance));
        // A rate drawn anew each month: as uneven as months of summits and months of holidays.
        std::gamma_distribution<double> rate(0.5, mean / 0.5);
        bursty.push_back(std::poisson_distribution<std::uint32_t>(rate(chance))(chance));
      }
      even.look(one);
      bursts.look(bursty);
    }
    even.print(fmt::format("even, {} a month", mean));
    bursts.print(fmt::format("in bursts, {} a month", mean));
  }
}

std::vector<Row> rows_of(entente::graph::query::Engine& engine, const entente::graph::query::Query& query) {
  std::vector<Row> out;
  auto answer = engine.ask(query);
  if (!answer) throw std::runtime_error(answer.problem().to_error().to_text());
  while (true) {
    auto row = (*answer)->next();
    if (!row) throw std::runtime_error(row.problem().to_error().to_text());
    if (*row == nullptr) return out;
    out.push_back(**row);
  }
}

void shuffled(const std::string& db, std::size_t count) {
  entente::SystemClock clock;
  entente::storage::StoreOptions how;
  how.create = false;
  auto store = entente::storage::Store::open(db, how, clock);
  if (!store) throw std::runtime_error(store.error().to_text());
  entente::graph::query::Engine engine(
      [&](std::optional<entente::RecordedTime> time) { return (*store)->snapshot(time); },
      std::make_shared<entente::graph::query::FrozenGraphs>(entente::graph::FrozenLimits{}));
  entente::graph::query::Query busiest;
  busiest.ask = entente::graph::query::Ask::centrality;
  busiest.measure = "degree";
  busiest.kinds = {"country"};
  busiest.limit = 8;
  std::vector<std::string> states;
  for (const Row& row : rows_of(engine, busiest)) states.push_back(to_text(row.at(0).value));
  std::vector<Series> all;
  for (std::size_t a = 0; a < states.size(); ++a)
    for (std::size_t b = a + 1; b < states.size(); ++b) {
      entente::graph::query::Query series;
      series.ask = entente::graph::query::Ask::series;
      series.between = {{states[a]}, {states[b]}};
      Series one;
      for (const Row& row : rows_of(engine, series))
        one.push_back(static_cast<std::uint32_t>(std::stoul(to_text(row.at(1).value))));
      if (one.size() >= 24) all.push_back(std::move(one));
    }
  Rate rate;
  std::mt19937 chance(2);
  for (std::size_t i = 0; i < count && !all.empty(); ++i) {
    Series one = all[i % all.size()];
    for (std::size_t at = one.size(); at > 1; --at) std::swap(one[at - 1], one[chance() % at]);
    rate.look(one);
  }
  rate.print(fmt::format("{} pairs of the store, months shuffled", all.size()));
}

}  // namespace

int main(int argc, char** argv) {
  std::string db;
  std::size_t count = 400;
  CLI::App program{"False alarms of the search for breaks of a rhythm", "bench_rhythm"};
  program.add_option("--db", db, "A store whose busiest pairs are shuffled, too");
  program.add_option("--series", count, "So many of each sort (400)");
  CLI11_PARSE(program, argc, argv);
  try {
    drawn(count);
    if (!db.empty()) shuffled(db, count);
  } catch (const std::runtime_error& error) {
    fmt::print(stderr, "bench_rhythm: {}\n", error.what());
    return 1;
  }
  return 0;
}
