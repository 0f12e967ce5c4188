// A Store over any Table.
#pragma once

#include <memory>
#include <mutex>

#include "storage/layout/table.h"
#include "storage/record/bulk_recording.h"
#include "storage/record/holds.h"
#include "storage/record/write_queue.h"
#include "storage/store.h"

namespace entente::storage {

class TableStore final : public Store {
 public:
  // `guard` is held as long as the store is open and let go of after the table: a lock on its folder, say. May be null.
  // The clock outlives the store.
  TableStore(std::unique_ptr<Table> table, std::shared_ptr<void> guard, Clock& clock);
  ~TableStore() override;

  Result<graph::RecordReport> record(const graph::Reading& reading) override;
  Result<std::unique_ptr<graph::Reader>> snapshot(std::optional<RecordedTime> as_of) override;
  Result<void> put_gazetteer(std::span<const graph::Entity> entities, const std::string& version) override;
  Result<std::optional<std::string>> find_state(std::string_view source, std::string_view item) override;
  Result<std::vector<graph::StateRow>> states(std::string_view source, const std::optional<std::string>& after,
                                              std::size_t limit) override;
  Result<void> put_states(std::span<const graph::StateRow> rows) override;
  Result<graph::RecordReport> record_with(const graph::Reading& reading,
                                          std::span<const graph::StateRow> rows) override;
  Result<std::unique_ptr<graph::SourceHold>> hold(std::string_view source, std::string_view holder) override;
  Result<std::unique_ptr<graph::TableLoad>> begin_load(const graph::TableInfo& info) override;
  Result<void> correct(const graph::Correction& correction) override;
  Result<graph::ReadingChange> compare(const graph::Reading& reading) override;
  Result<void> back_up(const std::filesystem::path& folder) override;
  Result<graph::StepsReport> record_steps(std::span<const graph::WriteStep> steps) override;
  Result<graph::RecordReport> record_reported(const graph::Reading& reading, const RowsOf& rows) override;
  Result<graph::Changes> changes(RecordedTime after, std::size_t max) override;
  std::shared_ptr<void> when_recorded(std::function<void(const Written&)> told) override;
  std::vector<std::pair<std::string, std::uint64_t>> figures() override;
  Result<void> close() override;

  // A frozen view of the rows themselves, for storage/care.
  Result<std::unique_ptr<TableView>> view();
  Result<std::vector<FamilySize>> sizes() override { return table_->sizes(); }
  Result<std::vector<DamagedFile>> damaged_files() { return table_->damaged_files(); }
  // See record_in_bulk().
  std::unique_ptr<BulkRecording> begin_bulk(std::size_t gathered_max);
  // Puts rows as they are, for storage/care. REQUIRES: they agree with those that are there.
  Result<void> put_rows(const std::vector<Write>& rows) { return apply(rows); }

 private:
  // The writers' lock, with nothing on its way.
  std::unique_lock<std::mutex> alone();
  Result<void> apply(const std::vector<Write>& writes);
  // REQUIRES: writing_ is held.
  Result<void> apply_and_tell(const std::vector<Write>& writes);
  void tell(const std::vector<Write>& writes);

  std::shared_ptr<void> guard_;
  std::unique_ptr<Table> table_;
  Clock& clock_;
  std::mutex writing_;
  WriteQueue queue_;
  std::mutex telling_;
  std::vector<std::weak_ptr<std::function<void(const Written&)>>> told_;
  std::shared_ptr<Holds> holds_ = std::make_shared<Holds>();
};

}  // namespace entente::storage
