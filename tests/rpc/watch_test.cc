// Watching: what was missed, then what comes, each change once.
#include <catch2/catch.hpp>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "rpc/client/connection.h"
#include "rpc/convert/convert.h"
#include "rpc/server/loop.h"
#include "tests/rpc/tell.h"

using namespace entente;
using test::Kind;
using test::must;
using test::Served;

namespace {

graph::TimelineQuery about(const char* left, const char* right = "") {
  graph::TimelineQuery filter;
  filter.left = test::ids(left);
  if (*right != '\0') filter.right = test::ids(right);
  return filter;
}

// Everything up to the first news that says it has caught up.
std::vector<graph::ToldChange> caught_up(rpc::Watch& watch) {
  std::vector<graph::ToldChange> out;
  while (true) {
    const auto news = must(watch.next());
    if (news.changes.empty()) return out;
    out.insert(out.end(), news.changes.begin(), news.changes.end());
  }
}

std::vector<graph::ToldChange> next(rpc::Watch& watch, std::size_t count) {
  std::vector<graph::ToldChange> out;
  while (out.size() < count)
    for (auto& change : must(watch.next()).changes) out.push_back(std::move(change));
  return out;
}

std::string outline(const std::vector<graph::ToldChange>& changes) {
  std::string out;
  for (const auto& change : changes) out += std::string(to_string(change.kind)) + " " + change.event.facts.date->text() + "; ";
  return out;
}


}  // namespace

TEST_CASE("a watch tells what was missed since a point, then what comes") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  tell(served, "FR --visit 2023-01-05--> CN");
  const auto point = must(must(served.store().snapshot())->recorded());
  tell(served, "FR --visit 2023-02-05--> CN\nDE --visit 2023-03-05--> IT\nFR --visit 2023-04-05--> DE");
  const auto client = served.connect();
  const auto watch = must(client->watch(about("FR"), point));
  CHECK(outline(caught_up(*watch)) == "new 2023-02-05; new 2023-04-05; ");
  tell(served, "FR --visit 2023-05-05--> ES\nDE --visit 2023-06-05--> IT");
  CHECK(outline(next(*watch, 1)) == "new 2023-05-05; ");
  const auto pair = must(client->watch(about("FR", "CN"), RecordedTime{1}));
  CHECK(outline(caught_up(*pair)) == "new 2023-01-05; new 2023-02-05; ");
  const auto all = must(client->watch({}, RecordedTime{1}));
  CHECK(caught_up(*all).size() == 6);
}

TEST_CASE("an event that another release tells of, or none any more, is told as changed, then as gone") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  const auto client = served.connect();
  const auto watch = must(client->watch(about("FR")));
  CHECK(caught_up(*watch).empty());
  tell(served, "FR --visit 2023-02-05--> CN @FR-MEAE");
  tell(served, "FR --visit 2023-02-05--> CN @CN-MFA");
  const auto told = next(*watch, 2);
  CHECK(outline(told) == "new 2023-02-05; changed 2023-02-05; ");
  CHECK(told[0].event.id == told[1].event.id);
  for (const auto& claim : told[1].event.claims) {
    graph::Correction wrong;
    wrong.claim = claim;
    wrong.author = "a test";
    REQUIRE(served.store().correct(wrong).ok());
  }
  const auto after = next(*watch, 2);
  CHECK(outline(after) == "changed 2023-02-05; gone 2023-02-05; ");
  CHECK(after[1].recorded > after[0].recorded);
}

