// The rows that pulling keeps, in a family of their own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view/source_state.h"
#include "storage/layout/table.h"

namespace entente::storage {

Result<std::optional<std::string>> load_state(const TableView& view, std::string_view source, std::string_view item);
Result<std::vector<graph::StateRow>> load_states(const TableView& view, std::string_view source,
                                                 const std::optional<std::string>& after, std::size_t limit);
// Adds the writes that put the rows. Fails with too_large.
Result<void> add_state_writes(std::span<const graph::StateRow> rows, std::vector<Write>& writes);

}  // namespace entente::storage
