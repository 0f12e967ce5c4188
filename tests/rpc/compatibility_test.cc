// Clients of the first schema against today's server.
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/rpc/served.h"

using namespace entente;
using test::must;

TEST_CASE("a client of the first schema reads a timeline and imports a release") {
  test::Served served;
  test::record(served.store(), test::draw("FR --visit 2020--> CN\nFR --visit 2021--> CN\nKR --visit 2021--> CN"));
  std::string wanted;
  graph::TimelineQuery query;
  query.left = test::ids("FR");
  for (const auto& event : test::events_of(*must(served.store().snapshot()), query)) wanted += event.id.str() + "\n";
  FILE* const pipe = ::popen((std::string(ENTENTE_FIRST_CLIENT) + " " + served.address().text + " country:FR 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string got;
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) got.append(buffer.data(), n);
  CHECK(::pclose(pipe) == 0);
  CHECK(got == wanted + "3 releases\noutcome 1\n");
  CHECK(must(must(served.store().snapshot())->counts()).releases == 4);
}
