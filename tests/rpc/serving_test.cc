// Starting, stopping, sockets in use, bounds; who may and who may not.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <thread>

#include "rpc/access/tokens.h"
#include "tests/rpc/certificate.h"
#include "tests/rpc/gate_clock.h"
#include "tests/rpc/served.h"

using namespace entente;
using rpc::Role;
using test::Kind;
using test::must;
using test::Served;

namespace {

rpc::ServerOptions at(const rpc::Address& address) {
  rpc::ServerOptions options;
  options.listen = {address};
  return options;
}

ErrorCode code_of(const Result<std::unique_ptr<rpc::Server>>& result) { return result ? ErrorCode::internal : result.error().code; }

// Listens on loopback with tokens, and nobody comes in by their user id.
rpc::ServerOptions with_tokens(const std::filesystem::path& file) {
  auto options = test::as(Role::none);
  options.listen = {must(rpc::parse_address("127.0.0.1:0"))};
  options.access.token_file = file;
  return options;
}

std::string new_token(const std::filesystem::path& file, Role role, const std::string& publisher = {}) {
  return must(rpc::create_token(file, {{}, role, "a test", publisher, {}, {}, {}})).token;
}

std::unique_ptr<rpc::Client> by_token(const Served& served, const std::string& token) {
  return must(rpc::Client::connect(served.other(0), {token, {}, {}}));
}


struct Gated {
  explicit Gated(const rpc::Limits& limits) {
    rpc::ServerOptions options = at(address);
    options.limits = limits;
    server = must(rpc::Server::start(*store, system, options));
  }
  test::TempFolder folder;
  rpc::Address address = must(rpc::parse_address("unix:" + (folder / "s").string()));
  test::GateClock gate;
  SystemClock system;
  std::unique_ptr<storage::Store> store = storage::Store::in_memory(gate);
  std::unique_ptr<rpc::Server> server;
};

}  // namespace

TEST_CASE("a call past its deadline is ended with a sentence while its work still goes on") {
  rpc::Limits limits;
  limits.call_ms_max = 20;
  Gated gated(limits);
  const auto client = must(rpc::Client::connect(gated.address));
  const auto late = client->record(test::draw("FR --visit 2023-04-05--> CN").at(0));
  REQUIRE(!late);
  CHECK(late.error().code == ErrorCode::cancelled);
  CHECK(late.error().message.find("submit took longer than 20 ms") != std::string::npos);
  for (int i = 0; i < 100; ++i) gated.gate.let_through();
  gated.server->stop();
}

TEST_CASE("a call in flight ends well when the server is told to stop") {
  Gated gated({});
  Result<graph::RecordReport> report = Error{};
  std::thread importing([&] {
    const auto client = must(rpc::Client::connect(gated.address));
    report = client->record(test::draw("FR --visit 2023-04-05--> CN").at(0));
  });
  gated.gate.wait_until_asked();
  std::thread stopping([&] { gated.server->stop(); });
  while (rpc::Client::connect(gated.address).ok()) {
  }
  for (int i = 0; i < 100; ++i) gated.gate.let_through();
  importing.join();
  stopping.join();
  CHECK(report.ok());
}

TEST_CASE("a socket that another server listens at is not taken from it") {
  Served served;
  test::OpenStore second(Kind::memory);
  SystemClock clock;
  const auto refused = rpc::Server::start(*second, clock, at(served.address()));
  CHECK(code_of(refused) == ErrorCode::locked);
  CHECK(must(served.connect()->echo(3)) == 3);
}

