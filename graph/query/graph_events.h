// The events that a question is about, found in a graph: of a pair, of some entities, by day. Inside graph/query only.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "graph/query/sides.h"

namespace entente::graph::query {

template <class G>
bool event_before(const G& graph, EventIx a, EventIx b) {
  const Day x = graph.happening(a).first;
  const Day y = graph.happening(b).first;
  return x != y ? x < y : id_before(graph.event_id(a), graph.event_id(b));
}

// A pair of parties has its list, cut to the period; what remains is to ask each event of it.
inline void each_of_pair(const Slice<const FrozenGraph>& slice, EntityIx a, EntityIx b, std::vector<EventIx>& out) {
  const FrozenGraph& graph = slice.graph();
  const Terms& terms = slice.terms();
  const PairEvents pair = graph.pair(a, b);
  if (terms.plain() && terms.with.empty() && !terms.has_period()) {
    out.assign(pair.events.begin(), pair.events.end());
    return;
  }
  const EventIx* low = pair.events.data();
  const EventIx* high = low + pair.dated;
  const EventIx* const tail = high;
  if (terms.undated) high = low;
  if (terms.has_period()) {
    // No dated event lasts longer than this.
    const Day span = std::min(graph.incidents(a).span, graph.incidents(b).span);
    if (terms.from && *terms.from > kOpenStart + span)
      low = std::partition_point(low, high,
                                 [&](EventIx event) { return graph.happening(event).first < *terms.from - span; });
    if (terms.to)
      high = std::partition_point(low, high, [&](EventIx event) { return graph.happening(event).first <= *terms.to; });
  }
  for (; low < high; ++low)
    if (slice.admits(*low)) out.push_back(*low);
  for (const EventIx* at = tail; at != pair.events.data() + pair.events.size(); ++at)
    if (slice.admits(*at)) out.push_back(*at);
}

// Events in which somebody of `left` and somebody else of `right` take part; of `left` alone when `right` is empty.
// By first day and id; those without a first day stand at the start, the undated ones too.
template <class G>
std::vector<EventIx> events_between(const Slice<G>& slice, const std::vector<EntityIx>& left,
                                    const std::vector<EntityIx>& right, Stop& stop) {
  G& graph = slice.graph();
  std::vector<EventIx> out;
  bool sorted = false;
  if constexpr (std::is_same_v<G, const FrozenGraph>) {
    if (left.size() == 1 && right.size() == 1 && left != right && FrozenGraph::is_party(graph.kind(left[0])) &&
        FrozenGraph::is_party(graph.kind(right[0]))) {
      each_of_pair(slice, left[0], right[0], out);
      sorted = true;
    }
  }
  if (!sorted) {
    const auto weight = [&](const std::vector<EntityIx>& side) {
      std::size_t sum = 0;
      for (const EntityIx one : side) sum += graph.incidents(one).all;
      return sum;
    };
    const bool from_left = right.empty() || weight(left) <= weight(right);
    const std::vector<EntityIx>& walked = from_left ? left : right;
    const std::vector<EntityIx>& other = from_left ? right : left;
    for (const EntityIx one : walked)
      slice.each_event(one, [&](EventIx event) {
        const auto parts = graph.parts(event);
        const bool meets = other.empty() || std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
                             return part.who() != one && std::binary_search(other.begin(), other.end(), part.who());
                           });
        if (meets) out.push_back(event);
        return !stop.asked();
      });
  }
  const auto before = [&](EventIx a, EventIx b) { return event_before(graph, a, b); };
  if (!std::is_sorted(out.begin(), out.end(), before)) std::sort(out.begin(), out.end(), before);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
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
Try<std::vector<EventIx>> events_asked_for(Context& context, G& graph) {
  auto asked = asked_in(context, graph);
  if (!asked) return asked.problem();
  return events_between(Slice<G>(graph, std::move(asked->terms)), asked->left, asked->right, context.stop);
}

}  // namespace entente::graph::query
