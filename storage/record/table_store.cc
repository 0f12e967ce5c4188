#include "storage/record/table_store.h"

#include "storage/record/recorder.h"
#include "storage/record/table_reader.h"

namespace entente::storage {

TableStore::TableStore(std::unique_ptr<Table> table, std::shared_ptr<void> guard, Clock& clock)
    : guard_(std::move(guard)), table_(std::move(table)), clock_(clock) {}

TableStore::~TableStore() { ignore(close(), "a destructor cannot report; what was acknowledged is in the log"); }

Result<graph::RecordReport> TableStore::record(const graph::Reading& reading) {
  const std::lock_guard lock(writing_);
  const auto before = view();
  if (!before) return before.error();
  auto recorded = record_reading(**before, clock_.now(), reading);
  if (!recorded) return recorded.error();
  if (recorded->writes.empty()) return recorded->report;
  if (auto applied = table_->apply(recorded->writes); !applied) return applied.error();
  return recorded->report;
}

Result<void> TableStore::put_gazetteer(std::span<const graph::Entity> entities, const std::string& version) {
  const std::lock_guard lock(writing_);
  const auto before = view();
  if (!before) return before.error();
  const auto writes = record_gazetteer(**before, clock_.now(), entities, version);
  if (!writes) return writes.error();
  return writes->empty() ? Result<void>() : table_->apply(*writes);
}

Result<std::unique_ptr<graph::Reader>> TableStore::snapshot(std::optional<RecordedTime> as_of) {
  auto now = view();
  if (!now) return now.error();
  return make_reader(std::move(*now), as_of);
}

Result<void> TableStore::close() {
  const std::lock_guard lock(writing_);
  return table_->flush();
}

Result<std::unique_ptr<TableView>> TableStore::view() { return table_->view(); }

}  // namespace entente::storage
