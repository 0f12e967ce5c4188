// Entities joined by the events that they share, with a weight: the graph that centrality, components and communities
// are worked out on. Compressed rows, both directions stored; it models Boost.Graph's vertex list and incidence
// concepts.
#pragma once

#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/view/frozen.h"
#include "graph/view/slice.h"
#include "graph/walk/stop.h"

namespace entente::graph {

enum class Weight : std::uint8_t {
  number = 1,     // how many events two share
  recency = 2,    // each event counts half as much for every `half_life_days` before the last day of the period
  goldstein = 3,  // the sum of the events' scores on Goldstein's scale; a sum below zero counts as zero
};

struct ProjectionTerms {
  std::uint64_t kinds = 0;  // which entities, as bits of their kinds; 0: all
  Weight weight = Weight::number;
  double half_life_days = 365;
  Day now = 0;  // for recency
};

class Projection {
 public:
  std::size_t nodes() const { return entities_.size(); }
  std::size_t arcs() const { return to_.size(); }
  EntityIx entity(std::uint32_t node) const { return entities_[node]; }
  std::uint64_t begin(std::uint32_t node) const { return begin_[node]; }
  std::uint32_t to(std::uint64_t arc) const { return to_[arc]; }
  float weight(std::uint64_t arc) const { return weights_[arc]; }
  std::size_t memory_bytes() const {
    return entities_.capacity() * sizeof(EntityIx) + begin_.capacity() * sizeof(std::uint64_t) +
           to_.capacity() * sizeof(std::uint32_t) + weights_.capacity() * sizeof(float);
  }

 private:
  friend Projection project(const Slice<const FrozenGraph>& slice, const ProjectionTerms& terms, Stop& stop);

  std::vector<EntityIx> entities_;  // in the order of ids
  std::vector<std::uint64_t> begin_;
  std::vector<std::uint32_t> to_;
  std::vector<float> weights_;
};

// The entities that share at least one event with another. Empty when it was stopped.
Projection project(const Slice<const FrozenGraph>& slice, const ProjectionTerms& terms, Stop& stop);

// What an event counts for.
double weight_of(const Happening& event, const ProjectionTerms& terms);

struct Arc {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  std::uint64_t number = 0;
  friend bool operator==(const Arc&, const Arc&) = default;
};

class ArcIterator : public boost::iterator_facade<ArcIterator, Arc, boost::random_access_traversal_tag, Arc> {
 public:
  ArcIterator() = default;
  ArcIterator(const Projection& graph, std::uint32_t source, std::uint64_t at)
      : graph_(&graph), source_(source), at_(at) {}

 private:
  friend class boost::iterator_core_access;
  Arc dereference() const { return {source_, graph_->to(at_), at_}; }
  bool equal(const ArcIterator& other) const { return at_ == other.at_; }
  void increment() { ++at_; }
  void decrement() { --at_; }
  void advance(std::ptrdiff_t n) { at_ += static_cast<std::uint64_t>(n); }
  std::ptrdiff_t distance_to(const ArcIterator& other) const {
    return static_cast<std::ptrdiff_t>(other.at_) - static_cast<std::ptrdiff_t>(at_);
  }

  const Projection* graph_ = nullptr;
  std::uint32_t source_ = 0;
  std::uint64_t at_ = 0;
};

struct ProjectionCategory : virtual boost::incidence_graph_tag, virtual boost::vertex_list_graph_tag {};

}  // namespace entente::graph

template <>
struct boost::graph_traits<entente::graph::Projection> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = entente::graph::Arc;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  using traversal_category = entente::graph::ProjectionCategory;
  using out_edge_iterator = entente::graph::ArcIterator;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using degree_size_type = std::size_t;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return entente::graph::kNoIndex; }
};

namespace entente::graph {

inline std::pair<ArcIterator, ArcIterator> out_edges(std::uint32_t node, const Projection& graph) {
  return {ArcIterator(graph, node, graph.begin(node)), ArcIterator(graph, node, graph.begin(node + 1))};
}
inline std::size_t out_degree(std::uint32_t node, const Projection& graph) {
  return static_cast<std::size_t>(graph.begin(node + 1) - graph.begin(node));
}
inline std::uint32_t source(const Arc& arc, const Projection& /*graph*/) { return arc.source; }
inline std::uint32_t target(const Arc& arc, const Projection& /*graph*/) { return arc.target; }
inline std::pair<boost::counting_iterator<std::uint32_t>, boost::counting_iterator<std::uint32_t>> vertices(
    const Projection& graph) {
  return {boost::counting_iterator<std::uint32_t>(0),
          boost::counting_iterator<std::uint32_t>(static_cast<std::uint32_t>(graph.nodes()))};
}
inline std::size_t num_vertices(const Projection& graph) { return graph.nodes(); }

}  // namespace entente::graph
