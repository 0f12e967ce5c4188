// Readings as the text line would give them, drawn from a seed: states meet as unevenly as they do in the world, texts
// are of usual length, and the same number always gives the same reading.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/view/claim_sink.h"

namespace entente::bench {

class ReadingGenerator {
 public:
  explicit ReadingGenerator(std::uint64_t seed) : seed_(seed) {}

  graph::Reading reading(std::uint64_t number) const;
  // A state, those that are much talked of more often than others.
  static graph::EntityId state(std::uint64_t random);

 private:
  std::uint64_t seed_;
};

// A well-mixed 64-bit number for each input (splitmix64's finaliser).
std::uint64_t mixed(std::uint64_t value);

}  // namespace entente::bench
