#include "storage/record/table_store.h"

#include "storage/record/changes.h"
#include "storage/record/corrections.h"
#include "storage/record/load_writer.h"
#include "storage/record/recorder.h"
#include "storage/record/source_states.h"
#include "storage/record/steps.h"
#include "storage/record/table_reader.h"

namespace entente::storage {

TableStore::TableStore(std::unique_ptr<Table> table, std::shared_ptr<void> guard, Clock& clock)
    : guard_(std::move(guard)), table_(std::move(table)), clock_(clock), queue_(*table_, [this](const auto& writes) { tell(writes); }) {}

TableStore::~TableStore() { ignore(close(), "a destructor cannot report; what was acknowledged is in the log"); }

Result<graph::RecordReport> TableStore::record(const graph::Reading& reading) { return record_with(reading, {}); }

Result<graph::RecordReport> TableStore::record_with(const graph::Reading& reading,
                                                    std::span<const graph::StateRow> rows) {
  return record_reported(reading, [&](const graph::RecordReport& /*report*/) { return std::vector(rows.begin(), rows.end()); });
}

Result<graph::RecordReport> TableStore::record_reported(const graph::Reading& reading, const RowsOf& rows) {
  Prepared prepared;
  {
    const auto now = view();
    if (!now) return now.error();
    auto made = prepare(**now, reading);
    if (!made) return made.error();
    prepared = std::move(*made);
  }
  graph::RecordReport report;
  std::shared_ptr<WriteQueue::Group> group;
  {
    const std::lock_guard lock(writing_);
    const auto before = queue_.view();
    if (!before) return before.error();
    auto recorded = record_prepared(**before, clock_.now(), reading, std::move(prepared));
    if (!recorded) return recorded.error();
    if (auto added = add_state_writes(rows(recorded->report), recorded->writes); !added) return added.error();
    report = std::move(recorded->report);
    // What is known already may be so from a step that is on its way.
    group = queue_.add(std::move(recorded->writes));
  }
  if (group)
    if (auto there = queue_.wait(group, writing_); !there) return there.error();
  // Others record meanwhile, and wait for the disk together.
  if (auto settled = table_->settle(); !settled) return settled.error();
  return report;
}

Result<std::optional<std::string>> TableStore::find_state(std::string_view source, std::string_view item) {
  const auto now = view();
  if (!now) return now.error();
  return load_state(**now, source, item);
}

Result<std::vector<graph::StateRow>> TableStore::states(std::string_view source,
                                                        const std::optional<std::string>& after, std::size_t limit) {
  const auto now = view();
  if (!now) return now.error();
  return load_states(**now, source, after, limit);
}

Result<void> TableStore::put_states(std::span<const graph::StateRow> rows) {
  std::vector<Write> writes;
  if (auto added = add_state_writes(rows, writes); !added) return added;
  if (writes.empty()) return {};
  return apply(writes);
}

Result<std::unique_ptr<graph::SourceHold>> TableStore::hold(std::string_view source, std::string_view holder) {
  return holds_->take(std::string(source), std::string(holder));
}

Result<void> TableStore::put_gazetteer(std::span<const graph::Entity> entities, const std::string& version) {
  const auto lock = alone();
  const auto before = view();
  if (!before) return before.error();
  const auto writes = record_gazetteer(**before, clock_.now(), entities, version);
  if (!writes) return writes.error();
  if (auto applied = apply_and_tell(*writes); !applied) return applied;
  return table_->settle();
}

Result<std::unique_ptr<graph::Reader>> TableStore::snapshot(std::optional<RecordedTime> as_of) {
  auto now = view();
  if (!now) return now.error();
  return make_reader(std::move(*now), as_of);
}

Result<std::unique_ptr<graph::TableLoad>> TableStore::begin_load(const graph::TableInfo& info) {
  auto lock = alone();
  return storage::begin_load(*table_, std::move(lock), clock_.now(), info);
}

std::unique_ptr<BulkRecording> TableStore::begin_bulk(std::size_t gathered_max) {
  return std::make_unique<BulkRecording>(*table_, clock_, alone(), [this](const std::vector<Write>& writes) { tell(writes); }, gathered_max);
}

Result<void> TableStore::correct(const graph::Correction& correction) {
  const auto lock = alone();
  const auto before = view();
  if (!before) return before.error();
  const auto writes = record_correction(**before, clock_.now(), correction);
  if (!writes) return writes.error();
  if (auto applied = apply_and_tell(*writes); !applied) return applied;
  return table_->settle();
}

Result<graph::ReadingChange> TableStore::compare(const graph::Reading& reading) {
  const auto now = view();
  if (!now) return now.error();
  return change_of(**now, reading);
}

Result<graph::StepsReport> TableStore::record_steps(std::span<const graph::WriteStep> steps) {
  const auto apply = [&]() -> Result<graph::StepsReport> {
    const auto lock = alone();
    const auto before = view();
    if (!before) return before.error();
    auto recorded = storage::record_steps(**before, clock_, steps);
    if (!recorded) return recorded.error();
    if (auto applied = apply_and_tell(recorded->writes); !applied) return applied.error();
    return std::move(recorded->report);
  };
  auto report = apply();
  if (!report) return report;
  if (auto settled = table_->settle(); !settled) return settled.error();
  return report;
}

Result<graph::Changes> TableStore::changes(RecordedTime after, std::size_t max) {
  const auto now = view();
  if (!now) return now.error();
  return read_changes(**now, after, max);
}

std::shared_ptr<void> TableStore::when_recorded(std::function<void(const Written&)> told) {
  auto handle = std::make_shared<std::function<void(const Written&)>>(std::move(told));
  const std::lock_guard lock(telling_);
  std::erase_if(told_, [](const auto& one) { return one.expired(); });
  told_.push_back(handle);
  return handle;
}

Result<void> TableStore::apply_and_tell(const std::vector<Write>& writes) {
  if (writes.empty()) return {};
  if (auto applied = table_->apply(writes); !applied) return applied;
  tell(writes);
  return {};
}

void TableStore::tell(const std::vector<Write>& writes) {
  const std::lock_guard lock(telling_);
  if (told_.empty()) return;
  Written written;
  for (const Write& write : writes) {
    if (write.family == Family::events) {
      const auto key = decode_key<EventKey>(write.key);
      if (key && key->version == Version::current()) written.events.push_back({0, key->event});
    } else if (write.family == Family::entity_events) {
      if (const auto key = decode_key<EntityEventKey>(write.key)) written.rows.emplace_back(key->entity, 0);
    } else if (write.family == Family::pair_events) {
      if (const auto key = decode_key<PairEventKey>(write.key)) written.rows.emplace_back(key->first, key->second);
    } else if (write.family == Family::meta && write.key == encode_key(MetaKey{MetaName::last_recorded})) {
      if (const auto last = decode_value<Number>(write.value)) written.through = {static_cast<std::int64_t>(last->value)};
    }
  }
  if (written.through == RecordedTime{}) return;  // rows of sources alone
  for (const auto& one : told_)
    if (const auto held = one.lock()) (*held)(written);
}

std::vector<std::pair<std::string, std::uint64_t>> TableStore::figures() { return table_->figures(); }

Result<void> TableStore::back_up(const std::filesystem::path& folder) { return table_->back_up(folder); }

Result<void> TableStore::close() {
  const auto lock = alone();
  return table_->flush();
}

std::unique_lock<std::mutex> TableStore::alone() {
  std::unique_lock lock(writing_);
  queue_.drain();
  return lock;
}

Result<void> TableStore::apply(const std::vector<Write>& writes) {
  {
    const auto lock = alone();
    if (auto applied = table_->apply(writes); !applied) return applied;
  }
  return table_->settle();
}

Result<std::unique_ptr<TableView>> TableStore::view() { return table_->view(); }

}  // namespace entente::storage
