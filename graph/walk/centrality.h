// Who stands in the middle: PageRank, degree, and betweenness from a sample of sources.
#pragma once

#include <algorithm>
#include <boost/graph/graph_concepts.hpp>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "graph/walk/stop.h"

namespace entente::graph {

// Brin and Page's PageRank by `iterations` rounds from the even distribution. `weight(arc)` is at least 0; a vertex
// whose arcs weigh nothing gives nothing on. REQUIRES: each edge is there in both directions with one weight.
template <class G, class WeightOf>
std::vector<double> page_rank(const G& graph, std::uint32_t iterations, double damping, WeightOf weight, Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<G>));
  const std::size_t n = num_vertices(graph);
  if (n == 0) return {};
  std::vector<double> rank(n, 1.0 / static_cast<double>(n));
  std::vector<double> next(n);
  std::vector<double> given(n);
  std::vector<double> total(n, 0);
  for (auto [at, end] = vertices(graph); at != end; ++at)
    for (auto [arc, last] = out_edges(*at, graph); arc != last; ++arc) total[*at] += weight(*arc);
  for (std::uint32_t round = 0; round < iterations && !stop.look(); ++round) {
    for (std::size_t i = 0; i < n; ++i) given[i] = total[i] > 0 ? rank[i] / total[i] : 0;
    for (auto [at, end] = vertices(graph); at != end; ++at) {
      double sum = 0;
      for (auto [arc, last] = out_edges(*at, graph); arc != last; ++arc)
        sum += given[target(*arc, graph)] * static_cast<double>(weight(*arc));
      next[*at] = (1 - damping) / static_cast<double>(n) + damping * sum;
    }
    rank.swap(next);
  }
  return rank;
}

// Brandes' algorithm (A faster algorithm for betweenness centrality, 2001) over unweighted steps, from `samples`
// sources drawn with this seed and scaled up to all of them; all sources when there are no more than that. Each pair
// counts once.
template <class G>
std::vector<double> betweenness(const G& graph, std::size_t samples, std::uint32_t seed, Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<G>));
  const std::size_t n = num_vertices(graph);
  std::vector<double> out(n, 0);
  std::vector<std::uint32_t> sources(n);
  std::iota(sources.begin(), sources.end(), 0U);
  if (samples < n) {
    // Drawn by hand: what std::shuffle does with a generator differs between libraries.
    std::mt19937 chance(seed);
    for (std::size_t i = 0; i < samples; ++i) std::swap(sources[i], sources[i + chance() % (n - i)]);
    sources.resize(samples);
  }
  std::vector<std::uint32_t> order;
  std::vector<std::int32_t> distance(n);
  std::vector<double> ways(n);
  std::vector<double> share(n);
  for (const std::uint32_t source_vertex : sources) {
    if (stop.look()) return out;
    order.clear();
    std::fill(distance.begin(), distance.end(), -1);
    std::fill(ways.begin(), ways.end(), 0.0);
    std::fill(share.begin(), share.end(), 0.0);
    distance[source_vertex] = 0;
    ways[source_vertex] = 1;
    order.push_back(source_vertex);
    for (std::size_t head = 0; head < order.size(); ++head) {
      const std::uint32_t vertex = order[head];
      for (auto [arc, last] = out_edges(vertex, graph); arc != last; ++arc) {
        const auto other = target(*arc, graph);
        if (distance[other] < 0) {
          distance[other] = distance[vertex] + 1;
          order.push_back(other);
        }
        if (distance[other] == distance[vertex] + 1) ways[other] += ways[vertex];
      }
    }
    for (std::size_t at = order.size(); at-- > 1;) {
      const std::uint32_t vertex = order[at];
      for (auto [arc, last] = out_edges(vertex, graph); arc != last; ++arc) {
        const auto other = target(*arc, graph);
        if (distance[other] == distance[vertex] - 1) share[other] += ways[other] / ways[vertex] * (1 + share[vertex]);
      }
      out[vertex] += share[vertex];
    }
  }
  const double scale = sources.empty() ? 0 : static_cast<double>(n) / static_cast<double>(sources.size()) / 2;
  for (double& one : out) one *= scale;
  return out;
}

}  // namespace entente::graph
