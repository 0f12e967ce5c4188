// Streams, slow clients, cancelling, and how many messages a question takes.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <set>
#include <thread>

#include "rpc/client/admin.h"
#include "rpc/client/connection.h"
#include "rpc/convert/convert.h"
#include "rpc/schema/reader.capnp.h"
#include "tests/rpc/served.h"

using namespace entente;
using rpc::Connection;
using test::must;
using test::Served;
namespace wire = rpc::wire;

namespace {

// Takes events when it is let to.
class Sink final : public wire::EventSink::Server {
 public:
  struct Got {
    std::vector<std::string> ids;
    std::size_t calls = 0;
    bool done = false;
    bool open = true;  // otherwise calls are not answered
    std::vector<kj::Own<kj::PromiseFulfiller<void>>> held;

    kj::Promise<void> taken() {
      ++calls;
      if (open) return kj::READY_NOW;
      auto paf = kj::newPromiseAndFulfiller<void>();
      held.push_back(kj::mv(paf.fulfiller));
      return kj::mv(paf.promise);
    }
    void release() {
      open = true;
      for (auto& one : held) one->fulfill();
      held.clear();
    }
  };
  explicit Sink(Got& got) : got_(got) {}
  kj::Promise<void> event(EventContext context) override {
    got_.ids.push_back(rpc::text_of(context.getParams().getEvent().getId()));
    return got_.taken();
  }
  kj::Promise<void> events(EventsContext context) override {
    for (const auto event : context.getParams().getEvents()) got_.ids.push_back(rpc::text_of(event.getId()));
    return got_.taken();
  }
  kj::Promise<void> done(DoneContext /*context*/) override {
    got_.done = true;
    return kj::READY_NOW;
  }

 private:
  Got& got_;
};

constexpr std::size_t kEvents = 6'000;

void fill(storage::Store& store) {
  for (std::size_t year = 0; year < kEvents / 1000; ++year) {
    std::string drawing;
    for (std::size_t i = 0; i < 1000; ++i)
      drawing += "+FR --meeting " + std::to_string(1000 + year * 30 + i / 336) + "-" + (i / 28 % 12 < 9 ? "0" : "") + std::to_string(i / 28 % 12 + 1) + "-" +
                 (i % 28 < 9 ? "0" : "") + std::to_string(i % 28 + 1) + " leader-- CN\n";
    auto readings = test::draw(drawing);
    readings.at(0).release.url = "https://example.org/" + std::to_string(year);
    readings.at(0).release.id = graph::release_id(readings.at(0).release.url, {});
    test::record(store, readings);
  }
}

capnp::RemotePromise<wire::Reader::TimelineResults> push(Connection& connection, Sink::Got& got, std::uint32_t rows_at_once, std::uint64_t limit = 0) {
  auto request = connection.session().readerRequest().send().getReader().timelineRequest();
  graph::TimelineQuery query;
  query.left = test::ids("FR");
  query.limit = limit;
  rpc::write(query, request.initQuery());
  request.setSink(kj::heap<Sink>(got));
  request.setRowsAtOnce(rows_at_once);
  return request.send();
}

}  // namespace

TEST_CASE("a timeline that is pushed in growing steps has the rows of one that is asked for, in their order") {
  rpc::ServerOptions options;
  options.limits.ahead_bytes = GENERATE(std::uint64_t{0}, std::uint64_t{1'000'000}, std::uint64_t{64} << 20U);
  Served served(GENERATE(test::Kind::memory, test::Kind::rocks), options);
  fill(served.store());
  graph::TimelineQuery query;
  query.left = test::ids("FR");
  std::vector<std::string> wanted;
  for (const auto& event : test::events_of(*must(served.store().snapshot()), query)) wanted.push_back(event.id.str());
  REQUIRE(wanted.size() == kEvents);
  auto connection = must(Connection::open(served.address(), {}));
  for (const std::uint64_t limit : {0U, 1U, 256U, 257U, 1280U, 5999U, 6000U, 7000U})
    for (const std::uint32_t at_once : {256U, 700U}) {
      Sink::Got got;
      push(*connection, got, at_once, limit).wait(connection->scope());
      CHECK(got.done);
      const std::size_t count = limit == 0 ? wanted.size() : std::min<std::size_t>(wanted.size(), limit);
      CHECK(got.ids == std::vector<std::string>(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(count)));
    }
}

