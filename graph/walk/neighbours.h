// Whom an entity deals with: everybody who takes part in one of its events, with how often.
#pragma once

#include <algorithm>
#include <boost/graph/graph_concepts.hpp>
#include <vector>

#include "graph/view/slice.h"
#include "graph/walk/marks.h"
#include "graph/walk/stop.h"

namespace entente::graph {

struct Neighbour {
  EntityIx entity = kNoIndex;
  std::uint32_t events = 0;
};

// The `limit` with most events, then by the order of ids; `total` is how many there are. `kinds`: bit n lets entities
// of kind n in; 0 lets all.
template <class G>
std::vector<Neighbour> neighbours(const Slice<G>& slice, EntityIx of, std::uint64_t kinds, std::size_t limit,
                                  std::size_t& total, Scratch& scratch, Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Slice<G>>));
  scratch.counts.clear();
  scratch.touched.clear();
  slice.each_event(of, [&](EventIx event) {
    for (const Part& part : slice.graph().parts(event)) {
      const bool fresh = !scratch.counts.has(part.who());
      if (++scratch.counts[part.who()] == 1 && fresh) scratch.touched.push_back(part.who());
    }
    return !stop.asked();
  });
  std::vector<Neighbour> out;
  for (const EntityIx entity : scratch.touched) {
    const bool let_in = kinds == 0 || (kinds >> static_cast<unsigned>(slice.graph().kind(entity)) & 1U) != 0;
    if (entity != of && let_in) out.push_back({entity, scratch.counts[entity]});
  }
  total = out.size();
  const auto more = [&](const Neighbour& a, const Neighbour& b) {
    return a.events != b.events ? a.events > b.events : slice.graph().before(a.entity, b.entity);
  };
  const std::size_t kept = std::min(limit, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(kept), out.end(), more);
  out.resize(kept);
  return out;
}

}  // namespace entente::graph
