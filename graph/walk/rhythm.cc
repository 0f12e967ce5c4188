#include "graph/walk/rhythm.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace entente::graph {
namespace {

double x_log_x_over(double x, double n) { return x > 0 ? x * std::log(x / n) : 0; }

struct Split {
  std::size_t at = 0;
  double ratio = 0;
};

Split best_split(std::span<const std::uint32_t> counts, std::size_t shortest) {
  const auto n = static_cast<double>(counts.size());
  const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
  const double whole = x_log_x_over(total, n);
  Split best;
  double left = 0;
  for (std::size_t at = 1; at < counts.size(); ++at) {
    left += counts[at - 1];
    if (at < shortest || counts.size() - at < shortest) continue;
    const auto a = static_cast<double>(at);
    const double ratio = x_log_x_over(left, a) + x_log_x_over(total - left, n - a) - whole;
    if (ratio > best.ratio) best = {at, ratio};
  }
  return best;
}

class Search {
 public:
  Search(const RhythmTerms& terms, Stop& stop) : terms_(terms), stop_(stop), chance_(terms.seed) {}

  void look(std::span<const std::uint32_t> counts, std::size_t offset, std::vector<Break>& out) {
    if (counts.size() < 2 * std::size_t{terms_.shortest} || stop_.look()) return;
    const Split split = best_split(counts, terms_.shortest);
    if (split.at == 0) return;
    const double chance = as_large(counts, split.ratio);
    if (chance > terms_.alarm) return;
    look(counts.first(split.at), offset, out);
    out.push_back({offset + split.at, 0, 0, chance});
    look(counts.subspan(split.at), offset + split.at, out);
  }

 private:
  double as_large(std::span<const std::uint32_t> counts, double ratio) {
    std::vector<std::uint32_t> shuffled(counts.begin(), counts.end());
    // Gives up as soon as the answer is no; the exact chance matters only when it is yes.
    const auto enough = static_cast<std::uint32_t>(terms_.alarm * (terms_.shuffles + 1.0));
    std::uint32_t larger = 0;
    for (std::uint32_t i = 0; i < terms_.shuffles && larger <= enough && !stop_.look(); ++i) {
      for (std::size_t at = shuffled.size(); at > 1; --at) std::swap(shuffled[at - 1], shuffled[chance_() % at]);
      if (best_split(shuffled, terms_.shortest).ratio >= ratio) ++larger;
    }
    return (larger + 1.0) / (terms_.shuffles + 1.0);
  }

  RhythmTerms terms_;
  Stop& stop_;
  std::mt19937 chance_;
};

double mean(std::span<const std::uint32_t> counts) {
  return counts.empty() ? 0 : std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
}

}  // namespace

std::vector<Break> find_breaks(std::span<const std::uint32_t> counts, const RhythmTerms& terms, Stop& stop) {
  std::vector<Break> out;
  Search(terms, stop).look(counts, 0, out);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t begin = i == 0 ? 0 : out[i - 1].at;
    const std::size_t end = i + 1 == out.size() ? counts.size() : out[i + 1].at;
    out[i].before_mean = mean(counts.subspan(begin, out[i].at - begin));
    out[i].after_mean = mean(counts.subspan(out[i].at, end - out[i].at));
  }
  return out;
}

}  // namespace entente::graph
