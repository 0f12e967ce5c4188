// Everything that can be asked of a store can be asked of a server, in the same words and with the same answers.
#include <capnp/message.h>

#include <catch2/catch.hpp>
#include <random>

#include "rpc/convert/convert.h"
#include "rpc/convert/event_view.h"
#include "tests/rpc/served.h"

using namespace entente;
using test::Kind;
using test::must;
using test::Served;

TEST_CASE("a server answers every question as its store does") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  Served served(kind);
  test::record(served.store(), test::random_readings(GENERATE(1U, 2U), 60));
  auto local = must(served.store().snapshot());
  const auto client = served.connect();
  const auto remote = must(client->reader());
  CHECK(test::all_answers(*remote, test::random_entities()) == test::all_answers(*local, test::random_entities()));

  graph::TimelineQuery query;
  query.left = test::ids("KR");
  const auto events = test::events_of(*local, query);
  REQUIRE(!events.empty());
  for (const auto& event : events) {
    CHECK(must(remote->find_event(event.id)) == must(local->find_event(event.id)));
    for (const auto& proof : must(remote->why(event.id)))
      CHECK(must(remote->find_release(proof.release.id)) == must(local->find_release(proof.release.id)));
  }
  for (const auto& id : test::random_entities()) {
    const auto there = must(remote->find_entity(id));
    CHECK(there.has_value() == must(local->find_entity(id)).has_value());
    if (there) CHECK(there->label == must(local->find_entity(id))->label);
    CHECK(must(remote->members(id)) == must(local->members(id)));
  }
}

TEST_CASE("a timeline comes whole however many rows it has") {
  Served served;
  std::string drawing = "FR --visit 2000-01-01--> CN\n";
  for (int i = 0; i < 1500; ++i)
    drawing += "+FR --meeting " + std::to_string(1900 + i / 12) + "-" + (i % 12 < 9 ? "0" : "") + std::to_string(i % 12 + 1) + "-11 leader-- CN\n";
  test::record(served.store(), test::draw(drawing));
  const auto client = served.connect();
  const auto remote = must(client->reader());
  const auto local = must(served.store().snapshot());
  for (const std::uint64_t limit : {0U, 1U, 255U, 256U, 257U, 512U, 1499U, 5000U}) {
    graph::TimelineQuery query;
    query.left = test::ids("FR");
    query.limit = limit;
    CHECK(test::events_of(*remote, query) == test::events_of(*local, query));
  }
}

TEST_CASE("an event and a view of it are the same on the wire") {
  Served served(Kind::memory);
  test::record(served.store(), test::random_readings(3, 80));
  const auto reader = must(served.store().snapshot());
  graph::EventView view;
  std::size_t compared = 0;
  for (const auto& id : test::random_entities()) {
    graph::TimelineQuery query;
    query.left = {id};
    for (const auto& event : test::events_of(*reader, query)) {
      capnp::MallocMessageBuilder one;
      capnp::MallocMessageBuilder other;
      rpc::write(event, one.initRoot<rpc::wire::Event>());
      show(event, view);
      rpc::write(view, other.initRoot<rpc::wire::Event>());
      const auto bytes = capnp::canonicalize(one.getRoot<rpc::wire::Event>().asReader());
      const auto of_view = capnp::canonicalize(other.getRoot<rpc::wire::Event>().asReader());
      CHECK(bytes.asBytes() == of_view.asBytes());
      CHECK(must(rpc::read(other.getRoot<rpc::wire::Event>().asReader())) == event);
      ++compared;
    }
  }
  CHECK(compared > 50);
}

TEST_CASE("what does not exist is absent, over the wire too") {
  Served served;
  const auto client = served.connect();
  const auto reader = must(client->reader());
  CHECK(!must(reader->find_entity(graph::EntityId("country:XX"))));
  CHECK(!must(reader->find_event(graph::EventId("event:0000000000000000"))));
  CHECK(!must(reader->find_release(graph::ReleaseId("release:none"))));
  CHECK(!must(reader->report(graph::EntityId("official:KR/nobody"))));
  CHECK(must(reader->why(graph::EventId("event:0000000000000000"))).empty());
  CHECK(must(reader->resolve("Nowhereland", 5)).empty());
}

TEST_CASE("an error comes with its kind, its sentence and the request that the log names") {
  Served served;
  const auto client = served.connect();
  const auto reader = must(client->reader());
  const auto nobody = reader->timeline({});
  REQUIRE(!nobody);
  CHECK(nobody.error().code == ErrorCode::invalid_argument);
  CHECK(nobody.error().message.find("(request c") != std::string::npos);

  auto reading = test::draw("FR --visit 2023-04-05--> CN").at(0);
  std::get<graph::EventFacts>(reading.claims.at(0).body).parties.clear();
  const auto refused = client->record(reading);
  const auto by_store = served.store().record(reading);
  REQUIRE(!refused);
  REQUIRE(!by_store);
  CHECK(refused.error().code == by_store.error().code);
  CHECK(refused.error().message.find(by_store.error().message) != std::string::npos);
  CHECK(client->echo(10).value() == 10);
}

