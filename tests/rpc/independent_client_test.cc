// The client under examples/python, which shares no code with the server: Cap'n Proto's encoding and RPC written anew.
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>

#include "tests/rpc/served.h"

using namespace entente;
using test::must;

namespace {

struct Ran {
  int code = 0;
  std::string out;
};

Ran client(const std::string& arguments) {
  FILE* const pipe = ::popen(("python3 " ENTENTE_EXAMPLES "/python/entente_client.py " + arguments + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ran ran;
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) ran.out.append(buffer.data(), n);
  ran.code = ::pclose(pipe);
  return ran;
}

}  // namespace

TEST_CASE("an independent client gets the same timelines, in one round trip while they are short") {
  if (std::system("python3 --version > /dev/null 2>&1") != 0) {
    WARN("NOT TESTED: there is no python3 on this machine, so the independent client did not run");
    return;
  }
  test::Served served;
  test::record(served.store(), test::draw("FR --visit 2020-01-02--> CN\nFR --visit 2021--> CN\nKR --visit 2021--> CN"));
  const auto lines = [&](const graph::TimelineQuery& query) {
    std::string out;
    for (const auto& event : test::events_of(*must(served.store().snapshot()), query)) {
      std::string parties;
      for (const auto& party : event.facts.parties) parties += (parties.empty() ? "" : ",") + party.str();
      out += event.id.str() + "\t" + std::to_string(static_cast<unsigned>(event.facts.type)) + "\t" + (event.facts.date ? event.facts.date->text() : "") + "\t" + parties + "\n";
    }
    return out;
  };
  graph::TimelineQuery query;
  query.left = test::ids("FR");
  query.right = test::ids("CN");
  const std::string at = served.address().text;
  CHECK(client(at + " timeline country:FR country:CN --newest 10").out == lines(query) + "1 round trips\n");
  CHECK(client(at + " counts").out.starts_with("3 releases, 3 claims, 3 events, "));

  std::string drawing = "FR --visit 1999-01-01--> CN\n";
  for (int i = 0; i < 450; ++i) drawing += "+FR --meeting " + std::to_string(1500 + i) + " leader-- CN\n";
  auto many = test::draw(drawing);
  many.at(0).release.url = "https://example.org/many";
  many.at(0).release.id = graph::release_id(many.at(0).release.url, {});
  test::record(served.store(), many);
  CHECK(client(at + " timeline country:FR country:CN").out == lines(query) + "5 round trips\n");

  const Ran refused = client(at + " timeline ''");
  CHECK(refused.code == 0);
  CHECK(refused.out == "1 round trips\n");
}