TEST_CASE("a slow sink slows its own stream, and then gets every event once") {
  Served served;
  fill(served.store());
  auto connection = must(Connection::open(served.address(), {}));
  Sink::Got got;
  got.open = false;
  auto stream = push(*connection, got, 100);
  const auto other = served.connect();
  // Each echo is a turn for the server; what a sink that does not answer is sent comes to an end by itself.
  std::uint64_t rows = 0;
  for (int same = 0; same < 200;) {
    connection->scope().poll();
    must(other->echo(1));
    const std::uint64_t now = served.server().figures().rows;
    same = now == rows && got.calls > 0 ? same + 1 : 0;
    rows = now;
  }
  CHECK(rows < kEvents / 2);
  CHECK(must(must(other->reader())->counts()).events == kEvents);
  got.release();
  stream.wait(connection->scope());
  CHECK(got.done);
  CHECK(got.ids.size() == kEvents);
  CHECK(std::set<std::string>(got.ids.begin(), got.ids.end()).size() == kEvents);
  CHECK(got.calls == kEvents / 100);
}

TEST_CASE("a sink of the first kind gets one event a call") {
  Served served;
  test::record(served.store(), test::draw("FR --visit 2020--> CN\nFR --visit 2021--> CN\nFR --visit 2022--> CN"));
  auto connection = must(Connection::open(served.address(), {}));
  Sink::Got got;
  push(*connection, got, 0).wait(connection->scope());
  CHECK(got.done);
  CHECK(got.calls == 3);
  CHECK(got.ids.size() == 3);
}

TEST_CASE("a call that is let go of stops its work on the server") {
  Served served;
  fill(served.store());
  auto connection = must(Connection::open(served.address(), {}));
  {
    Sink::Got got;
    got.open = false;
    auto stream = push(*connection, got, 10);
    while (got.calls == 0) {
      connection->scope().poll();
      must(served.connect()->echo(1));
    }
    {
      const auto dropped = kj::mv(stream);
    }
    connection->session().echoRequest().send().wait(connection->scope());
    got.release();
    connection->session().echoRequest().send().wait(connection->scope());
  }
  const auto other = served.connect();
  while (served.server().figures().calls_open > 0 || served.server().figures().jobs_waiting > 0) must(other->echo(1));
  const std::uint64_t rows = served.server().figures().rows;
  CHECK(rows < kEvents / 2);
  for (int i = 0; i < 100; ++i) must(other->echo(1));
  CHECK(served.server().figures().rows == rows);
  CHECK(served.server().figures().calls_cancelled >= 1);
}

