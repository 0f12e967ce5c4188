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

std::string Latencies::metrics_text(std::string_view name) const {
  std::string out = fmt::format("# TYPE {} histogram\n", name);
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < kUpToMicros.size(); ++i) {
    count += counts_[i].load(std::memory_order_relaxed);
    out += fmt::format("{}_bucket{{le=\"{}\"}} {}\n", name, static_cast<double>(kUpToMicros[i]) / 1e6, count);
  }
  count += counts_.back().load(std::memory_order_relaxed);
  out += fmt::format("{0}_bucket{{le=\"+Inf\"}} {1}\n{0}_sum {2}\n{0}_count {1}\n", name, count, static_cast<double>(sum_micros_.load(std::memory_order_relaxed)) / 1e6);
  return out;
}

std::uint64_t Latencies::middle_micros() const {
  std::array<std::uint64_t, kUpToMicros.size() + 1> counts{};
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) all += counts[i] = counts_[i].load(std::memory_order_relaxed);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < kUpToMicros.size(); ++i) {
    if (2 * (below + counts[i]) >= all && counts[i] > 0) {
      const std::uint64_t from = i == 0 ? 0 : kUpToMicros[i - 1];
      return from + (kUpToMicros[i] - from) * (all - std::min(all, 2 * below)) / (2 * counts[i]);
    }
    below += counts[i];
  }
  return all == 0 ? 0 : kUpToMicros.back();
}

}  // namespace entente::rpc
