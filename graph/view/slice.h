// A graph of entities and events seen through terms: only events that count, only entities that may be walked through.
// It models Boost.Graph's incidence concept over any graph that has incidents(), parts() and happening(): the frozen
// one, which holds a whole snapshot, and the lazy one, which reads what a walk touches. Nothing is copied.
#pragma once

#include <algorithm>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <utility>

#include "graph/view/happening.h"

namespace entente::graph {

// Entities and events in one numbering: the top bit says which.
using Vertex = std::uint32_t;
inline constexpr Vertex kEventBit = Vertex{1} << 31U;
inline Vertex entity_vertex(EntityIx entity) { return entity; }
inline Vertex event_vertex(EventIx event) { return event | kEventBit; }
inline bool is_event(Vertex vertex) { return (vertex & kEventBit) != 0; }
inline std::uint32_t index_of(Vertex vertex) { return vertex & ~kEventBit; }

struct Edge {
  Vertex source = 0;
  Vertex target = 0;
  friend bool operator==(const Edge&, const Edge&) = default;
};

template <class G>
class Slice {
 public:
  // The graph outlives the slice.
  Slice(G& graph, Terms terms)
      : graph_(&graph), terms_(std::move(terms)), plain_(terms_.plain() && terms_.with.empty()) {}

  G& graph() const { return *graph_; }
  const Terms& terms() const { return terms_; }

  bool admits(EventIx event) const {
    return terms_.admits(graph_->happening(event)) && (terms_.with.empty() || with_somebody(event));
  }
  // The events of an entity from which the period can begin, as [begin, end) among the dated ones and the rest.
  struct Range {
    const EventIx* begin = nullptr;
    const EventIx* end = nullptr;
    const EventIx* tail = nullptr;
    const EventIx* tail_end = nullptr;
    bool sure = false;  // each of [begin, end) counts; those of the tail must be asked
  };
  Range range(EntityIx entity) const {
    const Incidents own = graph_->incidents(entity);
    const Day* const firsts = own.firsts;
    std::size_t low = 0;
    std::size_t high = own.dated;
    if (terms_.undated) high = 0;
    if (terms_.has_period()) {
      if (terms_.from && *terms_.from > kOpenStart + own.span)
        low = static_cast<std::size_t>(std::lower_bound(firsts, firsts + own.dated, *terms_.from - own.span) - firsts);
      if (terms_.to)
        high = static_cast<std::size_t>(std::upper_bound(firsts + low, firsts + own.dated, *terms_.to) - firsts);
    }
    return {own.events + low, own.events + high, own.events + own.dated, own.events + own.all,
            plain_ && (own.span == 0 || !terms_.from)};
  }
  // Each event of the entity that counts, by first day; `visit` gives false to stop.
  template <class Visit>
  bool each_event(EntityIx entity, Visit visit) const {
    const Range own = range(entity);
    for (const EventIx* at = own.begin; at != own.end; ++at)
      if ((own.sure || admits(*at)) && !visit(*at)) return false;
    for (const EventIx* at = own.tail; at != own.tail_end; ++at)
      if (admits(*at) && !visit(*at)) return false;
    return true;
  }

 private:
  bool with_somebody(EventIx event) const {
    for (const Part& part : graph_->parts(event))
      if (std::find(terms_.with.begin(), terms_.with.end(), part.who()) != terms_.with.end()) return true;
    return false;
  }

  G* graph_;
  Terms terms_;
  bool plain_;
};

// From an entity to its events that count, from an event to those who take part.
template <class G>
class OutEdges : public boost::iterator_facade<OutEdges<G>, Edge, boost::forward_traversal_tag, Edge> {
 public:
  OutEdges() = default;
  OutEdges(const Slice<G>& slice, Vertex source, bool at_end) : slice_(&slice), source_(source) {
    if (is_event(source)) {
      const auto parts = slice.graph().parts(index_of(source));
      part_ = at_end ? parts.data() + parts.size() : parts.data();
    } else {
      range_ = slice.range(source);
      at_ = at_end ? range_.tail_end : range_.begin;
      if (!at_end) settle();
    }
  }

 private:
  friend class boost::iterator_core_access;

  Edge dereference() const { return {source_, is_event(source_) ? entity_vertex(part_->who()) : event_vertex(*at_)}; }
  bool equal(const OutEdges& other) const { return at_ == other.at_ && part_ == other.part_; }
  void increment() {
    if (is_event(source_)) {
      ++part_;
      return;
    }
    ++at_;
    settle();
  }
  // Goes on to the next event that counts, from the dated ones over to the tail.
  void settle() {
    if (!in_tail_) {
      while (at_ != range_.end && !range_.sure && !slice_->admits(*at_)) ++at_;
      if (at_ != range_.end) return;
      in_tail_ = true;
      at_ = range_.tail;
    }
    while (at_ != range_.tail_end && !slice_->admits(*at_)) ++at_;
  }

  const Slice<G>* slice_ = nullptr;
  Vertex source_ = 0;
  typename Slice<G>::Range range_;
  const EventIx* at_ = nullptr;
  const Part* part_ = nullptr;
  bool in_tail_ = false;
};

struct SliceCategory : virtual boost::incidence_graph_tag {};

}  // namespace entente::graph

template <class G>
struct boost::graph_traits<entente::graph::Slice<G>> {
  using vertex_descriptor = entente::graph::Vertex;
  using edge_descriptor = entente::graph::Edge;
  using directed_category = boost::directed_tag;  // each edge is walked both ways, as two
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  using traversal_category = entente::graph::SliceCategory;
  using out_edge_iterator = entente::graph::OutEdges<G>;
  using degree_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return entente::graph::kNoIndex; }
};

namespace entente::graph {

template <class G>
std::pair<OutEdges<G>, OutEdges<G>> out_edges(Vertex vertex, const Slice<G>& slice) {
  return {OutEdges<G>(slice, vertex, false), OutEdges<G>(slice, vertex, true)};
}
template <class G>
std::size_t out_degree(Vertex vertex, const Slice<G>& slice) {
  const auto [begin, end] = out_edges(vertex, slice);
  return static_cast<std::size_t>(std::distance(begin, end));
}
template <class G>
Vertex source(const Edge& edge, const Slice<G>& /*slice*/) {
  return edge.source;
}
template <class G>
Vertex target(const Edge& edge, const Slice<G>& /*slice*/) {
  return edge.target;
}

}  // namespace entente::graph
