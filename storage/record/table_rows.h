// graph::RowReader over a Table.
#pragma once

#include <memory>

#include "graph/view/rows.h"
#include "storage/record/loads.h"
#include "storage/record/row_stream.h"

namespace entente::storage {

// The rows of an entity or a pair, wherever they are kept. The scope and the filter outlive it.
std::unique_ptr<RowSource> rows_of(const Scope& scope, Whose whose, const RowFilter& filter);

// The scope outlives it.
std::unique_ptr<graph::RowReader> make_row_reader(const Scope& scope);

}  // namespace entente::storage
