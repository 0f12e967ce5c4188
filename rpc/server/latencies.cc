#include "rpc/server/latencies.h"

#include <fmt/format.h>

#include <algorithm>

namespace entente::rpc {

void Latencies::note(std::chrono::steady_clock::duration took) {
  const auto micros = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  const auto at = static_cast<std::size_t>(std::lower_bound(kUpToMicros.begin(), kUpToMicros.end(), micros) - kUpToMicros.begin());
  counts_[at].fetch_add(1, std::memory_order_relaxed);
  sum_micros_.fetch_add(micros, std::memory_order_relaxed);
}

std::string Latencies::metrics_text() const {
  std::string out = "# TYPE entente_call_seconds histogram\n";
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < kUpToMicros.size(); ++i) {
    count += counts_[i].load(std::memory_order_relaxed);
    out += fmt::format("entente_call_seconds_bucket{{le=\"{}\"}} {}\n", static_cast<double>(kUpToMicros[i]) / 1e6, count);
  }
  count += counts_.back().load(std::memory_order_relaxed);
  out += fmt::format("entente_call_seconds_bucket{{le=\"+Inf\"}} {0}\nentente_call_seconds_sum {1}\nentente_call_seconds_count {0}\n", count, static_cast<double>(sum_micros_.load(std::memory_order_relaxed)) / 1e6);
  return out;
}

}  // namespace entente::rpc
