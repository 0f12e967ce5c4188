// What entities are: as the gazetteer has them, as the claims about them add up, or known by taking part alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/model/claim.h"
#include "graph/model/entity.h"
#include "graph/view/reader.h"
#include "storage/layout/batch.h"
#include "storage/layout/rows.h"

namespace entente::storage {

std::string entity_stem(EntityNumber number);

// What one claim says an entity is, with the day on which its release was published.
struct AboutEntity {
  graph::ClaimBody body;  // of an official or a forum
  std::optional<Day> published;

  friend bool operator==(const AboutEntity&, const AboutEntity&) = default;
};

// The entity that a claim is about; absent for an event claim.
std::optional<graph::EntityId> subject_of(const graph::ClaimBody& body);

// The entity that claims about it add up to, the same for any order of them: the longest name is its label, the value
// said most often is its country, posts stand in the order in which they were first published. The year in which a
// forum began is the first year of its label. REQUIRES: not empty and all about this entity.
EntityRecord add_up_entity(const graph::EntityId& id, const std::vector<AboutEntity>& claims);

// Whether an entity stays as it is when one more claim says this: spares looking at all the others.
bool says_nothing_new(const EntityRecord& record, const AboutEntity& claim);

// Puts a version unless the one that stands says the same, with the names and groups that lead to it.
Result<void> put_entity(Batch& batch, EntityNumber number, const EntityRecord& record, graph::StoreCounts& counts);

// Works out anew what an entity is that the gazetteer does not have: from its claims, else from taking part, else it is
// no more.
Result<void> refresh_entity(Batch& batch, const graph::EntityId& id, RecordedTime now, graph::StoreCounts& counts);

}  // namespace entente::storage
