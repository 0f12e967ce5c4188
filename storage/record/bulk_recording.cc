#include "storage/record/bulk_recording.h"

#include <algorithm>
#include <array>
#include <future>

#include "base/check.h"
#include "storage/record/recorder.h"
#include "storage/record/table_store.h"

namespace entente::storage {
namespace {

// What a row takes in memory besides its key and value.
constexpr std::size_t kRowBytes = 96;
// Fewer bytes than this are one write, so that a short table does not become a file in every family.
constexpr std::size_t kFilesBytesMin = 4U << 20U;

std::size_t bytes_of(const Write& write) { return write.key.size() + write.value.size() + kRowBytes; }

}  // namespace

BulkRecording::BulkRecording(Table& table, Clock& clock, std::unique_lock<std::mutex> lock,
                             std::function<void(const std::vector<Write>&)> told, std::size_t gathered_max)
    : table_(table), clock_(clock), lock_(std::move(lock)), told_(std::move(told)), gathered_max_(gathered_max) {}

Result<void> BulkRecording::look() {
  if (gathered_) return {};
  auto view = table_.view();
  if (!view) return view.error();
  view_ = std::move(*view);
  gathered_ = std::make_unique<Batch>(*view_);
  gathered_bytes_ = 0;
  return {};
}

Result<graph::RecordReport> BulkRecording::record(const graph::Reading& reading) {
  if (auto looked = look(); !looked) return looked.error();
  auto recorded = record_reading(*gathered_, clock_.now(), reading);
  if (!recorded) return recorded.error();
  for (Write& write : recorded->writes) {
    gathered_bytes_ += bytes_of(write);
    gathered_->put(write.family, std::move(write.key), std::move(write.value));
  }
  if (gathered_bytes_ >= gathered_max_)
    if (auto put = commit(); !put) return put.error();
  return std::move(recorded->report);
}

Result<void> BulkRecording::commit() {
  if (!gathered_) return {};
  const std::vector<Write> writes = std::move(*gathered_).take_writes();
  const bool few = gathered_bytes_ < std::min(kFilesBytesMin, gathered_max_);
  gathered_.reset();
  if (writes.empty()) return {};
  if (few) {
    if (auto applied = table_.apply(writes); !applied) return applied;
    if (auto settled = table_.settle(); !settled) return settled;
  } else if (auto put = put_files(writes); !put) {
    return put;
  }
  view_.reset();  // kept until here: with a view that is older RocksDB tells the rows of files from those before them
  told_(writes);
  return {};
}

// Half of the families on another thread.
Result<void> BulkRecording::put_files(const std::vector<Write>& writes) {
  auto bulk = table_.bulk();
  if (!bulk) return bulk.error();
  std::array<std::size_t, kFamilies.size()> bytes{};
  for (const Write& write : writes) bytes[static_cast<std::size_t>(write.family)] += bytes_of(write);
  std::array<bool, kFamilies.size()> here{};
  std::array<std::size_t, kFamilies.size()> by_size{};
  for (std::size_t i = 0; i < by_size.size(); ++i) by_size[i] = i;
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) { return bytes[a] > bytes[b]; });
  std::size_t mine = 0;
  std::size_t other = 0;
  for (const std::size_t family : by_size) {
    here[family] = mine <= other;
    (here[family] ? mine : other) += bytes[family];
  }
  const auto put = [&](bool half) -> Result<void> {
    for (const Write& write : writes)
      if (here[static_cast<std::size_t>(write.family)] == half)
        if (auto done = (*bulk)->put(write.family, write.key, write.value); !done) return done;
    return {};
  };
  auto others = std::async(std::launch::async, put, false);
  const auto done = put(true);
  const auto others_done = others.get();
  if (!done) return done;
  if (!others_done) return others_done;
  return (*bulk)->commit();
}

std::unique_ptr<BulkRecording> record_in_bulk(Store& store, std::size_t gathered_max) {
  auto* const tables = dynamic_cast<TableStore*>(&store);
  ENTENTE_CHECK(tables != nullptr, "a store that is not built on tables");
  return tables->begin_bulk(gathered_max);
}

}  // namespace entente::storage
