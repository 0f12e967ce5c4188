// Fifty watchers, eight importers and a hundred readers on one server at once.
#include <catch2/catch.hpp>
#include <atomic>
#include <thread>

#include "tests/rpc/gate_clock.h"
#include "tests/rpc/served.h"

using namespace entente;
using test::Kind;
using test::must;
using test::Served;

namespace {

constexpr std::size_t kWatchers = 50;
constexpr std::size_t kImporters = 8;
constexpr std::size_t kReaders = 100;
constexpr std::size_t kReadings = 25;  // of each importer

rpc::ServerOptions two_loops() {
  rpc::ServerOptions options;
  options.loops = 2;
  options.workers = 4;
  return options;
}

// Each importer has releases of its own, about states that others speak of too: events gather claims from several.
std::vector<graph::Reading> readings_of(std::size_t importer) {
  auto readings = test::random_readings(100, kReadings);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    auto& release = readings[i].release;
    release.url = "https://example.org/" + std::to_string(importer) + "/" + std::to_string(i);
    release.id = graph::release_id(release.url, {});
    release.publisher = "P" + std::to_string(importer);
  }
  return readings;
}

using Line = std::vector<std::string>;

std::string line_of(graph::ChangeKind kind, RecordedTime recorded, const graph::Event& event) {
  return std::to_string(recorded.micros) + " " + std::string(to_string(kind)) + " " + event.id.str() + " of " + std::to_string(event.claims.size());
}

// What the record itself says was to be told.
Line wanted(storage::Store& store, const graph::TimelineQuery& filter) {
  Line out;
  for (const auto& change : must(store.changes({1}, 10'000'000)).changes)
    if (const auto kind = told_as(filter, change)) out.push_back(line_of(*kind, change.recorded, *kind == graph::ChangeKind::gone ? *change.before : *change.after));
  return out;
}

graph::TimelineQuery filter_of(std::size_t watcher) {
  graph::TimelineQuery filter;
  if (watcher % 3 == 1) filter.left = test::ids("KR");
  if (watcher % 3 == 2) filter.left = test::ids("FR"), filter.right = test::ids("CN");
  return filter;
}

}  // namespace

TEST_CASE("with many watchers, importers and readers at once no change is lost or told twice, and snapshots are released") {
  Served served(Kind::rocks, two_loops());
  std::vector<Line> told(kWatchers);
  std::atomic<bool> importing = true;
  std::atomic<std::uint64_t> answers = 0;
  std::atomic<int> mistakes = 0;
  // The last step that anybody has to hear of: a release that every filter has.
  const auto last = test::draw("FR --visit 2031-01-01--> CN, KR").at(0);
  const auto is_last = [](const graph::ToldChange& change) { return change.event.facts.date && change.event.facts.date->text() == "2031-01-01"; };
  {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kWatchers; ++i)
      threads.emplace_back([&, i] {
        const auto client = must(rpc::Client::connect(served.address()));
        const auto watch = must(client->watch(filter_of(i), RecordedTime{1}));
        for (bool ended = false; !ended;)
          for (const auto& change : must(watch->next()).changes) {
            told[i].push_back(line_of(change.kind, change.recorded, change.event));
            ended = ended || is_last(change);
          }
      });
    for (std::size_t i = 0; i < kReaders; ++i)
      threads.emplace_back([&] {
        const auto client = must(rpc::Client::connect(served.address()));
        while (importing) {
          const auto reader = must(client->reader());
          graph::TimelineQuery query;
          query.left = test::ids("KR");
          const auto cursor = must(reader->timeline(query));
          std::uint64_t events = 0;
          while (must(cursor->next())) ++events;
          // One view is one state of the record: what it counts and what it lists are of the same time.
          const auto report = must(reader->report(graph::EntityId("country:KR")));
          if ((report ? report->events : 0) != events) ++mistakes;
          ++answers;
        }
      });
    std::vector<std::thread> importers;
    for (std::size_t i = 0; i < kImporters; ++i)
      importers.emplace_back([&, i] {
        const auto client = must(rpc::Client::connect(served.address()));
        const auto job = must(client->import_job({}, {}));
        const auto readings = readings_of(i);
        for (const auto& reading : readings)
          if (!job->put(reading)) ++mistakes;
        const auto totals = must(job->finish());
        if (totals.readings != readings.size() || totals.failed != 0) ++mistakes;
      });
    for (auto& importer : importers) importer.join();
    must(served.store().record(last));
    importing = false;
    for (auto& thread : threads) thread.join();
  }
  CHECK(mistakes == 0);
  CHECK(answers >= kReaders);
  for (std::size_t i = 0; i < kWatchers; ++i) CHECK(told[i] == wanted(served.store(), filter_of(i)));
  CHECK(told[0].size() > kReadings);

  // Everybody is gone, and soon the server knows.
  const auto client = served.connect();
  while (served.server().figures().connections > 1) must(client->echo(1));
  CHECK(served.server().figures().readers == 0);
  CHECK(served.server().figures().watches == 0);
  const auto snapshots = [&] {
    for (const auto& [name, value] : served.store().figures())
      if (name == "rocksdb_snapshots") return value;
    return std::uint64_t{99};
  };
  while (served.server().figures().jobs_waiting > 0) must(client->echo(1));
  for (int i = 0; i < 100'000 && snapshots() > 0; ++i) must(client->echo(1));
  CHECK(snapshots() == 0);
}

namespace {


}  // namespace

TEST_CASE("a hundred readers are answered while a write is under way and does not end") {
  test::TempFolder folder;
  test::GateClock clock;
  SystemClock system;
  const auto stuck = storage::Store::in_memory(clock);
  rpc::ServerOptions options = two_loops();
  options.listen = {must(rpc::parse_address("unix:" + (folder / "s").string()))};
  const auto server = must(rpc::Server::start(*stuck, system, options));
  std::thread importing([&] { must(must(rpc::Client::connect(options.listen[0]))->record(test::draw("FR --visit 2023-04-05--> CN").at(0))); });
  clock.wait_until_asked();
  std::vector<std::unique_ptr<rpc::Client>> clients;
  for (std::size_t i = 0; i < kReaders; ++i) clients.push_back(must(rpc::Client::connect(options.listen[0])));
  for (const auto& client : clients) CHECK(must(must(client->reader())->counts()).events == 0);
  for (int i = 0; i < 100; ++i) clock.let_through();
  importing.join();
  CHECK(must(must(clients[0]->reader())->counts()).events == 1);
}
