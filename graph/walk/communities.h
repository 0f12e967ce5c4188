// Groups of entities that deal with each other more than with others: the Louvain method (Blondel and others, Fast
// unfolding of communities in large networks, 2008), with vertices always taken in the order of ids and ties to the
// community of the lowest vertex, so that the same graph gives the same groups.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/walk/projection.h"
#include "graph/walk/stop.h"

namespace entente::graph {

struct Communities {
  std::vector<std::uint32_t> of;  // of each node; the largest community is 0, ties in the order of the lowest node
  std::vector<std::uint32_t> sizes;
  double modularity = 0;
};

Communities communities(const Projection& graph, double resolution, Stop& stop);

}  // namespace entente::graph