TEST_CASE("a socket file that a server left behind is replaced, another file is not") {
  const test::TempFolder folder;
  test::OpenStore store(Kind::memory);
  SystemClock clock;
  const std::string path = (folder / "s").string();
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::strncpy(name.sun_path, path.c_str(), sizeof(name.sun_path) - 1);
  REQUIRE(::bind(left, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0);
  ::close(left);
  CHECK(rpc::Server::start(*store, clock, at(must(rpc::parse_address("unix:" + path)))).ok());
  CHECK(!std::filesystem::exists(path));

  std::ofstream(folder / "words") << "not a socket";
  CHECK(code_of(rpc::Server::start(*store, clock, at(must(rpc::parse_address("unix:" + (folder / "words").string()))))) == ErrorCode::invalid_argument);
  CHECK(std::filesystem::file_size(folder / "words") == 12);
  CHECK(code_of(rpc::Server::start(*store, clock, at(must(rpc::parse_address("unix:" + (folder / "no/such/folder").string()))))) == ErrorCode::io);
}

TEST_CASE("a port in use is refused as one") {
  const auto served_options = with_tokens({});
  Served served(Kind::memory, served_options);
  test::OpenStore store(Kind::memory);
  SystemClock clock;
  CHECK(code_of(rpc::Server::start(*store, clock, at(served.other(0)))) == ErrorCode::locked);
}

TEST_CASE("TCP that others can reach is refused without TLS unless it is asked for in so many words") {
  test::OpenStore store(Kind::memory);
  SystemClock clock;
  auto options = at(must(rpc::parse_address("0.0.0.0:0")));
  const auto refused = rpc::Server::start(*store, clock, options);
  REQUIRE(!refused);
  CHECK(refused.error().message.find("--insecure-plain-tcp") != std::string::npos);
  options.plain_tcp = true;
  CHECK(rpc::Server::start(*store, clock, options).ok());
}

TEST_CASE("a server that stops says so to its clients and is gone") {
  auto served = std::make_unique<Served>();
  const auto client = served->connect();
  const auto reader = must(client->reader());
  must(reader->counts());
  served->server().stop();
  const auto after = reader->counts();
  REQUIRE(!after);
  CHECK(after.error().code == ErrorCode::unavailable);
  CHECK(!rpc::Client::connect(served->address()).ok());
}

// Of several threads at once, where Catch may not be asked.
std::string told(graph::Reader& reader, const std::string& who) {
  graph::TimelineQuery query;
  query.left = {graph::EntityId(who)};
  const auto cursor = must(reader.timeline(query));
  std::string out = std::to_string(must(reader.counts()).events);
  while (const auto event = must(cursor->next())) out += " " + event->id.str() + " by " + std::to_string(must(reader.why(event->id)).size());
  return out;
}

TEST_CASE("many clients on several loops get their own answers") {
  rpc::ServerOptions options;
  options.loops = 3;
  options.workers = 3;
  Served served(Kind::rocks, options);
  test::record(served.store(), test::random_readings(7, 40));
  const auto wanted = told(*must(served.store().snapshot()), "country:KR");
  std::vector<std::string> got(12);
  {
    std::vector<std::thread> clients;
    for (std::string& answer : got)
      clients.emplace_back([&served, &answer] {
        const auto client = must(rpc::Client::connect(served.address()));
        const auto reader = must(client->reader());
        for (int i = 0; i < 20; ++i) answer = told(*reader, "country:KR");
      });
    for (auto& client : clients) client.join();
  }
  for (const auto& answer : got) CHECK(answer == wanted);
}

TEST_CASE("a client holds no more snapshots than it may") {
  rpc::ServerOptions options;
  options.limits.readers_max = 2;
  Served served(Kind::memory, options);
  const auto client = served.connect();
  auto first = must(client->reader());
  const auto second = must(client->reader());
  const auto third = must(client->reader());
  CHECK(first->counts().ok());
  CHECK(second->counts().ok());
  const auto refused = third->counts();
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::unavailable);
  first.reset();
  CHECK(must(client->reader())->counts().ok());
  CHECK(must(served.connect()->reader())->counts().ok());
}

TEST_CASE("a timeline ends at the rows that a server gives at most") {
  rpc::ServerOptions options;
  options.limits.rows_max = 3;
  Served served(Kind::memory, options);
  test::record(served.store(), test::draw("FR --visit 2020--> CN\nFR --visit 2021--> CN\nFR --visit 2022--> CN\nFR --visit 2023--> CN"));
  const auto client = served.connect();
  const auto reader = must(client->reader());
  graph::TimelineQuery query;
  query.left = test::ids("FR");
  CHECK(test::events_of(*reader, query).size() == 3);
}

TEST_CASE("each role may what it may, and no more") {
  const auto reading = test::draw("FR --visit 2023-04-05--> CN @FR-MEAE").at(0);
  SECTION("nobody") {
    Served served(Kind::memory, test::as(Role::none));
    const auto client = served.connect();
    const auto refused = must(client->reader())->counts();
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::permission);
  }
  SECTION("reader") {
    Served served(Kind::memory, test::as(Role::reader));
    const auto client = served.connect();
    CHECK(must(client->reader())->counts().ok());
    CHECK(client->record(reading).error().code == ErrorCode::permission);
    CHECK(must(must(served.store().snapshot())->counts()).releases == 0);
  }
  SECTION("importer") {
    Served served(Kind::memory, test::as(Role::importer));
    const auto client = served.connect();
    CHECK(client->record(reading).ok());
    CHECK(must(client->reader())->counts().ok());
  }
}

TEST_CASE("over TCP a token says who may") {
  const test::TempFolder folder;
  const auto file = folder / "tokens";
  const std::string reading_token = new_token(file, Role::reader);
  const std::string importing_token = new_token(file, Role::importer, "KR-MOFA");
  Served served(Kind::memory, with_tokens(file));
  CHECK(must(by_token(served, reading_token)->reader())->counts().ok());
  CHECK(must(by_token(served, {})->reader())->counts().error().code == ErrorCode::permission);
  std::string wrong = reading_token;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  CHECK(must(by_token(served, wrong)->reader())->counts().error().code == ErrorCode::permission);

  const auto importer = by_token(served, importing_token);
  CHECK(importer->record(test::draw("KR --visit 2023-04-05--> CN @KR-MOFA").at(0)).ok());
  CHECK(importer->record(test::draw("FR --visit 2023-04-05--> CN @FR-MEAE").at(0)).error().code == ErrorCode::permission);
}

