// Runs the writer until it dies, and says what it had acknowledged by then.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace entente::test {

struct HowToDie {
  std::string mode = "steps";
  std::string point;        // "batch.written:3"; empty: by the clock
  long micros = 0;          // after the start
  bool power_goes = false;  // what was not synced goes with the process
  bool relaxed = false;
};

struct Death {
  bool killed = false;                 // else it came to its end
  std::vector<std::uint64_t> done;     // acknowledged, in this order
  std::vector<std::uint64_t> copied;   // copies acknowledged
  std::optional<std::uint64_t> begun;  // and neither
};

// Whether power_goes can be had: not where a sanitizer must be loaded first.
bool power_can_go();
Death run_writer(const std::filesystem::path& store, std::uint32_t seed, std::uint64_t first, std::uint64_t last, const HowToDie& how);

}  // namespace entente::test
