// How long things took, as a histogram. Any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace entente::rpc {

class Latencies {
 public:
  void note(std::chrono::steady_clock::duration took);
  // As Prometheus reads it.
  std::string metrics_text(std::string_view name) const;
  // What half of them took at most, between the bounds of the histogram by their share; 0 when there was none.
  std::uint64_t middle_micros() const;

 private:
  static constexpr std::array<std::uint64_t, 14> kUpToMicros = {100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000, 5'000'000, 30'000'000};

  std::array<std::atomic<std::uint64_t>, kUpToMicros.size() + 1> counts_{};
  std::atomic<std::uint64_t> sum_micros_ = 0;
};

}  // namespace entente::rpc
