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

// Whether anybody has ever corrected anything: mostly nobody has, and then there is nothing to look up.
Result<bool> any_corrections(const TableView& view);
Result<bool> is_retracted(const TableView& view, const graph::Claim& claim);

// An event that a person's word leads to, and that word.
struct ByHand {
  EventNumber event = 0;
  std::string reason;
};
// The event of its own that a claim was given.
Result<std::optional<ByHand>> split_by_hand(const TableView& view, const graph::Claim& claim);
// The event that what tells of this one was joined to.
Result<std::optional<ByHand>> joined_by_hand(const TableView& view, EventNumber event);

// The writes of a correction and of all that follows from it, as one step. Fails with invalid_argument for what cannot
// be corrected so, not_found for a claim or an event that is not there, or as the view does.
Result<std::vector<Write>> record_correction(const TableView& view, RecordedTime clock,
                                             const graph::Correction& correction);

}  // namespace entente::storage
