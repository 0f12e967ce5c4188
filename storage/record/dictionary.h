// Ids of entities, posts and places as numbers and back.
#pragma once

#include <optional>
#include <string>

#include "storage/layout/batch.h"
#include "storage/layout/rows.h"

namespace entente::storage {

// Absent for an id that was never met.
Result<std::optional<EntityNumber>> find_number(const TableView& view, const std::string& id);
// The number of an id, given now if it has none.
Result<EntityNumber> number_for(Batch& batch, const std::string& id);
// Fails with corrupt for a number that was never given.
Result<std::string> id_of(const TableView& view, EntityNumber number);

}  // namespace entente::storage