TEST_CASE("from the gate to the rows of a timeline is one round trip of four calls") {
  Served served;
  test::record(served.store(), test::draw("FR --visit 2020--> CN"));
  // Between the client and the server: nothing of the server's is let through before all four calls have come.
  const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto between = must(rpc::parse_address("unix:" + served.file("between").string()));
  REQUIRE(listening >= 0);
  const auto connect_to = [](const rpc::Address& address, auto how) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::strncpy(name.sun_path, address.unix_path.c_str(), sizeof(name.sun_path) - 1);
    return how(reinterpret_cast<const sockaddr*>(&name), sizeof(name));
  };
  REQUIRE(connect_to(between, [&](const sockaddr* name, unsigned size) { return ::bind(listening, name, size); }) == 0);
  REQUIRE(::listen(listening, 1) == 0);
  std::size_t rows = 0;
  std::thread client([&] {
    const auto remote = must(rpc::Client::connect(between));
    const auto reader = must(remote->reader());
    graph::TimelineQuery query;
    query.left = test::ids("FR");
    rows = test::events_of(*reader, query).size();
  });
  const int near = ::accept(listening, nullptr, nullptr);
  const int far = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(connect_to(served.address(), [&](const sockaddr* name, unsigned size) { return ::connect(far, name, size); }) == 0);
  std::string sent;
  std::size_t asked = 0;
  std::array<char, 65536> buffer{};
  while (asked < 4) {
    pollfd waiting{near, POLLIN, 0};
    REQUIRE(::poll(&waiting, 1, 30'000) == 1);
    sent.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(::read(near, buffer.data(), buffer.size()), 0)));
    asked = 0;
    for (std::size_t at = 0; at + 24 <= sent.size();) {
      // The table, the pointer to the message, and its kind. Only these two want an answer.
      constexpr std::uint16_t kCall = 2;
      constexpr std::uint16_t kBootstrap = 8;
      std::array<std::uint32_t, 2> table{};
      std::uint16_t kind = 0;
      std::memcpy(table.data(), sent.data() + at, sizeof(table));
      std::memcpy(&kind, sent.data() + at + 16, sizeof(kind));
      REQUIRE(table[0] == 0);
      asked += kind == kCall || kind == kBootstrap ? 1 : 0;
      at += 8 + std::size_t{table[1]} * 8;
    }
  }
  CHECK(asked == 4);
  REQUIRE(::write(far, sent.data(), sent.size()) == static_cast<ssize_t>(sent.size()));
  bool open = true;
  while (open) {
    std::array<pollfd, 2> both{{{near, POLLIN, 0}, {far, POLLIN, 0}}};
    REQUIRE(::poll(both.data(), 2, 30'000) > 0);
    for (std::size_t i = 0; i < 2 && open; ++i) {
      if ((both.at(i).revents & (POLLIN | POLLHUP)) == 0) continue;
      const ssize_t n = ::read(both.at(i).fd, buffer.data(), buffer.size());
      open = n > 0;
      if (open) open = ::write(i == 0 ? far : near, buffer.data(), static_cast<std::size_t>(n)) == n;
    }
  }
  for (const int fd : {near, far, listening}) ::close(fd);
  client.join();
  CHECK(rows == 1);
}

TEST_CASE("a server reads the events of its record before it is asked for them, where they have room") {
  const bool room = GENERATE(true, false);
  Served served(GENERATE(test::Kind::memory, test::Kind::rocks));
  fill(served.store());
  // One that starts with a record that is there already.
  SystemClock clock;
  rpc::ServerOptions options = test::as(rpc::Role::admin);
  options.listen = {must(rpc::parse_address("unix:" + served.file("later").string()))};
  if (!room) options.limits.event_cache_bytes = 100'000;
  const auto later = must(rpc::Server::start(served.store(), clock, options));
  const auto client = must(rpc::Client::connect(options.listen.front()));
  const auto figure = [&](const std::string& wanted) {
    for (const auto& [name, value] : must(client->admin()->stats()).figures)
      if (name == wanted) return value;
    return ~std::uint64_t{0};
  };
  if (!room) {
    CHECK(figure("event_cache_events") == 0);
    return;
  }
  for (int i = 0; i < 1'000'000 && figure("event_cache_events") < kEvents; ++i) must(client->echo(1));
  REQUIRE(figure("event_cache_events") == kEvents);
  auto connection = must(Connection::open(options.listen.front(), {}));
  Sink::Got got;
  push(*connection, got, 256).wait(connection->scope());
  CHECK(got.ids.size() == kEvents);
  CHECK(figure("event_cache_hits_total") == kEvents);
  // What is recorded since is not what was read.
  test::record(served.store(), test::draw("FR --visit 2035--> CN"));
  Sink::Got more;
  push(*connection, more, 256).wait(connection->scope());
  CHECK(more.ids.size() == kEvents + 1);
}
