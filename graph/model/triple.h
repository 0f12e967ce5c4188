// The smallest statement: subject, predicate, object, with the valid time and the claim it comes from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/edtf.h"
#include "graph/model/claim.h"
#include "graph/ontology/predicates.h"

namespace entente::graph {

struct Triple {
  std::string subject;  // an id of an entity or an event
  Predicate predicate = Predicate::participant;
  std::string object;
  std::optional<Edtf> valid;
  ClaimId claim;

  friend bool operator==(const Triple&, const Triple&) = default;
};

// The triples that a claim states about `event` (unused when the claim is about an entity).
std::vector<Triple> triples_of(const Claim& claim, const EventId& event);

}  // namespace entente::graph
