// Paths between entities through the events that they share: the shortest, and the k shortest without a loop.
#pragma once

#include <algorithm>
#include <boost/graph/graph_concepts.hpp>
#include <set>
#include <vector>

#include "graph/view/slice.h"
#include "graph/walk/marks.h"
#include "graph/walk/stop.h"

namespace entente::graph {

// Entities from one end to the other, and between each two the event that joins them: the first by day and id.
struct Path {
  std::vector<EntityIx> entities;
  std::vector<EventIx> events;
  std::size_t steps() const { return events.size(); }
  friend bool operator==(const Path&, const Path&) = default;
};

struct PathBounds {
  std::uint32_t steps_max = 16;
  std::uint64_t through = 0;  // kinds that may stand between the ends, as bits; 0: all
};

namespace walk_detail {

// One end of a walk that goes towards another from both ends.
template <class G>
class Front {
 public:
  Front(EntityIx start, Marks& events, Marked<Came>& came)
      : events_(events), came_(came), start_(start), frontier_{start} {
    events_.clear();
    came_.clear();
    came_[start] = {};
  }
  bool has(EntityIx entity) const { return came_.has(entity); }
  bool empty() const { return frontier_.empty(); }
  std::uint32_t steps() const { return steps_; }
  std::size_t cost(const Slice<G>& slice) const {
    std::size_t sum = 0;
    for (const EntityIx entity : frontier_) sum += slice.graph().incidents(entity).all;
    return sum;
  }
  // One step on. Gives the entity of `other` that was met, kNoIndex when none was.
  template <class Allowed>
  EntityIx advance(const Slice<G>& slice, const Front& other, EntityIx goal, Allowed allowed, Stop& stop) {
    std::vector<EntityIx> next;
    ++steps_;
    for (const EntityIx from : frontier_) {
      if (stop.asked()) return kNoIndex;
      for (auto [to_event, end] = out_edges(entity_vertex(from), slice); to_event != end; ++to_event) {
        const Vertex event = target(*to_event, slice);
        if (!events_.mark(index_of(event))) continue;
        for (auto [to_entity, last] = out_edges(event, slice); to_entity != last; ++to_entity) {
          const EntityIx entity = target(*to_entity, slice);
          if (entity != goal && !allowed(entity)) continue;
          if (came_.has(entity)) continue;
          came_[entity] = {from, index_of(event)};
          if (other.has(entity)) return entity;
          next.push_back(entity);
        }
      }
    }
    // In the order of ids, so that the path found is the same in any graph.
    std::sort(next.begin(), next.end(), [&](EntityIx a, EntityIx b) { return slice.graph().before(a, b); });
    frontier_.swap(next);
    return kNoIndex;
  }
  // From the start to `to`.
  Path path_to(EntityIx to) const {
    Path out;
    for (EntityIx at = to; at != start_;) {
      const Came came = came_[at];
      out.entities.push_back(at);
      out.events.push_back(came.over);
      at = came.from;
    }
    out.entities.push_back(start_);
    std::reverse(out.entities.begin(), out.entities.end());
    std::reverse(out.events.begin(), out.events.end());
    return out;
  }

 private:
  Marks& events_;
  Marked<Came>& came_;
  EntityIx start_;
  std::uint32_t steps_ = 0;
  std::vector<EntityIx> frontier_;
};

}  // namespace walk_detail

// From both ends at once, each time where there is less to look at. Empty when there is none within the bounds.
template <class G>
Path shortest_path(const Slice<G>& slice, EntityIx from, EntityIx to, const PathBounds& bounds, Scratch& scratch,
                   Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Slice<G>>));
  if (from == to) return Path{{from}, {}};
  const auto allowed = [&](EntityIx entity) {
    return bounds.through == 0 || (bounds.through >> static_cast<unsigned>(slice.graph().kind(entity)) & 1U) != 0;
  };
  walk_detail::Front<G> near(from, scratch.events, scratch.came);
  walk_detail::Front<G> far(to, scratch.other_events, scratch.other_came);
  while (!near.empty() && !far.empty() && near.steps() + far.steps() < bounds.steps_max) {
    const bool forward = near.cost(slice) <= far.cost(slice);
    const EntityIx met =
        forward ? near.advance(slice, far, to, allowed, stop) : far.advance(slice, near, from, allowed, stop);
    if (stop.why() != Stop::Why::none) return {};
    if (met == kNoIndex) continue;
    Path out = near.path_to(met);
    Path rest = far.path_to(met);
    out.entities.insert(out.entities.end(), rest.entities.rbegin() + 1, rest.entities.rend());
    out.events.insert(out.events.end(), rest.events.rbegin(), rest.events.rend());
    return out;
  }
  return {};
}

