// Hostile clients by their number: connections by the ten thousand, calls by the million, and bytes at an encrypted port that
// are no TLS. The server stays up within its bounds and serves the others.
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <random>

#include "rpc/access/tokens.h"
#include "tests/rpc/certificate.h"
#include "tests/rpc/raw.h"
#include "tests/rpc/served.h"

using namespace entente;
using test::Kind;
using test::must;
using test::RawClient;
using test::Served;

namespace {

std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t pages = 0;
  file >> pages >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

// False when the system does not let this process have so many.
bool may_open(rlim_t files) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max < files) return false;
  limit.rlim_cur = limit.rlim_max;
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

}  // namespace

TEST_CASE("of ten thousand connections the server keeps as many as it may, and goes on serving those") {
  constexpr std::size_t kConnections = 10'000;
  rpc::ServerOptions options;
  if (!may_open(kConnections + options.limits.connections_max + 500)) {
    WARN("SKIPPED: this system allows no process so many open files");
    return;
  }
  Served served(Kind::memory, options);
  const auto stays = served.connect();
  {
    std::vector<RawClient> many;
    many.reserve(kConnections);
    for (std::size_t i = 0; i < kConnections; ++i) {
      many.emplace_back(served.address());
      if (i % 1'000 == 0) CHECK(must(stays->echo(5)) == 5);
    }
    while (served.server().figures().refused + served.server().figures().connections < kConnections + 1) must(stays->echo(1));
    CHECK(served.server().figures().connections <= options.limits.connections_max);
    CHECK(served.server().figures().refused >= kConnections - options.limits.connections_max);
    CHECK(must(stays->echo(5)) == 5);
  }
  while (served.server().figures().connections > 1) must(stays->echo(1));
  CHECK(must(served.connect()->echo(5)) == 5);
}

// ENTENTE_FLOOD=1000000 makes it a million.
TEST_CASE("calls without end whose answers nobody reads cost the server no more than its bounds") {
  const char* const wanted = std::getenv("ENTENTE_FLOOD");
  const std::uint32_t calls_wanted = wanted == nullptr ? 50'000 : static_cast<std::uint32_t>(std::stoul(wanted));
  constexpr std::uint32_t kAtOnce = 500;
#ifdef __SANITIZE_ADDRESS__
  constexpr std::uint64_t kRoom = 1'024ULL << 20U;  // freed memory stays in quarantine
#else
  constexpr std::uint64_t kRoom = 256ULL << 20U;
#endif
  const Served served;
  const auto others = served.connect();
  must(others->echo(5));
  const std::uint64_t before = resident_bytes();
  std::uint32_t sent = 0;
  while (sent < calls_wanted) {
    RawClient client(served.address());
    std::uint32_t question = 0;
    client.send(test::bootstrap(question++));
    for (bool taken = true; taken && sent < calls_wanted; sent += kAtOnce) {
      std::string calls;
      for (std::uint32_t i = 0; i < kAtOnce; ++i) calls += test::enter(question++, 0);
      taken = client.send(calls);
    }
    REQUIRE(must(others->echo(5)) == 5);
  }
  const std::uint64_t after = resident_bytes();
  INFO(before << " bytes before, " << after << " after");
  CHECK(after < before + kRoom);
}

TEST_CASE("bytes that are no TLS end their own connection at an encrypted port") {
  const test::TempFolder folder;
  const auto pem = test::self_signed("localhost");
  std::ofstream(folder / "cert.pem") << pem.certificate;
  std::ofstream(folder / "key.pem") << pem.key;
  auto options = test::as(rpc::Role::none);
  options.listen = {must(rpc::parse_address("127.0.0.1:0"))};
  options.access.token_file = folder / "tokens";
  options.tls_certificate = folder / "cert.pem";
  options.tls_key = folder / "key.pem";
  options.limits.unproven_ms_max = 200;
  const std::string token = must(rpc::create_token(folder / "tokens", {{}, rpc::Role::reader, "a test", {}, {}, {}, {}})).token;
  const Served served(Kind::memory, options);
  const rpc::ConnectOptions trusting{token, folder / "cert.pem", "localhost"};
  const auto stays = must(rpc::Client::connect(served.other(0, "tls:"), trusting));
  must(stays->echo(5));

  // The start of a ClientHello, records of a length that never comes, an alert, plain frames, HTTP, noise.
  std::vector<std::string> garbage{std::string("\x16\x03\x01\x02\x00\x01\x00", 7), std::string("\x16\x03\x03\xff\xff", 5) + std::string(100, 'x'),
                                   std::string("\x15\x03\x03\x00\x02\x02\x28", 7), test::bootstrap(0), "GET / HTTP/1.1\r\n\r\n", std::string(70'000, '\xff')};
  std::mt19937 chance(20261126);
  for (int i = 0; i < 50; ++i) {
    std::string noise(1 + chance() % 2'000, '\0');
    for (char& c : noise) c = static_cast<char>(chance());
    garbage.push_back(i % 2 == 0 ? noise : "\x16\x03\x01" + noise);
  }
  std::vector<RawClient> strangers;
  for (const std::string& bytes : garbage) {
    strangers.emplace_back(served.other(0));
    strangers.back().send(bytes);
  }
  for (RawClient& stranger : strangers) stranger.rest();
  CHECK(must(stays->echo(5)) == 5);
  CHECK(must(must(rpc::Client::connect(served.other(0, "tls:"), trusting))->echo(5)) == 5);
}
