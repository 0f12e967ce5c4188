#include "storage/rocks/rocks_table.h"

#include <fmt/format.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "base/kill_point.h"
#include "base/log.h"
#include "storage/layout/many_rows.h"
#include "storage/rocks/backup.h"
#include "storage/rocks/folder.h"
#include "storage/rocks/options.h"
#include "storage/rocks/term_cache.h"

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
  mutable TermCache terms;

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

// A scan over an iterator that the derived class opens and places.
class IteratorScan : public Scan {
 public:
  std::string_view key() const final { return view_of(iterator_->key()); }
  std::string_view value() const final { return view_of(iterator_->value()); }
  Result<void> status() const final {
    if (const auto status = iterator_->status(); !status.ok()) return to_error(status, database_.folder);
    return {};
  }

 protected:
  IteratorScan(const Database& database, const Range& range, Direction direction)
      : database_(database), range_(range), direction_(direction) {}

  static rocksdb::ReadOptions options_at(const rocksdb::Snapshot* snapshot) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    options.ignore_range_deletions = true;  // there are none
    return options;
  }
  void open(const rocksdb::ReadOptions& options) { iterator_.reset(database_.db->NewIterator(options, database_.handle(range_.family))); }
  void step() {
    if (direction_ == Direction::forward)
      iterator_->Next();
    else
      iterator_->Prev();
  }

  const Database& database_;
  const Range range_;
  const Direction direction_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class RocksScan final : public IteratorScan {
 public:
  RocksScan(const Database& database, const rocksdb::Snapshot* snapshot, const Range& range, Direction direction)
      : IteratorScan(database, range, direction), lower_(slice(range_.lower)), upper_(slice(range_.upper)) {
    rocksdb::ReadOptions options = options_at(snapshot);
    options.iterate_lower_bound = &lower_;
    options.iterate_upper_bound = &upper_;
    // Filters on the start of keys are right only while the scan cannot leave that start; then, and only then, they are
    // used.
    options.total_order_seek = !stays_in_stem();
    options.prefix_same_as_start = stays_in_stem();
    open(options);
    if (direction_ == Direction::forward)
      iterator_->Seek(lower_);
    else
      iterator_->SeekToLast();
  }

  bool valid() const override { return iterator_->Valid(); }
  void next() override { step(); }

 private:
  bool stays_in_stem() const {
    const std::size_t stem = info(range_.family).stem_bytes;
    return stem > 0 && direction_ == Direction::forward && range_.lower.size() >= stem &&
           range_.upper <= after_all(std::string_view(range_.lower).substr(0, stem));
  }

  rocksdb::Slice lower_;
  rocksdb::Slice upper_;
};

// Iterators of one view that nobody uses: for a short scan, opening one takes longer than what it reads. Of ingested
// families alone, since an iterator keeps the memory that its family was written to.
class IdleIterators {
 public:
  IdleIterators() = default;
  ~IdleIterators() {
    for (auto& one : idle_) delete one.load();
  }
  IdleIterators(const IdleIterators&) = delete;
  IdleIterators& operator=(const IdleIterators&) = delete;

  std::unique_ptr<rocksdb::Iterator> take(Family family) {
    return std::unique_ptr<rocksdb::Iterator>(idle_[static_cast<std::size_t>(family)].exchange(nullptr));
  }
  void give_back(Family family, std::unique_ptr<rocksdb::Iterator> iterator) {
    delete idle_[static_cast<std::size_t>(family)].exchange(iterator.release());
  }

 private:
  std::array<std::atomic<rocksdb::Iterator*>, kFamilies.size()> idle_{};
};

// A scan whose ends are looked at here, so that the next scan may have its iterator.
class IngestedScan final : public IteratorScan {
 public:
  IngestedScan(const Database& database, const rocksdb::Snapshot* snapshot, const Range& range, Direction direction,
               std::shared_ptr<IdleIterators> idle)
      : IteratorScan(database, range, direction), idle_(std::move(idle)) {
    iterator_ = idle_->take(range_.family);
    if (!iterator_) open(options_at(snapshot));
    if (direction_ == Direction::forward) {
      iterator_->Seek(slice(range_.lower));
    } else {
      iterator_->SeekForPrev(slice(range_.upper));
      if (iterator_->Valid() && key() == range_.upper) iterator_->Prev();
    }
    look();
  }
  ~IngestedScan() override {
    if (iterator_->status().ok()) idle_->give_back(range_.family, std::move(iterator_));
  }
  IngestedScan(const IngestedScan&) = delete;
  IngestedScan& operator=(const IngestedScan&) = delete;