namespace walk_detail {

// The shortest path that starts with none of `first_banned` as its second entity and passes none of `banned`.
template <class G>
Path shortest_around(const Slice<G>& slice, EntityIx from, EntityIx to, const PathBounds& bounds,
                     const std::set<EntityIx>& banned, const std::set<EntityIx>& first_banned, Scratch& scratch,
                     Stop& stop) {
  Marked<Came>& came = scratch.came;
  came.clear();
  came[from] = {};
  std::vector<EntityIx> frontier{from};
  scratch.events.clear();
  for (std::uint32_t step = 1; step <= bounds.steps_max && !frontier.empty(); ++step) {
    std::vector<EntityIx> next;
    for (const EntityIx at : frontier) {
      if (stop.asked()) return {};
      for (auto [to_event, end] = out_edges(entity_vertex(at), slice); to_event != end; ++to_event) {
        const Vertex event = target(*to_event, slice);
        // An event through which somebody may not be reached in the first step can lead there in the second.
        const auto parts = slice.graph().parts(index_of(event));
        const bool again = at == from && std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
                             return first_banned.count(part.who()) != 0;
                           });
        if (!again && !scratch.events.mark(index_of(event))) continue;
        for (auto [to_entity, last] = out_edges(event, slice); to_entity != last; ++to_entity) {
          const EntityIx entity = target(*to_entity, slice);
          if (banned.count(entity) != 0 || (at == from && first_banned.count(entity) != 0)) continue;
          const bool kind_ok = bounds.through == 0 || entity == to ||
                               (bounds.through >> static_cast<unsigned>(slice.graph().kind(entity)) & 1U) != 0;
          if (!kind_ok || came.has(entity)) continue;
          came[entity] = {at, index_of(event)};
          next.push_back(entity);
        }
      }
    }
    if (came.has(to)) {
      Path out;
      for (EntityIx one = to; one != from; one = came[one].from) {
        out.entities.push_back(one);
        out.events.push_back(came[one].over);
      }
      out.entities.push_back(from);
      std::reverse(out.entities.begin(), out.entities.end());
      std::reverse(out.events.begin(), out.events.end());
      return out;
    }
    std::sort(next.begin(), next.end(), [&](EntityIx a, EntityIx b) { return slice.graph().before(a, b); });
    frontier.swap(next);
  }
  return {};
}

}  // namespace walk_detail

// Yen's algorithm (Finding the k shortest loopless paths in a network, 1971): at most k paths that differ in the
// entities on the way, shorter first, then by the ids on the way.
template <class G>
std::vector<Path> k_shortest_paths(const Slice<G>& slice, EntityIx from, EntityIx to, std::size_t k,
                                   const PathBounds& bounds, Scratch& scratch, Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Slice<G>>));
  std::vector<Path> found;
  if (from == to) return {Path{{from}, {}}};
  const auto before = [&](const Path& a, const Path& b) {
    if (a.steps() != b.steps()) return a.steps() < b.steps();
    return std::lexicographical_compare(a.entities.begin(), a.entities.end(), b.entities.begin(), b.entities.end(),
                                        [&](EntityIx x, EntityIx y) { return slice.graph().before(x, y); });
  };
  std::vector<Path> candidates;
  Path first = walk_detail::shortest_around(slice, from, to, bounds, {}, {}, scratch, stop);
  if (!first.entities.empty()) candidates.push_back(std::move(first));
  while (found.size() < k && !candidates.empty() && stop.why() == Stop::Why::none) {
    const auto best = std::min_element(candidates.begin(), candidates.end(), before);
    Path taken = std::move(*best);
    candidates.erase(best);
    found.push_back(taken);
    for (std::size_t spur = 0; spur + 1 < taken.entities.size(); ++spur) {
      const std::set<EntityIx> root(taken.entities.begin(), taken.entities.begin() + static_cast<std::ptrdiff_t>(spur));
      std::set<EntityIx> gone;
      for (const Path& path : found)
        if (path.entities.size() > spur + 1 &&
            std::equal(path.entities.begin(), path.entities.begin() + static_cast<std::ptrdiff_t>(spur) + 1,
                       taken.entities.begin()))
          gone.insert(path.entities[spur + 1]);
      PathBounds rest = bounds;
      rest.steps_max = bounds.steps_max - static_cast<std::uint32_t>(spur);
      Path detour = walk_detail::shortest_around(slice, taken.entities[spur], to, rest, root, gone, scratch, stop);
      if (detour.entities.empty()) continue;
      Path whole;
      whole.entities.assign(taken.entities.begin(), taken.entities.begin() + static_cast<std::ptrdiff_t>(spur));
      whole.events.assign(taken.events.begin(), taken.events.begin() + static_cast<std::ptrdiff_t>(spur));
      whole.entities.insert(whole.entities.end(), detour.entities.begin(), detour.entities.end());
      whole.events.insert(whole.events.end(), detour.events.begin(), detour.events.end());
      const auto same = [&](const Path& path) { return path.entities == whole.entities; };
      if (std::none_of(candidates.begin(), candidates.end(), same)) candidates.push_back(std::move(whole));
    }
  }
  return found;
}

}  // namespace entente::graph