TEST_CASE("importing through a server is importing into its store") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  const auto client = served.connect();
  auto readings = test::draw("FR --visit 2023-04-05--> CN @FR-MEAE\nKR --call 2024-01-01 leader-- US");
  for (const auto& reading : readings) CHECK(must(client->record(reading)).outcome == graph::Outcome::fresh);
  CHECK(must(client->record(readings[0])).outcome == graph::Outcome::known);
  readings[0].claims.push_back(test::forum("forum:asean-summit", "ASEAN Summit"));
  CHECK(must(client->record(readings[0])).outcome == graph::Outcome::revised);
  CHECK(must(must(served.store().snapshot())->counts()).releases == 2);
}

TEST_CASE("a reader is a frozen view, and letting go of it frees the snapshot") {
  Served served(Kind::rocks);
  test::record(served.store(), test::draw("FR --visit 2023-04-05--> CN"));
  const auto client = served.connect();
  auto before = must(client->reader());
  CHECK(must(before->counts()).events == 1);
  const auto then = must(before->recorded());
  must(client->record(test::draw("KR --call 2024-01-01 leader-- US\nKR --visit 2024-02-01--> JP").at(1)));
  CHECK(must(before->counts()).events == 1);
  auto after = must(client->reader());
  CHECK(must(after->counts()).events == 2);
  auto as_of = must(client->reader(then));
  graph::TimelineQuery query;
  query.left = test::ids("KR");
  CHECK(test::events_of(*as_of, query).empty());
  CHECK(served.server().figures().readers == 3);
  before.reset();
  as_of.reset();
  must(client->echo(1));  // what was let go of is told before this
  CHECK(served.server().figures().readers == 1);
  after.reset();
  must(client->echo(1));
  CHECK(served.server().figures().readers == 0);
}

TEST_CASE("a client that goes away leaves nothing behind") {
  Served served(Kind::rocks);
  const auto stays = served.connect();
  {
    const auto client = served.connect();
    const auto reader = must(client->reader());
    must(reader->counts());
    CHECK(served.server().figures().readers == 1);
  }
  // The end of the connection reaches the server on its own time; calls pass it.
  const auto left = [&] { return served.server().figures().readers > 0 || served.server().figures().connections > 1; };
  for (int i = 0; i < 100'000 && left(); ++i) must(stays->echo(1));
  CHECK(served.server().figures().readers == 0);
  CHECK(served.server().figures().connections == 1);
}

TEST_CASE("what is asked often is answered as the store answers it, of every time and whatever is recorded meanwhile") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  rpc::ServerOptions options;
  // Now and then too little room for all of it.
  options.limits.event_cache_bytes = GENERATE(std::uint64_t{20'000}, std::uint64_t{64} << 20U);
  options.limits.row_cache_bytes = 40'000;
  Served served(kind, options);
  const auto readings = test::random_readings(21, 160);
  std::mt19937 chance(7);
  const auto client = served.connect();
  struct View {
    std::unique_ptr<graph::Reader> local;
    std::unique_ptr<graph::Reader> remote;
  };
  std::vector<View> views;
  const auto maybe = [&](unsigned one_in) { return chance() % one_in == 0; };
  for (std::size_t at = 0; at < readings.size(); at += 10) {
    test::record(served.store(), {readings.begin() + static_cast<std::ptrdiff_t>(at), readings.begin() + static_cast<std::ptrdiff_t>(std::min(at + 10, readings.size()))});
    views.push_back({must(served.store().snapshot()), must(client->reader())});
    must(views.back().remote->recorded());
    if (views.size() > 4) views.erase(views.begin());
    for (int i = 0; i < 12; ++i) {
      const auto& ids = test::random_entities();
      graph::TimelineQuery query;
      query.left = {ids[chance() % 4]};
      if (maybe(2)) query.right = {ids[chance() % 4]};
      if (maybe(3)) query.from = to_day({2020, 1, 1}) + static_cast<Day>(chance() % 1500);
      if (maybe(3)) query.to = query.from.value_or(to_day({2020, 1, 1})) + static_cast<Day>(chance() % 1500);
      if (maybe(4)) query.types = {graph::EventType::visit, graph::EventType::meeting};
      if (maybe(8)) query.order = graph::Order::oldest_first;
      if (maybe(10)) query.undated = true;
      query.limit = maybe(4) ? 300 : 1 + chance() % 60;
      for (const auto& view : views)
        for (int again = 0; again < 3; ++again) CHECK(test::events_of(*view.remote, query) == test::events_of(*view.local, query));
    }
  }
}