  bool valid() const override { return valid_; }
  void next() override {
    step();
    look();
  }

 private:
  void look() {
    valid_ = iterator_->Valid() && (direction_ == Direction::forward ? key() < range_.upper : key() >= range_.lower);
  }

  std::shared_ptr<IdleIterators> idle_;
  bool valid_ = false;
};

class RocksView final : public TableView, public ManyRows {
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

  Result<void> get_sorted(Family family, std::span<const std::string> keys, const VisitRow& visit) const override {
    constexpr std::size_t kAtOnce = 32;  // RocksDB takes no more together
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    std::array<rocksdb::Slice, kAtOnce> slices;
    std::array<rocksdb::PinnableSlice, kAtOnce> values;
    std::array<rocksdb::Status, kAtOnce> found;
    for (std::size_t from = 0; from < keys.size(); from += kAtOnce) {
      const std::size_t count = std::min(kAtOnce, keys.size() - from);
      for (std::size_t i = 0; i < count; ++i) slices[i] = slice(keys[from + i]);
      database_.db->MultiGet(options, database_.handle(family), count, slices.data(), values.data(), found.data(), true);
      for (std::size_t i = 0; i < count; ++i) {
        if (found[i].IsNotFound()) continue;
        if (!found[i].ok()) return to_error(found[i], database_.folder);
        if (auto visited = visit(from + i, view_of(values[i])); !visited) return visited;
        values[i].Reset();
      }
    }
    return {};
  }

  std::unique_ptr<Scan> scan(const Range& range, Direction direction) const override {
    if (is_ingested(range.family)) return std::make_unique<IngestedScan>(database_, snapshot_, range, direction, idle_);
    return std::make_unique<RocksScan>(database_, snapshot_, range, direction);
  }

  std::optional<EntityNumber> remembered_number(std::string_view id) const override {
    return database_.terms.find(id, snapshot_->GetSequenceNumber());
  }
  void remember_number(std::string_view id, EntityNumber number) const override {
    database_.terms.add(id, number, snapshot_->GetSequenceNumber());
  }

 private:
  const Database& database_;
  const rocksdb::Snapshot* snapshot_;
  std::shared_ptr<IdleIterators> idle_ = std::make_shared<IdleIterators>();
};

// A file a family, cut where it gets large; all are put into the database in one step.
class RocksBulk final : public Bulk {
 public:
  RocksBulk(Database& database, std::filesystem::path scratch) : database_(database), scratch_(std::move(scratch)) {
    const auto descriptors = family_descriptors();
    for (const FamilyInfo& family : kFamilies) {
      const auto at = static_cast<std::size_t>(family.family);
      lanes_[at].options = rocksdb::Options(rocksdb::DBOptions(), descriptors[at].options);
    }
  }
  ~RocksBulk() override {
    for (Lane& lane : lanes_) lane.writer.reset();
    std::error_code ignored;
    std::filesystem::remove_all(scratch_, ignored);
  }
  RocksBulk(const RocksBulk&) = delete;
  RocksBulk& operator=(const RocksBulk&) = delete;

  Result<void> put(Family family, std::string_view key, std::string_view value) override {
    Lane& lane = lanes_[static_cast<std::size_t>(family)];
    if (!lane.writer) {
      lane.writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), lane.options,
                                                             database_.handle(family));
      const std::string path = (scratch_ / fmt::format("{}-{}.sst", info(family).name, lane.files.size())).string();
      if (const auto status = lane.writer->Open(path); !status.ok()) return to_error(status, database_.folder);
      lane.files.push_back(path);
    }
    if (const auto status = lane.writer->Put(slice(key), slice(value)); !status.ok())
      return to_error(status, database_.folder);
    lane.bytes += key.size() + value.size();
    if (lane.bytes < kFileBytes) return {};
    return finish(lane);
  }

  std::filesystem::path scratch() const override { return scratch_; }

  Result<void> commit() override {
    std::vector<rocksdb::IngestExternalFileArg> all;
    for (const FamilyInfo& family : kFamilies) {
      Lane& lane = lanes_[static_cast<std::size_t>(family.family)];
      if (auto finished = finish(lane); !finished) return finished;
      if (lane.files.empty()) continue;
      rocksdb::IngestExternalFileArg one;
      one.column_family = database_.handle(family.family);
      one.external_files = lane.files;
      one.options.move_files = true;
      one.options.snapshot_consistency = true;
      all.push_back(std::move(one));
    }
    if (all.empty()) return {};
    kill_point("ingest.begin");
    if (const auto status = database_.db->IngestExternalFiles(all); !status.ok())
      return to_error(status, database_.folder);
    kill_point("ingest.end");
    return {};
  }

 private:
  static constexpr std::uint64_t kFileBytes = 256U << 20U;

  struct Lane {
    rocksdb::Options options;
    std::unique_ptr<rocksdb::SstFileWriter> writer;
    std::vector<std::string> files;
    std::uint64_t bytes = 0;
  };

  Result<void> finish(Lane& lane) {
    if (!lane.writer) return {};
    const auto status = lane.writer->Finish();
    lane.writer.reset();
    lane.bytes = 0;
    if (!status.ok()) return to_error(status, database_.folder);
    return {};
  }

  Database& database_;
  std::filesystem::path scratch_;
  std::array<Lane, kFamilies.size()> lanes_;
};

