// Which ids are one: what persons have said so (graph/model/correction.h). Claims are kept as they are told with the ids
// that hold when they are recorded, beside what the release says where that differs.
#pragma once

#include "graph/model/claim.h"
#include "graph/model/ids.h"
#include "storage/layout/table.h"

namespace entente::storage {

// Whether anybody has ever said of two ids that they are one: mostly nobody has, and then there is nothing to look up.
Result<bool> any_same(const TableView& view);

// The id that this one goes by at a recorded time: itself where nobody said otherwise.
Result<graph::EntityId> goes_by(const TableView& view, const graph::EntityId& id, RecordedTime at);

// The claim, told with the ids that hold at that time. Takes what the release says from `said` where that is set.
Result<graph::Claim> tell(const TableView& view, graph::Claim claim, RecordedTime at);
// The claim as its release says it.
graph::Claim as_said(graph::Claim claim);

}  // namespace entente::storage
