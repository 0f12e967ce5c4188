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
  std::vector<std::uint32_t> open;
  for (auto [at, end] = vertices(graph); at != end; ++at) {
    if (out.of[*at] != kNew) continue;
    const auto number = static_cast<std::uint32_t>(out.sizes.size());
    out.sizes.push_back(0);
    out.of[*at] = number;
    open.push_back(*at);
    while (!open.empty()) {
      if (stop.asked()) return out;
      const auto vertex = open.back();
      open.pop_back();
      ++out.sizes[number];
      for (auto [arc, last] = out_edges(vertex, graph); arc != last; ++arc) {
        const auto other = target(*arc, graph);
        if (out.of[other] != kNew) continue;
        out.of[other] = number;
        open.push_back(other);
      }
    }
  }
  return out;
}

}  // namespace entente::graph
