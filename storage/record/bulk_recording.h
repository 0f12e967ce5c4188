// Many readings recorded as if one after another, without a write of its own for each: what they come to gathers in
// memory, in the order of its keys, and is put into the store as whole files (Bulk), a stretch of readings at a time. For
// tables, whose rows are thousands of releases.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "graph/view/claim_sink.h"
#include "storage/layout/batch.h"
#include "storage/layout/table.h"

namespace entente::storage {

class Store;

// For one thread at a time. While it lives nothing else is recorded; letting go without commit() gives up what was not
// put into the store yet.
class BulkRecording {
 public:
  // What gathers before it is put into the store: rows with what it takes to hold them.
  static constexpr std::size_t kGatheredBytesMax = 128U << 20U;

  // `lock` is the writers'; `told` is called with the writes of each stretch when they are in the table. All outlive it.
  BulkRecording(Table& table, Clock& clock, std::unique_lock<std::mutex> lock, std::function<void(const std::vector<Write>&)> told,
                std::size_t gathered_max);
  BulkRecording(const BulkRecording&) = delete;
  BulkRecording& operator=(const BulkRecording&) = delete;

  // Gives what ClaimSink::record would, and fails as it does; of a reading that fails nothing is recorded, and the next one
  // can be. It is there, and durable, after commit(), or before that together with all that came before it.
  Result<graph::RecordReport> record(const graph::Reading& reading);
  // Puts what has gathered into the store. May be called again, and after it more be recorded.
  Result<void> commit();

 private:
  Result<void> look();  // opens a view where there is none
  Result<void> put_files(const std::vector<Write>& writes);

  Table& table_;
  Clock& clock_;
  std::unique_lock<std::mutex> lock_;
  std::function<void(const std::vector<Write>&)> told_;
  const std::size_t gathered_max_;
  std::unique_ptr<TableView> view_;
  std::unique_ptr<Batch> gathered_;  // over view_
  std::size_t gathered_bytes_ = 0;
};

// Begins one. It must not outlive the store.
std::unique_ptr<BulkRecording> record_in_bulk(Store& store, std::size_t gathered_max = BulkRecording::kGatheredBytesMax);

}  // namespace entente::storage
