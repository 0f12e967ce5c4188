#include "graph/walk/communities.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace entente::graph {
namespace {

// A weighted graph of one level: at first the projection, then the communities of the level before.
struct Layer {
  std::vector<std::vector<std::pair<std::uint32_t, double>>> arcs;  // without those to itself
  std::vector<double> own;                                          // what stays inside, counted in both directions
  std::vector<double> degree;                                       // with what stays inside
  double total = 0;                                                 // of all degrees
};

Layer first_level(const Projection& graph) {
  Layer out;
  const auto n = static_cast<std::uint32_t>(graph.nodes());
  out.arcs.resize(n);
  out.own.assign(n, 0);
  out.degree.assign(n, 0);
  for (std::uint32_t node = 0; node < n; ++node)
    for (std::uint64_t arc = graph.begin(node); arc < graph.begin(node + 1); ++arc) {
      const double weight = double{graph.weight(arc)};
      if (weight <= 0) continue;
      out.arcs[node].emplace_back(graph.to(arc), weight);
      out.degree[node] += weight;
    }
  out.total = std::accumulate(out.degree.begin(), out.degree.end(), 0.0);
  return out;
}

// Moves vertices to the neighbouring community that gains most until a round moves none. True when any moved.
bool move_all(const Layer& level, double resolution, std::vector<std::uint32_t>& of, Stop& stop) {
  const std::size_t n = level.arcs.size();
  of.resize(n);
  std::iota(of.begin(), of.end(), 0U);
  std::vector<double> sum = level.degree;
  std::vector<double> toward(n, 0);
  std::vector<std::uint32_t> near;
  bool any = false;
  constexpr int kRoundsMax = 64;
  for (int round = 0; round < kRoundsMax; ++round) {
    std::size_t moved = 0;
    for (std::uint32_t node = 0; node < n; ++node) {
      if (stop.asked()) return any;
      near.clear();
      for (const auto& [other, weight] : level.arcs[node]) {
        if (toward[of[other]] == 0) near.push_back(of[other]);
        toward[of[other]] += weight;
      }
      const std::uint32_t before = of[node];
      sum[before] -= level.degree[node];
      const auto gain = [&](std::uint32_t to) {
        return toward[to] - resolution * sum[to] * level.degree[node] / level.total;
      };
      std::uint32_t best = before;
      double best_gain = gain(before);
      std::sort(near.begin(), near.end());
      constexpr double kLeast = 1e-12;
      for (const std::uint32_t to : near)
        if (gain(to) > best_gain + kLeast) {
          best = to;
          best_gain = gain(to);
        }
      sum[best] += level.degree[node];
      of[node] = best;
      if (best != before) ++moved;
      for (const std::uint32_t to : near) toward[to] = 0;
    }
    if (moved == 0) break;
    any = true;
  }
  return any;
}

// Numbers communities from 0 on in the order of their first vertices.
std::uint32_t renumber(std::vector<std::uint32_t>& of) {
  std::vector<std::uint32_t> numbers(of.size(), kNoIndex);
  std::uint32_t next = 0;
  for (std::uint32_t& one : of) {
    if (numbers[one] == kNoIndex) numbers[one] = next++;
    one = numbers[one];
  }
  return next;
}

Layer next_level(const Layer& level, const std::vector<std::uint32_t>& of, std::uint32_t count) {
  Layer out;
  out.arcs.resize(count);
  out.own.assign(count, 0);
  out.degree.assign(count, 0);
  out.total = level.total;
  std::vector<std::map<std::uint32_t, double>> sums(count);
  for (std::uint32_t node = 0; node < level.arcs.size(); ++node) {
    out.own[of[node]] += level.own[node];
    out.degree[of[node]] += level.degree[node];
    for (const auto& [other, weight] : level.arcs[node]) {
      if (of[other] == of[node])
        out.own[of[node]] += weight;
      else
        sums[of[node]][of[other]] += weight;
    }
  }
  for (std::uint32_t node = 0; node < count; ++node) out.arcs[node].assign(sums[node].begin(), sums[node].end());
  return out;
}

double modularity_of(const Layer& level, double resolution) {
  if (level.total <= 0) return 0;
  double out = 0;
  for (std::size_t node = 0; node < level.own.size(); ++node) {
    const double part = level.degree[node] / level.total;
    out += level.own[node] / level.total - resolution * part * part;
  }
  return out;
}

}  // namespace

Communities communities(const Projection& graph, double resolution, Stop& stop) {
  Communities out;
  out.of.resize(graph.nodes());
  std::iota(out.of.begin(), out.of.end(), 0U);
  Layer level = first_level(graph);
  if (level.total > 0) {
    std::vector<std::uint32_t> moved;
    while (move_all(level, resolution, moved, stop) && stop.why() == Stop::Why::none) {
      const std::uint32_t count = renumber(moved);
      for (std::uint32_t& one : out.of) one = moved[one];
      if (count == level.arcs.size()) break;
      level = next_level(level, moved, count);
    }
  }
  out.modularity = modularity_of(level, resolution);
  const std::uint32_t count = renumber(out.of);
  std::vector<std::uint32_t> sizes(count, 0);
  for (const std::uint32_t one : out.of) ++sizes[one];
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return sizes[a] > sizes[b]; });
  std::vector<std::uint32_t> place(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    place[order[i]] = i;
    out.sizes.push_back(sizes[order[i]]);
  }
  for (std::uint32_t& one : out.of) one = place[one];
  return out;
}

}  // namespace entente::graph
