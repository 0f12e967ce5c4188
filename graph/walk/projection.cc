#include "graph/walk/projection.h"

#include <algorithm>
#include <cmath>

#include "graph/ontology/crosswalk.h"

namespace entente::graph {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Projection>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Projection>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Slice<const FrozenGraph>>));

template <class Value>
std::optional<Value> said(std::uint8_t number) {
  return number == 0 ? std::nullopt : std::optional(static_cast<Value>(number));
}

}  // namespace

double weight_of(const Happening& event, const ProjectionTerms& terms) {
  switch (terms.weight) {
    case Weight::number:
      return 1;
    case Weight::recency: {
      if (event.undated()) return 0;
      const Day day = event.last == kOpenEnd ? std::max(event.first, terms.now) : event.last;
      return std::exp2(-std::max(0.0, double{static_cast<double>(terms.now)} - day) / terms.half_life_days);
    }
    case Weight::goldstein:
      return crosswalk({event.type, event.status, said<Mode>(event.mode), said<Stage>(event.stage),
                        said<Stance>(event.stance)})
          .goldstein.value_or(0);
  }
  return 0;
}

Projection project(const Slice<const FrozenGraph>& slice, const ProjectionTerms& terms, Stop& stop) {
  const FrozenGraph& graph = slice.graph();
  const auto in = [&](EntityIx entity) {
    return terms.kinds == 0 || (terms.kinds >> static_cast<unsigned>(graph.kind(entity)) & 1U) != 0;
  };
  const auto entities = static_cast<EntityIx>(graph.entities());
  std::vector<double> sums(entities, 0);
  std::vector<bool> met(entities, false);
  std::vector<EntityIx> touched;
  std::vector<std::uint32_t> node_of(entities, kNoIndex);
  Projection out;
  out.begin_.push_back(0);
  for (EntityIx entity = 0; entity < entities; ++entity) {
    if (!in(entity)) continue;
    touched.clear();
    slice.each_event(entity, [&](EventIx event) {
      const double weight = weight_of(graph.happening(event), terms);
      for (const Part& part : graph.parts(event)) {
        if (part.who() == entity || !in(part.who())) continue;
        if (!met[part.who()]) {
          met[part.who()] = true;
          touched.push_back(part.who());
        }
        sums[part.who()] += weight;
      }
      return !stop.asked();
    });
    if (stop.why() != Stop::Why::none) return {};
    if (touched.empty()) continue;
    std::sort(touched.begin(), touched.end());
    node_of[entity] = static_cast<std::uint32_t>(out.entities_.size());
    out.entities_.push_back(entity);
    for (const EntityIx other : touched) {
      out.to_.push_back(other);
      out.weights_.push_back(static_cast<float>(std::max(0.0, sums[other])));
      sums[other] = 0;
      met[other] = false;
    }
    out.begin_.push_back(out.to_.size());
  }
  for (std::uint32_t& to : out.to_) to = node_of[to];
  return out;
}

}  // namespace entente::graph