std::string name_of(const rocksdb::LiveFileMetaData& file) { return file.name.substr(file.name.find_first_not_of('/')); }

class RocksTable final : public Table {
 public:
  RocksTable(std::unique_ptr<Database> database, Durability durability)
      : database_(std::move(database)), durability_(durability) {}
  // Open for reading what is left. REQUIRES: something is lost.
  RocksTable(std::unique_ptr<Database> database, std::vector<DamagedFile> lost)
      : database_(std::move(database)), durability_(Durability::relaxed), lost_(std::move(lost)) {}

  Result<std::unique_ptr<TableView>> view() override {
    return std::unique_ptr<TableView>(std::make_unique<RocksView>(*database_));
  }

  Result<void> apply_all(std::span<const std::vector<Write>> steps) override {
    if (!lost_.empty()) return only_read();
    rocksdb::WriteBatch batch;
    for (const auto& writes : steps)
      for (const Write& write : writes) {
        const auto put = batch.Put(database_->handle(write.family), slice(write.key), slice(write.value));
        if (!put.ok()) return to_error(put, database_->folder);
      }
    kill_point("batch.begin");
    if (auto ready = resume(); !ready) return ready;
    if (const auto status = database_->db->Write(rocksdb::WriteOptions(), &batch); !status.ok()) return failed(status);
    kill_point("batch.written");
    const std::lock_guard lock(settling_);
    ++applied_;
    return {};
  }

  // The first who waits syncs the log for all who applied before that, the others wait for it.
  Result<void> settle() override {
    if (durability_ != Durability::synced) return {};
    std::unique_lock lock(settling_);
    const std::uint64_t mine = applied_;
    while (settled_ < mine) {
      if (syncing_) {
        synced_.wait(lock);
        continue;
      }
      syncing_ = true;
      const std::uint64_t all = applied_;
      lock.unlock();
      const auto status = database_->db->SyncWAL();
      kill_point("batch.synced");
      lock.lock();
      syncing_ = false;
      if (status.ok()) settled_ = all;
      synced_.notify_all();
      if (!status.ok()) return failed(status);
    }
    return {};
  }

  Result<std::unique_ptr<Bulk>> bulk() override {
    if (!lost_.empty()) return only_read();
    // Beside RocksDB's own files, so that moving them costs nothing. What a crash left there is nobody's.
    const std::filesystem::path scratch = database_->folder.parent_path() / kLoadingFolder;
    std::error_code failed;
    std::filesystem::remove_all(scratch, failed);
    std::filesystem::create_directories(scratch, failed);
    if (failed) return system_error(failed.value(), "cannot make", scratch);
    return std::unique_ptr<Bulk>(std::make_unique<RocksBulk>(*database_, scratch));
  }

  Result<void> back_up(const std::filesystem::path& folder) override {
    if (!lost_.empty()) return only_read();
    // A copy inside the store would go with it.
    std::error_code failed;
    const auto own = std::filesystem::weakly_canonical(database_->folder.parent_path(), failed);
    const auto there = std::filesystem::weakly_canonical(folder, failed);
    if (std::mismatch(own.begin(), own.end(), there.begin(), there.end()).first == own.end() ||
        std::filesystem::exists(records_folder(folder), failed))
      return Error{ErrorCode::invalid_argument,
                   fmt::format("{} is a store's own folder: name another folder for the copies; nothing was copied", folder.string()),
                   {}};
    return storage::back_up(*database_->db, folder);
  }

