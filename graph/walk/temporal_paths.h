// Paths that time allows: each step not earlier than the one before it. "Who could have carried word from A to B?"
#pragma once

#include <boost/graph/graph_concepts.hpp>
#include <queue>
#include <unordered_map>
#include <vector>

#include "graph/view/slice.h"
#include "graph/walk/paths.h"

namespace entente::graph {

struct TimedPath {
  Path path;
  std::vector<Day> days;  // of each step, the first day on which it can have been
};

enum class TimedGoal : std::uint8_t { earliest_arrival = 1, fewest_steps = 2 };

namespace walk_detail {

struct Stay {  // somebody was reached on a day, over an event, from an earlier stay
  EntityIx entity = kNoIndex;
  Day day = kOpenStart;
  EventIx over = kNoIndex;
  std::uint32_t before = kNoIndex;
  std::uint32_t steps = 0;
};

inline TimedPath timed_path(const std::vector<Stay>& stays, std::uint32_t last) {
  TimedPath out;
  for (std::uint32_t at = last; at != kNoIndex; at = stays[at].before) {
    out.path.entities.push_back(stays[at].entity);
    if (stays[at].before == kNoIndex) continue;
    out.path.events.push_back(stays[at].over);
    out.days.push_back(stays[at].day);
  }
  std::reverse(out.path.entities.begin(), out.path.entities.end());
  std::reverse(out.path.events.begin(), out.path.events.end());
  std::reverse(out.days.begin(), out.days.end());
  return out;
}

// Each step that can follow a stay: the events of its entity that do not end before its day, with the first day on
// which the step can be. An event without any known day carries nothing.
template <class G, class Visit>
void each_departure(const Slice<G>& slice, const Stay& stay, const PathBounds& bounds, EntityIx to, Visit visit) {
  for (auto [to_event, end] = out_edges(entity_vertex(stay.entity), slice); to_event != end; ++to_event) {
    const EventIx event = index_of(target(*to_event, slice));
    const Happening& one = slice.graph().happening(event);
    if (one.undated() || one.last < stay.day) continue;
    const Day day = std::max(stay.day, one.first);
    for (auto [to_entity, last] = out_edges(event_vertex(event), slice); to_entity != last; ++to_entity) {
      const EntityIx entity = target(*to_entity, slice);
      const bool kind_ok = bounds.through == 0 || entity == to ||
                           (bounds.through >> static_cast<unsigned>(slice.graph().kind(entity)) & 1U) != 0;
      if (kind_ok) visit(entity, day, event);
    }
  }
}

template <class G>
TimedPath earliest(const Slice<G>& slice, EntityIx from, EntityIx to, Day start, const PathBounds& bounds, Stop& stop) {
  std::vector<Stay> stays{{from, start, kNoIndex, kNoIndex, 0}};
  std::unordered_map<EntityIx, Day> best{{from, start}};
  std::unordered_map<EntityIx, bool> settled;
  // The earlier day first; on one day, the fewer steps and then who was found first.
  const auto later = [&](std::uint32_t a, std::uint32_t b) {
    if (stays[a].day != stays[b].day) return stays[a].day > stays[b].day;
    return stays[a].steps != stays[b].steps ? stays[a].steps > stays[b].steps : a > b;
  };
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, decltype(later)> queue(later);
  queue.push(0);
  while (!queue.empty()) {
    if (stop.asked()) return {};
    const std::uint32_t at = queue.top();
    queue.pop();
    const Stay stay = stays[at];
    if (stay.entity == to) return timed_path(stays, at);
    if (std::exchange(settled[stay.entity], true)) continue;
    each_departure(slice, stay, bounds, to, [&](EntityIx entity, Day day, EventIx over) {
      const auto [known, fresh] = best.try_emplace(entity, day);
      if (!fresh && known->second <= day) return;
      known->second = day;
      stays.push_back({entity, day, over, at, stay.steps + 1});
      queue.push(static_cast<std::uint32_t>(stays.size() - 1));
    });
  }
  return {};
}

template <class G>
TimedPath fewest(const Slice<G>& slice, EntityIx from, EntityIx to, Day start, const PathBounds& bounds, Stop& stop) {
  std::vector<Stay> stays{{from, start, kNoIndex, kNoIndex, 0}};
  std::unordered_map<EntityIx, Day> best{{from, start}};
  std::vector<std::uint32_t> frontier{0};
  for (std::uint32_t step = 1; step <= bounds.steps_max && !frontier.empty(); ++step) {
    std::unordered_map<EntityIx, std::uint32_t> reached;  // at this step, the stay with the earliest day
    std::vector<EntityIx> order;
    for (const std::uint32_t at : frontier) {
      if (stop.asked()) return {};
      const Stay stay = stays[at];
      each_departure(slice, stay, bounds, to, [&](EntityIx entity, Day day, EventIx over) {
        const auto [known, fresh] = best.try_emplace(entity, day);
        if (!fresh && known->second <= day) return;
        known->second = day;
        stays.push_back({entity, day, over, at, step});
        if (reached.insert_or_assign(entity, static_cast<std::uint32_t>(stays.size() - 1)).second)
          order.push_back(entity);
      });
    }
    if (const auto found = reached.find(to); found != reached.end()) return timed_path(stays, found->second);
    std::sort(order.begin(), order.end(), [&](EntityIx a, EntityIx b) { return slice.graph().before(a, b); });
    frontier.clear();
    for (const EntityIx entity : order) frontier.push_back(reached.at(entity));
  }
  return {};
}

}  // namespace walk_detail

// Starting on the first day of the slice's period. Earliest arrival does not count steps: bounds.steps_max is for
// fewest steps. Empty when there is none.
template <class G>
TimedPath timed_path(const Slice<G>& slice, EntityIx from, EntityIx to, TimedGoal goal, const PathBounds& bounds,
                     Stop& stop) {
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Slice<G>>));
  const Day start = slice.terms().from.value_or(kOpenStart);
  if (from == to) return {Path{{from}, {}}, {}};
  return goal == TimedGoal::earliest_arrival ? walk_detail::earliest(slice, from, to, start, bounds, stop)
                                             : walk_detail::fewest(slice, from, to, start, bounds, stop);
}

}  // namespace entente::graph
