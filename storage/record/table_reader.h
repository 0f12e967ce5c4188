// graph::Reader over a Table: what storage answers, the same for RocksDB and memory.
#pragma once

#include <memory>

#include "graph/view/reader.h"
#include "storage/layout/table.h"

namespace entente::storage {

// Answers as of the view's end, or as the store would have answered at `as_of`.
Result<std::unique_ptr<graph::Reader>> make_reader(std::unique_ptr<TableView> view, std::optional<RecordedTime> as_of);

}  // namespace entente::storage