  std::vector<std::pair<std::string, std::uint64_t>> figures() const override {
    using Properties = rocksdb::DB::Properties;
    std::vector<std::pair<std::string, std::uint64_t>> out;
    const auto add = [&](const char* name, const std::string& property, bool all) {
      std::uint64_t value = 0;
      const bool known = all ? database_->db->GetAggregatedIntProperty(property, &value)
                             : database_->db->GetIntProperty(database_->handle(Family::events), property, &value);
      if (known) out.emplace_back(name, value);
    };
    add("rocksdb_live_sst_bytes", Properties::kLiveSstFilesSize, true);
    add("rocksdb_memtable_bytes", Properties::kCurSizeAllMemTables, true);
    add("rocksdb_table_reader_bytes", Properties::kEstimateTableReadersMem, true);
    add("rocksdb_pending_compaction_bytes", Properties::kEstimatePendingCompactionBytes, true);
    add("rocksdb_running_compactions", Properties::kNumRunningCompactions, false);
    add("rocksdb_running_flushes", Properties::kNumRunningFlushes, false);
    add("rocksdb_snapshots", Properties::kNumSnapshots, false);
    add("rocksdb_block_cache_bytes", Properties::kBlockCacheUsage, false);
    add("rocksdb_background_errors", Properties::kBackgroundErrors, false);
    return out;
  }

  Result<void> flush() override {
    if (!lost_.empty()) return {};  // nothing was written
    rocksdb::FlushOptions options;
    kill_point("flush.begin");
    if (auto ready = resume(); !ready) return ready;
    if (const auto status = database_->db->Flush(options, database_->handles); !status.ok()) return failed(status);
    kill_point("flush.end");
    if (const auto status = database_->db->SyncWAL(); !status.ok()) return failed(status);
    return {};
  }

  Result<std::vector<FamilySize>> sizes() override {
    std::vector<FamilySize> out;
    for (const FamilyInfo& family : kFamilies) {
      rocksdb::ColumnFamilyMetaData meta;
      database_->db->GetColumnFamilyMetaData(database_->handle(family.family), &meta);
      FamilySize size{std::string(family.name), meta.file_count, 0, meta.size};
      for (const auto& level : meta.levels)
        for (const auto& file : level.files) size.rows += file.num_entries - file.num_deletions;
      out.push_back(std::move(size));
    }
    return out;
  }

  Result<std::vector<DamagedFile>> damaged_files() override {
    std::vector<DamagedFile> out = lost_;
    const auto all = database_->db->VerifyChecksum();
    if (all.ok()) return out;
    // It stops at the first file and names that one alone: the others are looked at from outside, where a file that was
    // ingested or is gone since cannot be judged.
    const std::string first = all.ToString();
    std::vector<rocksdb::LiveFileMetaData> files;
    database_->db->GetLiveFilesMetaData(&files);
    for (const auto& file : files) {
      const auto family = std::find_if(kFamilies.begin(), kFamilies.end(),
                                       [&](const FamilyInfo& one) { return one.name == file.column_family_name; });
      if (family == kFamilies.end() || is_lost(file)) continue;
      const rocksdb::Options options = database_->db->GetOptions(database_->handle(family->family));
      const auto status = rocksdb::VerifySstFileChecksum(options, rocksdb::EnvOptions(options), file.db_path + file.name);
      const std::string what = status.ToString();
      const bool told = first.find(file.name) != std::string::npos;
      const bool unsure = what.find("external sst file") != std::string::npos || what.find("No such file") != std::string::npos;
      if (told || (!status.ok() && !unsure))
        out.push_back({family->family, name_of(file), file.num_entries, told ? first : what});
    }
    if (out.empty()) return to_error(all, database_->folder);
    return out;
  }

 private:
  // After a write that failed RocksDB takes none until it is told to go on: when the disk has room again, it does.
  Result<void> resume() {
    if (!stopped_) return {};
    if (const auto status = database_->db->Resume(); !status.ok()) return to_error(status, database_->folder);
    stopped_ = false;
    return {};
  }
  Error failed(const rocksdb::Status& status) {
    stopped_ = true;
    return to_error(status, database_->folder);
  }

