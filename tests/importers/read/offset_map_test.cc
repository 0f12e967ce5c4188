#include "importers/read/offset_map.h"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using entente::importers::OffsetMap;

TEST_CASE("a copy leads back byte by byte and costs one segment") {
  OffsetMap map;
  map.append_copy(1000, 40);
  map.append_copy(5, 1040);
  CHECK(map.size() == 1005);
  CHECK(map.segments() == 1);
  CHECK(map.from(0) == 40);
  CHECK(map.from(1004) == 1044);
  CHECK(map.from_end(1005) == 1045);
}

TEST_CASE("a unit leads back to the whole of what it was made from") {
  OffsetMap map;
  map.append_copy(3, 0);  // "abc"
  map.append(2, 3, 8);    // "&eacute;" as two bytes
  map.append_copy(1, 11);
  CHECK(map.from(3) == 3);
  CHECK(map.from(4) == 3);
  CHECK(map.from_end(4) == 11);
  CHECK(map.from(5) == 11);
}

TEST_CASE("text that was put in stands for nothing of the source") {
  OffsetMap map;
  map.append_copy(4, 10);
  map.append(2, 30, 0);
  map.append_copy(4, 30);
  CHECK(map.from(4) == 30);
  CHECK(map.from_end(6) == 30);
  CHECK(map.from(6) == 30);
}

TEST_CASE("an empty map leads to the beginning") {
  const OffsetMap map;
  CHECK(map.from(0) == 0);
  CHECK(map.from_end(0) == 0);
}

TEST_CASE("a copied range says the same as the map that it is of") {
  const auto seed = GENERATE(range(0U, 50U));
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&random](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
  OffsetMap map;
  std::size_t from = 0;
  for (int i = 0; i < 40; ++i) {
    from += below(3);
    const std::size_t made = 1 + below(4);
    const std::size_t bytes = below(6);
    if (below(2) == 0)
      map.append_copy(made, from);
    else
      map.append(made, from, bytes);
    from += std::max(made, bytes);
  }
  const std::size_t begin = below(map.size());
  const std::size_t end = begin + below(map.size() - begin + 1);
  OffsetMap part;
  map.copy_range(begin, end, part);
  REQUIRE(part.size() == end - begin);
  for (std::size_t at = begin; at < end; ++at) {
    // Where a unit was cut, only its beginning is still known.
    CHECK(part.from(at - begin) <= map.from_end(at + 1));
    CHECK(part.from(at - begin) >= (at == begin ? 0 : map.from(begin)));
  }
  if (end > begin) CHECK(part.from(0) == map.from(begin));
}
