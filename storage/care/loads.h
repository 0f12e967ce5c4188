// Whether what is kept of loaded tables agrees: the events of each load with the rows by which they are found.
#pragma once

#include "storage/care/expected.h"
#include "storage/record/loads.h"

namespace entente::storage {

// Tells `fault` of each load whose rows are not those that its events have, and adds what was looked at to `rows`.
Result<void> check_loads(const TableView& view, const Loads& loads, const ExpectedSink& sink, std::uint64_t& rows);

}  // namespace entente::storage