  Error only_read() const {
    std::string names;
    for (const DamagedFile& file : lost_) names += (names.empty() ? "" : ", ") + file.name;
    return {ErrorCode::corrupt,
            fmt::format("the store {} cannot read {} and is open for reading what is left: nothing was written; put it back, or restore the "
                        "store from a copy",
                        database_->folder.string(), names),
            {}};
  }
  bool is_lost(const rocksdb::LiveFileMetaData& file) const {
    return std::any_of(lost_.begin(), lost_.end(), [&](const DamagedFile& one) { return one.name == name_of(file); });
  }

  std::unique_ptr<Database> database_;
  Durability durability_;
  std::atomic<bool> stopped_ = false;
  const std::vector<DamagedFile> lost_;  // as it was opened; then nothing is written

  std::mutex settling_;
  std::condition_variable synced_;
  bool syncing_ = false;
  std::uint64_t applied_ = 0;  // batches
  std::uint64_t settled_ = 0;  // of them, how many are on disk
};

}  // namespace

namespace {

// The files that are gone or whose ends, which say what is in them, cannot be read.
std::vector<DamagedFile> lost_files(const Database& database) {
  std::vector<rocksdb::LiveFileMetaData> files;
  database.db->GetLiveFilesMetaData(&files);
  std::vector<DamagedFile> out;
  for (const auto& file : files) {
    const auto family = std::find_if(kFamilies.begin(), kFamilies.end(),
                                     [&](const FamilyInfo& one) { return one.name == file.column_family_name; });
    if (family == kFamilies.end()) continue;
    rocksdb::SstFileReader reader(database.db->GetOptions(database.handle(family->family)));
    const auto status = reader.Open(file.db_path + file.name);
    if (status.ok()) continue;
    std::error_code ignored;
    const bool there = std::filesystem::exists(file.db_path + file.name, ignored);
    out.push_back({family->family, name_of(file), 0, there ? status.ToString() : fmt::format("it is gone, and had {} bytes", file.size)});
  }
  return out;
}

// The log up to where it is damaged, and nothing behind that, so that what is shown was all there at one time; or what can be
// read on both sides, where files of rows hold more than that already or are gone themselves.
enum class Left : bool { up_to_the_damage, all_that_can_be_read };

std::unique_ptr<Database> open_for_reading(const std::filesystem::path& folder, Left left, std::vector<DamagedFile>& lost) {
  const auto passed_over = std::make_shared<PassedOver>();
  auto options = database_options(passed_over);
  if (left == Left::up_to_the_damage)
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  else
    options.paranoid_checks = false;  // whose first is that every file is there
  auto database = std::make_unique<Database>();
  database->folder = folder;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(options, folder.string(), family_descriptors(), &database->handles, &opened);
  if (!status.ok()) return nullptr;
  database->db.reset(opened);
  lost = lost_files(*database);
  const char* const behind = left == Left::up_to_the_damage ? "what was recorded behind them is not shown" : "what was recorded behind them is shown";
  for (const auto& part : passed_over->parts())
    lost.push_back({std::nullopt, part.file, 0, fmt::format("{}; {} bytes are passed over, and {}", part.what, part.bytes, behind)});
  return database;
}

// Where files of rows are gone or the log is damaged, what is left can be read, and each question that needs what is not says
// so. Null where that is not what is wrong.
std::unique_ptr<Table> open_what_is_left(const std::filesystem::path& folder) {
  std::vector<DamagedFile> lost;
  std::unique_ptr<Database> database;
  for (const Left left : {Left::up_to_the_damage, Left::all_that_can_be_read})
    if (!database || lost.empty()) database = open_for_reading(folder, left, lost);
  if (!database || lost.empty()) return nullptr;
  for (const DamagedFile& file : lost)
    log::warn("the store {} is opened for reading what is left: {} of {} cannot be read ({}); {}restore the store from a copy",
              folder.string(), file.name, file.family ? info(*file.family).name : "the log", file.what, file.family ? "put it back, or " : "");
  return std::make_unique<RocksTable>(std::move(database), std::move(lost));
}

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
  if (!status.ok()) {
    if (mode == OpenMode::existing)
      if (auto left = open_what_is_left(folder)) return Result<std::unique_ptr<Table>>(std::move(left));
    return to_error(status, folder);
  }
  database->db.reset(opened);
  return std::unique_ptr<Table>(std::make_unique<RocksTable>(std::move(database), durability));
}

}  // namespace entente::storage
