// Readings and corrections as one step of the store: each is worked out as if those before it had been written.
#pragma once

#include <span>
#include <vector>

#include "base/clock.h"
#include "graph/view/changes.h"
#include "storage/layout/table.h"

namespace entente::storage {

struct RecordedSteps {
  graph::StepsReport report;
  std::vector<Write> writes;  // none when nothing changes
};

Result<RecordedSteps> record_steps(const TableView& view, Clock& clock, std::span<const graph::WriteStep> steps);

}  // namespace entente::storage
