#include "storage/rocks/rocks_table.h"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "storage/rocks/options.h"

namespace entente::storage {
namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view_of(const rocksdb::Slice& text) { return {text.data(), text.size()}; }

using Handles = std::vector<rocksdb::ColumnFamilyHandle*>;

// An open database with its families. They are let go of together, families first.
struct Database {
  std::filesystem::path folder;
  std::unique_ptr<rocksdb::DB> db;
  Handles handles;

  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() {
    if (!db) return;
    for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    db->Close().PermitUncheckedError();
  }

  rocksdb::ColumnFamilyHandle* handle(Family family) const { return handles[static_cast<std::size_t>(family)]; }
};

class RocksScan final : public Scan {
 public:
  RocksScan(const Database& database, const rocksdb::Snapshot* snapshot, const Range& range, Direction direction)
      : database_(database),
        range_(range),
        direction_(direction),
        lower_(slice(range_.lower)),
        upper_(slice(range_.upper)) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    options.iterate_lower_bound = &lower_;
    options.iterate_upper_bound = &upper_;
    // Filters on the start of keys are right only while the scan cannot leave that start; then, and only then, they are
    // used.
    options.total_order_seek = !stays_in_stem();
    options.prefix_same_as_start = stays_in_stem();
    iterator_.reset(database_.db->NewIterator(options, database_.handle(range_.family)));
    if (direction_ == Direction::forward)
      iterator_->Seek(lower_);
    else
      iterator_->SeekToLast();
  }

  bool valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return view_of(iterator_->key()); }
  std::string_view value() const override { return view_of(iterator_->value()); }
  void next() override {
    if (direction_ == Direction::forward)
      iterator_->Next();
    else
      iterator_->Prev();
  }
  Result<void> status() const override {
    if (const auto status = iterator_->status(); !status.ok()) return to_error(status, database_.folder);
    return {};
  }

 private:
  bool stays_in_stem() const {
    const std::size_t stem = info(range_.family).stem_bytes;
    return stem > 0 && direction_ == Direction::forward && range_.lower.size() >= stem &&
           range_.upper <= after_all(std::string_view(range_.lower).substr(0, stem));
  }

  const Database& database_;
  Range range_;
  Direction direction_;
  rocksdb::Slice lower_;
  rocksdb::Slice upper_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class RocksView final : public TableView {
 public:
  explicit RocksView(const Database& database) : database_(database), snapshot_(database.db->GetSnapshot()) {}
  ~RocksView() override { database_.db->ReleaseSnapshot(snapshot_); }
  RocksView(const RocksView&) = delete;
  RocksView& operator=(const RocksView&) = delete;

  Result<std::optional<std::string>> get(Family family, std::string_view key) const override {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    std::string value;
    const auto status = database_.db->Get(options, database_.handle(family), slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return to_error(status, database_.folder);
    return std::optional(std::move(value));
  }

  std::unique_ptr<Scan> scan(const Range& range, Direction direction) const override {
    return std::make_unique<RocksScan>(database_, snapshot_, range, direction);
  }

 private:
  const Database& database_;
  const rocksdb::Snapshot* snapshot_;
};

class RocksTable final : public Table {
 public:
  RocksTable(std::unique_ptr<Database> database, Durability durability)
      : database_(std::move(database)), durability_(durability) {}

  Result<std::unique_ptr<TableView>> view() override {
    return std::unique_ptr<TableView>(std::make_unique<RocksView>(*database_));
  }

  Result<void> apply(const std::vector<Write>& writes) override {
    rocksdb::WriteBatch batch;
    for (const Write& write : writes) {
      const auto put = batch.Put(database_->handle(write.family), slice(write.key), slice(write.value));
      if (!put.ok()) return to_error(put, database_->folder);
    }
    rocksdb::WriteOptions options;
    options.sync = durability_ == Durability::synced;
    if (const auto status = database_->db->Write(options, &batch); !status.ok())
      return to_error(status, database_->folder);
    return {};
  }

  Result<void> flush() override {
    rocksdb::FlushOptions options;
    if (const auto status = database_->db->Flush(options, database_->handles); !status.ok())
      return to_error(status, database_->folder);
    if (const auto status = database_->db->SyncWAL(); !status.ok()) return to_error(status, database_->folder);
    return {};
  }

 private:
  std::unique_ptr<Database> database_;
  Durability durability_;
};

}  // namespace

Result<std::unique_ptr<Table>> open_rocks_table(const std::filesystem::path& folder, OpenMode mode,
                                                Durability durability) {
  auto options = database_options();
  options.create_if_missing = mode == OpenMode::fresh;
  // A store made before a family was thought of gets it, empty.
  options.create_missing_column_families = true;
  auto database = std::make_unique<Database>();
  database->folder = folder;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(options, folder.string(), family_descriptors(), &database->handles, &opened);
  if (!status.ok()) return to_error(status, folder);
  database->db.reset(opened);
  return std::unique_ptr<Table>(std::make_unique<RocksTable>(std::move(database), durability));
}

}  // namespace entente::storage