TEST_CASE("filters of a watch are those of a timeline") {
  Served served;
  const auto client = served.connect();
  auto filter = about("FR");
  filter.types = {graph::EventType::visit};
  filter.from = to_day({2023, 1, 1});
  const auto watch = must(client->watch(filter, RecordedTime{1}));
  CHECK(caught_up(*watch).empty());
  tell(served, "FR --visit 2022-02-05--> CN\nFR --meeting 2023-02-05 -- CN\nFR --visit 2023-03-05--> CN");
  CHECK(outline(next(*watch, 1)) == "new 2023-03-05; ");
  graph::TimelineQuery wrong;
  wrong.right = test::ids("FR");
  CHECK(client->watch(wrong).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a watcher that breaks off goes on from where it was, and misses and repeats nothing") {
  Served served(Kind::rocks);
  const auto readings = test::random_readings(11, 120);
  const auto after = [&](RecordedTime from) {
    graph::Changes out = must(served.store().changes(from, 1'000'000));
    std::size_t count = 0;
    for (const auto& change : out.changes) count += told_as({}, change).has_value() ? 1U : 0U;
    return count;
  };
  std::thread writing([&] {
    for (const auto& reading : readings) must(served.store().record(reading));
  });
  std::set<std::pair<std::int64_t, std::string>> told;
  std::size_t repeated = 0;
  RecordedTime at{1};
  for (int breaks = 0; breaks < 8; ++breaks) {
    const auto client = served.connect();
    const auto watch = must(client->watch({}, at));
    for (int i = 0; i < 4; ++i) {
      const auto news = must(watch->next());
      for (const auto& change : news.changes) repeated += told.emplace(change.recorded.micros, change.event.id.str()).second ? 0U : 1U;
      at = news.through;
    }
  }
  writing.join();
  const auto client = served.connect();
  const auto watch = must(client->watch({}, at));
  for (const auto& change : caught_up(*watch)) repeated += told.emplace(change.recorded.micros, change.event.id.str()).second ? 0U : 1U;
  CHECK(repeated == 0);
  CHECK(told.size() == after(RecordedTime{1}));
}

TEST_CASE("a client holds no more watches than it may, and those let go of are free") {
  rpc::ServerOptions options;
  options.limits.watches_max = 2;
  Served served(Kind::memory, options);
  const auto client = served.connect();
  auto first = must(client->watch(about("FR")));
  const auto second = must(client->watch(about("FR")));
  CHECK(client->watch(about("FR")).error().code == ErrorCode::unavailable);
  CHECK(served.server().figures().watches == 2);
  first.reset();
  CHECK(client->watch(about("FR")).ok());
}

TEST_CASE("a watch whose server stops ends with a sentence") {
  auto served = std::make_unique<Served>();
  const auto client = served->connect();
  const auto watch = must(client->watch(about("FR")));
  CHECK(caught_up(*watch).empty());
  served->server().stop();
  const auto ended = watch->next();
  REQUIRE(!ended);
  CHECK(ended.error().code == ErrorCode::unavailable);
}

TEST_CASE("changes told from the record are exactly those that two views of it differ by") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  const auto readings = test::random_readings(GENERATE(1U, 2U, 3U), 80);
  std::map<std::string, graph::Event> standing;
  RecordedTime at{1};
  const auto client = served.connect();
  const auto watch = must(client->watch({}, at));
  caught_up(*watch);
  for (const auto& reading : readings) {
    if (must(served.store().record(reading)).outcome == graph::Outcome::known) continue;
    const auto changes = must(served.store().changes(at, 1'000'000));
    at = changes.through;
    for (const auto& change : changes.changes) {
      const auto id = (change.after ? change.after : change.before)->id.str();
      CHECK((change.before ? standing.at(id) == *change.before : !standing.contains(id)));
      if (change.after) standing[id] = *change.after;
      else standing.erase(id);
    }
    const auto now = must(served.store().snapshot());
    CHECK(standing.size() == must(now->counts()).events);
    for (const auto& [id, event] : standing) {
      auto there = must(now->find_event(graph::EventId(id)));
      REQUIRE(there);
      there->evidence.clear();
      CHECK(*there == event);
    }
  }
}

TEST_CASE("watchers of one filter are told the same, and those of another what is theirs") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  const auto client = served.connect();
  std::vector<std::unique_ptr<rpc::Watch>> of_france;
  for (int i = 0; i < 5; ++i) of_france.push_back(must(client->watch(about("FR"))));
  const auto of_germany = must(client->watch(about("DE")));
  for (const auto& watch : of_france) CHECK(caught_up(*watch).empty());
  CHECK(caught_up(*of_germany).empty());
  tell(served, "FR --visit 2023-05-05--> ES\nDE --visit 2023-06-05--> IT");
  tell(served, "FR --visit 2023-07-05--> DE");
  for (const auto& watch : of_france) CHECK(outline(next(*watch, 2)) == "new 2023-05-05; new 2023-07-05; ");
  CHECK(outline(next(*of_germany, 2)) == "new 2023-06-05; new 2023-07-05; ");
}

TEST_CASE("what is posted to a loop to be first is run before what waits there") {
  std::string order;
  std::promise<void> begun;
  std::promise<void> go_on;
  std::promise<void> done;
  kj::Own<kj::PromiseFulfiller<void>> end;
  rpc::Loop loop([&end](rpc::Loop&, kj::AsyncIoContext&) {
    auto paf = kj::newPromiseAndFulfiller<void>();
    end = kj::mv(paf.fulfiller);
    return kj::mv(paf.promise);
  });
  loop.post([&]() {
    begun.set_value();
    go_on.get_future().wait();
  });
  begun.get_future().wait();
  loop.post([&]() { order += "answer "; });
  loop.post_first([&]() { order += "news "; });
  loop.post([&]() { order += "another "; });
  loop.post_first([&]() { order += "more "; });
  go_on.set_value();
  loop.post([&]() {
    done.set_value();
    end->fulfill();
  });
  done.get_future().wait();
  CHECK(order == "news more answer another ");
}
