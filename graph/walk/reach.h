// Who lies within so many steps: a step leads over one event to all who take part in it.
#pragma once

#include <boost/graph/graph_concepts.hpp>
#include <vector>

#include "graph/view/slice.h"
#include "graph/walk/marks.h"
#include "graph/walk/stop.h"

namespace entente::graph {

struct Reached {
  EntityIx entity = kNoIndex;
  std::uint32_t steps = 0;
};

struct Reach {
  std::vector<Reached> entities;  // without the starts; by steps
  std::vector<EventIx> events;    // walked over, each once
  bool whole = true;              // false: stopped, or more than entities_max
};

template <class G>
Reach reach(const Slice<G>& slice, const std::vector<EntityIx>& starts, std::uint32_t steps_max,
            std::size_t entities_max, bool keep_events, Scratch& scratch, Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Slice<G>>));
  Reach out;
  scratch.entities.clear();
  scratch.events.clear();
  std::vector<EntityIx> frontier = starts;
  for (const EntityIx start : starts) scratch.entities.mark(start);
  std::vector<EntityIx> next;
  for (std::uint32_t step = 1; step <= steps_max && !frontier.empty(); ++step) {
    next.clear();
    for (const EntityIx from : frontier) {
      if (stop.asked()) return out.whole = false, out;
      for (auto [to_event, end] = out_edges(entity_vertex(from), slice); to_event != end; ++to_event) {
        const Vertex event = target(*to_event, slice);
        if (!scratch.events.mark(index_of(event))) continue;
        if (keep_events) out.events.push_back(index_of(event));
        for (auto [to_entity, last] = out_edges(event, slice); to_entity != last; ++to_entity) {
          const EntityIx entity = target(*to_entity, slice);
          if (!scratch.entities.mark(entity)) continue;
          if (out.entities.size() == entities_max) return out.whole = false, out;
          out.entities.push_back({entity, step});
          next.push_back(entity);
        }
      }
    }
    frontier.swap(next);
  }
  return out;
}

}  // namespace entente::graph
