// One step of the store: its batch, its recorded time and the counts that it leads to.
#pragma once

#include <vector>

#include "graph/view/reader.h"
#include "storage/layout/batch.h"
#include "storage/layout/rows.h"

namespace entente::storage {

// The last commit of a view at or before a time; absent when there is none.
struct DatedCommit {
  RecordedTime recorded;
  Commit commit;
};
Result<std::optional<DatedCommit>> last_commit(const TableView& view, RecordedTime at);

struct Step {
  Batch batch;
  RecordedTime now;
  graph::StoreCounts counts;  // of the commit before, to be brought up to date

  explicit Step(const TableView& view) : batch(view) {}

  // Sets the recorded time and the counts.
  Result<void> begin(const TableView& view, RecordedTime clock);
  // Adds the row of the commit and gives all writes.
  std::vector<Write> finish(Commit commit) &&;
};

}  // namespace entente::storage
