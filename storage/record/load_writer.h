// Writes a table of events: sorts its rows outside of memory, packs them into blocks, and puts all of it into the store
// in one step.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "graph/view/table_load.h"
#include "storage/layout/table.h"

namespace entente::storage {

// More than this take part in no event.
inline constexpr std::size_t kPartsMax = 250;
// A text that stands before a colon in ids: letters, digits and '-', a letter first.
inline constexpr std::size_t kPrefixMax = 32;

// `lock` is held as long as the load lives: nothing else is recorded meanwhile. Fails with invalid_argument for a prefix
// that is none, is a kind's, or is taken by a table that is there.
Result<std::unique_ptr<graph::TableLoad>> begin_load(Table& table, std::unique_lock<std::mutex> lock, RecordedTime clock,
                                                     const graph::TableInfo& info);

}  // namespace entente::storage
