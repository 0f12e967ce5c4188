// What each step of the store changed, read from the record itself: nothing is kept for it besides the commits.
#pragma once

#include "graph/view/changes.h"
#include "storage/layout/table.h"

namespace entente::storage {

// The changes of the commits after `after`, until there are `max` or more of them; the changes of one commit are never
// parted. Without any, `through` is the last commit that was looked at, or `after`.
Result<graph::Changes> read_changes(const TableView& view, RecordedTime after, std::size_t max);

}  // namespace entente::storage
