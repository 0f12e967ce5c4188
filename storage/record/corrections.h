// What persons have said of claims and events, as the recorder heeds it. A claim is known by what it says and in which
// release, so that a correction holds for every later reading that says the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/model/claim.h"
#include "graph/model/correction.h"
#include "storage/codec/values.h"
#include "storage/layout/table.h"

namespace entente::storage {

// The hash of what the claim says and of its release.
std::uint64_t said_by(const graph::Claim& claim);

Result<bool> is_retracted(const TableView& view, const graph::Claim& claim);

struct PlacedClaim {
  EventNumber event = 0;
  std::string reason;  // empty: as the join key has it
};
// The event of a claim, given the one that its join key names.
Result<PlacedClaim> place_claim(const TableView& view, const graph::Claim& claim, EventNumber by_key);

// The writes of a correction and of all that follows from it, as one step. Fails with invalid_argument for what cannot
// be corrected so, not_found for a claim or an event that is not there, or as the view does.
Result<std::vector<Write>> record_correction(const TableView& view, RecordedTime clock,
                                             const graph::Correction& correction);

}  // namespace entente::storage
