// Which entities hang together.
#pragma once

#include <boost/graph/graph_concepts.hpp>
#include <vector>

#include "graph/walk/stop.h"

namespace entente::graph {

struct Components {
  std::vector<std::uint32_t> of;  // the component of each vertex, numbered in the order of their first vertices
  std::vector<std::uint32_t> sizes;
};

// REQUIRES: each edge is there in both directions, and vertices are the numbers from 0 on.
template <class G>
Components components(const G& graph, Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<G>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<G>));
  Components out;
  constexpr std::uint32_t kNew = ~std::uint32_t{0};
  out.of.assign(num_vertices(graph), kNew);
  // When every vertex has its component the edges that are left say nothing: most graphs of relations hang together, and
  // are known after a small part of their edges.
  std::size_t left = num_vertices(graph);
  std::vector<std::uint32_t> open;
  const auto reached = [&](std::uint32_t vertex, std::uint32_t number) {
    out.of[vertex] = number;
    ++out.sizes[number];
    --left;
    open.push_back(vertex);
  };
  for (auto [at, end] = vertices(graph); at != end; ++at) {
    if (out.of[*at] != kNew) continue;
    const auto number = static_cast<std::uint32_t>(out.sizes.size());
    out.sizes.push_back(0);
    reached(*at, number);
    while (!open.empty() && left != 0) {
      if (stop.asked()) return out;
      const auto vertex = open.back();
      open.pop_back();
      for (auto [arc, last] = out_edges(vertex, graph); arc != last; ++arc) {
        const auto other = target(*arc, graph);
        if (out.of[other] == kNew) reached(other, number);
      }
    }
  }
  return out;
}

}  // namespace entente::graph
