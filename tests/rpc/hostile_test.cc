// What strangers send. The server says why it closes, stays up, keeps to its bounds and serves the others.
#include <capnp/serialize.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <random>

#include "rpc/schema/reader.capnp.h"
#include "tests/rpc/raw.h"
#include "tests/rpc/served.h"

using namespace entente;
using test::must;
using test::RawClient;
using test::Served;

namespace {

std::string words(std::initializer_list<std::uint64_t> values) {
  std::string out(values.size() * 8, '\0');
  std::size_t at = 0;
  for (const std::uint64_t value : values) std::memcpy(out.data() + 8 * at++, &value, 8);
  return out;
}

// A table of one segment, and the segment.
std::string one_segment(const std::string& segment) { return words({(segment.size() / 8) << 32U}) + segment; }

void still_serves(const Served& served) { CHECK(must(served.connect()->echo(5)) == 5); }

void is_told(const Served& served, const std::string& bytes, const std::string& why) {
  RawClient client(served.address());
  client.send(bytes);
  const auto reason = client.reason();
  REQUIRE(reason);
  INFO(*reason);
  CHECK(reason->find(why) != std::string::npos);
  still_serves(served);
}

}  // namespace

TEST_CASE("frames past the bounds are refused before there is room made for them") {
  const Served served;
  is_told(served, words({0xffffffff}), "segments");
  is_told(served, words({0x00000000'0000ffff}), "segments");
  is_told(served, words({0xffffffff'00000000}), "bytes");
  is_told(served, words({0x40000000'00000001, 0x40000000}), "bytes");
}

TEST_CASE("messages that cannot be read end their own connection and no other") {
  const Served served;
  constexpr std::uint64_t kSelf = 0x00000001'fffffffc;      // a struct pointer to itself, with a pointer in it
  constexpr std::uint64_t kFarToSelf = 0x00000000'00000002;  // a far pointer to where it stands
  constexpr std::uint64_t kOutside = 0x00010001'7ffffffc;
  for (const std::string& segment : {words({kSelf}), words({kFarToSelf}), words({kOutside}), words({~0ULL, ~0ULL}), words({0})}) {
    RawClient client(served.address());
    client.send(one_segment(segment) + test::bootstrap(1));
    client.send(std::string(64, '\xff'));
    client.rest();
    still_serves(served);
  }
  std::mt19937 chance(20261125);
  for (int i = 0; i < 200; ++i) {
    RawClient client(served.address());
    std::string noise(8 * (1 + chance() % 40), '\0');
    for (char& c : noise) c = static_cast<char>(chance());
    client.send(i % 2 == 0 ? noise : one_segment(noise));
    client.send(words({0xffffffff}));
    client.rest();
  }
  still_serves(served);
}

TEST_CASE("a message cut short is an end, not a wait") {
  const Served served;
  for (std::size_t size = 1; size < test::bootstrap(1).size(); size += 3) {
    RawClient client(served.address());
    client.send(test::bootstrap(1).substr(0, size));
  }
  still_serves(served);
}

TEST_CASE("who has not proved who it is may ask little") {
  Served served(test::Kind::memory, test::as(rpc::Role::none));
  RawClient client(served.address());
  for (std::uint32_t i = 0; i < 1'000; ++i) client.send(test::bootstrap(i));
  const auto reason = client.reason();
  REQUIRE(reason);
  CHECK(reason->find("more than 64 calls") != std::string::npos);
  CHECK(served.server().figures().refused == 1);
}

TEST_CASE("calls by the thousand whose answers nobody takes end the connection") {
  rpc::ServerOptions options;
  options.limits.calls_max = 100;
  const Served served(test::Kind::memory, options);
  RawClient client(served.address());
  client.send(test::bootstrap(0) + test::enter(1, 0));
  for (std::uint32_t i = 2; i < 5'000 && client.send(test::enter(i, 0)); ++i) {
  }
  const auto reason = client.reason();
  REQUIRE(reason);
  CHECK(reason->find("more than 100 calls") != std::string::npos);
  still_serves(served);
}

TEST_CASE("a trickle is cut off before it has proved who it is, and so is silence") {
  rpc::ServerOptions options;
  options.limits.unproven_ms_max = 50;
  const Served served(test::Kind::memory, options);
  RawClient silent(served.address());
  const auto reason = silent.reason();
  REQUIRE(reason);
  CHECK(reason->find("has not proved who it is") != std::string::npos);
  RawClient trickle(served.address());
  trickle.send("\1");
  trickle.rest();
  still_serves(served);
}

TEST_CASE("one connection more than the server takes is closed, and those that are stay") {
  rpc::ServerOptions options;
  options.limits.connections_max = 20;
  Served served(test::Kind::memory, options);
  const auto stays = served.connect();
  must(stays->echo(1));
  {
    std::vector<RawClient> many;
    for (int i = 0; i < 19; ++i) many.emplace_back(served.address());
    while (served.server().figures().connections < 20) must(stays->echo(1));
    for (int i = 0; i < 200; ++i) CHECK(RawClient(served.address()).rest().empty());
    CHECK(served.server().figures().refused == 200);
    must(stays->echo(1));
  }
  while (served.server().figures().connections > 1) must(stays->echo(1));
  still_serves(served);
}

TEST_CASE("calls on what is not there, or was let go of, are answered as such") {
  const Served served;
  RawClient client(served.address());
  std::string bytes = test::bootstrap(0);
  for (std::uint32_t i = 1; i < 20; ++i) {
    capnp::MallocMessageBuilder message;
    auto call = message.initRoot<capnp::rpc::Message>().initCall();
    call.setQuestionId(i);
    call.initTarget().setImportedCap(i * 1000);
    call.setInterfaceId(capnp::typeId<rpc::wire::Reader>());
    call.setMethodId(static_cast<std::uint16_t>(i));
    call.initSendResultsTo().setCaller();
    bytes += test::frame(message);
  }
  client.send(bytes);
  CHECK(client.reason());
  still_serves(served);
}

TEST_CASE("bytes of another protocol end their own connection") {
  const Served served;
  RawClient client(served.address());
  client.send("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n\x16\x03\x01\x02");
  client.rest();
  still_serves(served);
}