TEST_CASE("a token that is revoked takes what it gave with it") {
  const test::TempFolder folder;
  const auto file = folder / "tokens";
  const std::string token = new_token(file, Role::reader);
  const std::string other = new_token(file, Role::reader);
  Served served(Kind::memory, with_tokens(file));
  const auto client = by_token(served, token);
  const auto reader = must(client->reader());
  CHECK(reader->counts().ok());
  const auto stays = by_token(served, other);
  CHECK(must(stays->reader())->counts().ok());

  CHECK(rpc::revoke_token(file, must(rpc::read_tokens(file)).rows.at(0).id).ok());
  CHECK(served.server().reload_tokens().ok());
  must(stays->echo(1));
  const auto after = reader->counts();
  REQUIRE(!after);
  CHECK(after.error().code == ErrorCode::permission);
  CHECK(after.error().message.find("revoked") != std::string::npos);
  CHECK(!client->echo(1).ok());
  CHECK(must(stays->reader())->counts().ok());
}

TEST_CASE("a server notices by itself that a token was revoked") {
  const test::TempFolder folder;
  const auto file = folder / "tokens";
  const std::string token = new_token(file, Role::reader);
  Served served(Kind::memory, with_tokens(file));
  const auto client = by_token(served, token);
  must(client->echo(1));
  CHECK(rpc::revoke_token(file, must(rpc::read_tokens(file)).rows.at(0).id).ok());
  bool ended = false;
  for (int i = 0; i < 1'000'000 && !ended; ++i) ended = !client->echo(1).ok();
  CHECK(ended);
}

TEST_CASE("token files keep no token, and only their owner can read them") {
  const test::TempFolder folder;
  const auto file = folder / "tokens";
  const auto made = must(rpc::create_token(file, {{}, Role::writer, "Kim", {}, {1}, RecordedTime{5}, {}}));
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  CHECK(text.find(made.token.substr(made.token.rfind('_') + 1)) == std::string::npos);
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms(0077)) == std::filesystem::perms::none);
  const auto list = must(rpc::read_tokens(file));
  REQUIRE(list.find(made.token) != nullptr);
  CHECK(list.find(made.token)->role == Role::writer);
  CHECK(list.find(made.token)->expires == RecordedTime{5});
  for (const std::string wrong : {"", "ent_", "ent__", "ent_ffffffffffff_00", "something"}) CHECK(list.find(wrong) == nullptr);
  CHECK(list.find(made.token + "0") == nullptr);
  CHECK(rpc::revoke_token(file, "ffff").error().code == ErrorCode::not_found);
  std::ofstream(file) << "{\"tokens\": [{\"id\": 3}]}";
  CHECK(rpc::read_tokens(file).error().code == ErrorCode::corrupt);
}

TEST_CASE("an expired token is refused, and each wrong one is answered later than the one before") {
  const test::TempFolder folder;
  const auto file = folder / "tokens";
  test::StepClock clock;
  const std::string token = must(rpc::create_token(file, {{}, Role::reader, {}, {}, {}, RecordedTime{clock.now().micros + 10'000'000}, {}})).token;
  rpc::Access access({{}, Role::none, file}, clock);
  REQUIRE(access.reload().ok());
  const rpc::Origin origin{false, 0, "192.0.2.1"};
  const auto holder = must(access.enter(origin, token));
  CHECK(access.still(holder).ok());
  auto last = access.wait_after_failure(origin);
  for (int i = 0; i < 4; ++i) {
    const auto next = access.wait_after_failure(origin);
    CHECK(next > last);
    last = next;
  }
  CHECK(access.wait_after_failure({false, 0, "192.0.2.2"}) < last);
  for (int i = 0; i < 10; ++i) clock.now();
  CHECK(access.enter(origin, token).error().message.find("expired") != std::string::npos);
  CHECK(!access.still(holder).ok());
}

TEST_CASE("TLS carries the same answers, to who trusts the certificate") {
  const test::TempFolder folder;
  const auto pem = test::self_signed("localhost");
  std::ofstream(folder / "cert.pem") << pem.certificate;
  std::ofstream(folder / "key.pem") << pem.key;
  auto options = with_tokens(folder / "tokens");
  options.tls_certificate = folder / "cert.pem";
  options.tls_key = folder / "key.pem";
  const std::string token = new_token(folder / "tokens", Role::reader);
  Served served(Kind::memory, options);
  test::record(served.store(), test::draw("FR --visit 2023-04-05--> CN"));
  const auto address = served.other(0, "tls:");
  const auto client = must(rpc::Client::connect(address, {token, folder / "cert.pem", "localhost"}));
  CHECK(must(must(client->reader())->counts()).events == 1);
  CHECK(must(client->echo(1'000'000)) == 1'000'000);
  CHECK(!rpc::Client::connect(address, {token, {}, "localhost"}).ok());
  CHECK(!rpc::Client::connect(address, {token, folder / "cert.pem", "example.org"}).ok());

  options.tls_key = folder / "cert.pem";
  SystemClock clock;
  CHECK(code_of(rpc::Server::start(served.store(), clock, options)) == ErrorCode::invalid_argument);
}
