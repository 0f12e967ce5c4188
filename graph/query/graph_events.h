// The events that a question is about, found in a graph: of a pair, of some entities, by day. Inside graph/query only.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "graph/query/sides.h"

namespace entente::graph::query {

template <class G>
bool event_before(const G& graph, EventIx a, EventIx b) {
  const Day x = graph.happening(a).first;
  const Day y = graph.happening(b).first;
  if (x != y) return x < y;
  // The events of a frozen graph stand in the order of their ids.
  if constexpr (std::is_same_v<std::remove_const_t<G>, FrozenGraph>)
    return a < b;
  else
    return id_before(graph.event_id(a), graph.event_id(b));
}

// Events by day: a list of its own, or a part of one that a frozen graph holds, which must then be held, too.
class EventList {
 public:
  explicit EventList(std::vector<EventIx> own) : own_(std::move(own)), events_(own_) {}
  EventList(std::span<const EventIx> events, std::span<const Brief> briefs) : events_(events), briefs_(briefs) {}
  EventList(EventList&&) = default;  // what is in the vector stays where it is
  EventList& operator=(EventList&&) = default;
  EventList(const EventList&) = delete;
  EventList& operator=(const EventList&) = delete;

  std::size_t size() const { return events_.size(); }
  auto begin() const { return events_.begin(); }
  auto end() const { return events_.end(); }
  EventIx operator[](std::size_t at) const { return events_[at]; }
  // Of each event, when all have a first day in the period; else empty.
  std::span<const Brief> briefs() const { return briefs_; }

 private:
  std::vector<EventIx> own_;
  std::span<const EventIx> events_;
  std::span<const Brief> briefs_;
};

// A pair of parties has its list, cut to the period; what remains is to ask each event of it.
inline EventList events_of_pair(const Slice<const FrozenGraph>& slice, EntityIx a, EntityIx b) {
  const FrozenGraph& graph = slice.graph();
  const Terms& terms = slice.terms();
  const PairEvents pair = graph.pair(a, b);
  std::size_t low = 0;
  std::size_t high = terms.undated ? 0 : pair.dated;
  // No dated event lasts longer than this.
  const Day span = std::min(graph.incidents(a).span, graph.incidents(b).span);
  if (terms.has_period()) {
    const auto first_of = [&](const auto& at) { return static_cast<std::size_t>(at - pair.briefs.begin()); };
    const auto begin = pair.briefs.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(high);
    if (terms.from && *terms.from > kOpenStart + span)
      low = first_of(std::partition_point(begin, end, [&](const Brief& one) { return one.first < *terms.from - span; }));
    if (terms.to)
      high = first_of(std::partition_point(begin + static_cast<std::ptrdiff_t>(low), end,
                                           [&](const Brief& one) { return one.first <= *terms.to; }));
  }
  const bool sure = terms.plain() && terms.with.empty() && (span == 0 || !terms.from);
  if (sure && pair.dated == pair.events.size())
    return {pair.events.subspan(low, high - low), pair.briefs.subspan(low, high - low)};
  std::vector<EventIx> out;
  for (; low < high; ++low)
    if (sure || slice.admits(pair.events[low])) out.push_back(pair.events[low]);
  for (std::size_t at = pair.dated; at < pair.events.size(); ++at)
    if (slice.admits(pair.events[at])) out.push_back(pair.events[at]);
  const auto before = [&](EventIx x, EventIx y) { return event_before(graph, x, y); };
  if (pair.dated != pair.events.size()) std::sort(out.begin(), out.end(), before);
  return EventList(std::move(out));
}

// Events in which somebody of `left` and somebody else of `right` take part; of `left` alone when `right` is empty.
// By first day and id; those without a first day stand at the start, the undated ones too.
template <class G>
EventList events_between(const Slice<G>& slice, const std::vector<EntityIx>& left, const std::vector<EntityIx>& right,
                         Stop& stop) {
  G& graph = slice.graph();
  if constexpr (std::is_same_v<G, const FrozenGraph>) {
    if (left.size() == 1 && right.size() == 1 && left != right && FrozenGraph::is_party(graph.kind(left[0])) &&
        FrozenGraph::is_party(graph.kind(right[0])))
      return events_of_pair(slice, left[0], right[0]);
  }
  const auto weight = [&](const std::vector<EntityIx>& side) {
    std::size_t sum = 0;
    for (const EntityIx one : side) sum += graph.incidents(one).all;
    return sum;
  };
  const bool from_left = right.empty() || weight(left) <= weight(right);
  const std::vector<EntityIx>& walked = from_left ? left : right;
  const std::vector<EntityIx>& other = from_left ? right : left;
  std::vector<EventIx> out;
  for (const EntityIx one : walked)
    slice.each_event(one, [&](EventIx event) {
      const auto parts = graph.parts(event);
      const bool meets = other.empty() || std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
                           return part.who() != one && std::binary_search(other.begin(), other.end(), part.who());
                         });
      if (meets) out.push_back(event);
      return !stop.asked();
    });
  const auto before = [&](EventIx a, EventIx b) { return event_before(graph, a, b); };
  if (!std::is_sorted(out.begin(), out.end(), before)) std::sort(out.begin(), out.end(), before);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return EventList(std::move(out));
}

template <class G>
struct Asked {
  std::vector<EntityIx> left;
  std::vector<EntityIx> right;
  Terms terms;
};

template <class G>
Try<Asked<G>> asked_in(Context& context, G& graph) {
  const Query& query = *context.query;
  Asked<G> out;
  auto left = query.between.empty() ? side_in(context, graph, "of", query.of)
                                    : side_in(context, graph, "between[0]", query.between[0]);
  if (!left) return left.problem();
  out.left = std::move(*left);
  if (!query.between.empty()) {
    auto right = side_in(context, graph, "between[1]", query.between[1]);
    if (!right) return right.problem();
    out.right = std::move(*right);
  }
  auto terms = terms_in(context, graph);
  if (!terms) return terms.problem();
  out.terms = std::move(*terms);
  return out;
}

template <class G>
Try<EventList> events_asked_for(Context& context, G& graph) {
  auto asked = asked_in(context, graph);
  if (!asked) return asked.problem();
  return events_between(Slice<G>(graph, std::move(asked->terms)), asked->left, asked->right, context.stop);
}

}  // namespace entente::graph::query
