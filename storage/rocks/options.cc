#include "storage/rocks/options.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <string>

#include "base/kill_point.h"
#include "base/log.h"

namespace entente::storage {
namespace {

constexpr std::size_t kBlockCacheBytes = 64U << 20U;
constexpr std::size_t kWriteBuffersBytes = 64U << 20U;  // of all families together
constexpr int kFilterBitsPerKey = 10;

rocksdb::ColumnFamilyOptions family_options(const FamilyInfo& family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  if (family.access == Access::point) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBitsPerKey));
    table.whole_key_filtering = true;
  }
  // Most of what is looked up before a release is recorded is not there: rows in memory have their filter, too. Of a
  // write buffer it is enough for some 250 000 of them, and takes 330 KB.
  if (family.access == Access::point) {
    options.memtable_prefix_bloom_size_ratio = 0.005;
    options.memtable_whole_key_filtering = true;
  }
  if (family.stem_bytes > 0) options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(family.stem_bytes));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compression = family.access == Access::blob ? rocksdb::kNoCompression : rocksdb::kZSTD;
  // Rows of tables are packed by us: more work finds little more in them, and a load waits for it.
  if (is_ingested(family.family)) options.compression_opts.level = 1;
  options.level_compaction_dynamic_level_bytes = true;
  return options;
}

// What RocksDB says of itself goes to our log. A file of its own beside the records would be one more that a full disk cuts
// off, which it takes for a mistake of ours and ends the process (an assertion, in builds that have them).
class ToOurLog final : public rocksdb::Logger {
 public:
  explicit ToOurLog(std::shared_ptr<PassedOver> passed_over)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), passed_over_(std::move(passed_over)) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override { write(format, arguments); }
  // What the options are: docs/storage-format.md says it better.
  void LogHeader(const char* /*format*/, va_list /*arguments*/) override {}
  void Logv(rocksdb::InfoLogLevel level, const char* format, va_list arguments) override {
    if (level >= GetInfoLogLevel() && level != rocksdb::InfoLogLevel::HEADER_LEVEL) write(format, arguments);
  }

 private:
  void write(const char* format, va_list arguments) const {
    std::array<char, 1024> text{};
    if (std::vsnprintf(text.data(), text.size(), format, arguments) < 0) return;
    // What went wrong comes back to the caller, in words that say what to do.
    log::debug("rocksdb: {}", text.data());
    if (passed_over_) passed_over_->hear(text.data());
  }

  std::shared_ptr<PassedOver> passed_over_;
};

// After a write that failed for want of room RocksDB would look for room every few seconds and take no write meanwhile. The
// next write asks it to go on instead (RocksTable::resume), so that room that was made counts at once.
class ResumedByHand final : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/, rocksdb::Status /*error*/, bool* by_itself) override {
    *by_itself = false;
  }
};

// Places within RocksDB's own work at which a test can have the process die.
class KillPoints final : public rocksdb::EventListener {
 public:
  void OnFlushBegin(rocksdb::DB* /*db*/, const rocksdb::FlushJobInfo& /*job*/) override { kill_point("flush.job"); }
  void OnFlushCompleted(rocksdb::DB* /*db*/, const rocksdb::FlushJobInfo& /*job*/) override { kill_point("flush.done"); }
  void OnTableFileCreated(const rocksdb::TableFileCreationInfo& /*file*/) override { kill_point("flush.file"); }
  void OnExternalFileIngested(rocksdb::DB* /*db*/, const rocksdb::ExternalFileIngestionInfo& /*file*/) override {
    kill_point("ingest.file");
  }
};

}  // namespace

// "[db/db_impl/db_impl_open.cc:982] (ignoring error) .../000012.log: dropping 4096 bytes; Corruption: checksum mismatch"
void PassedOver::hear(std::string_view message) {
  constexpr std::string_view kDropping = ".log: dropping ";
  const auto at = message.find(kDropping);
  if (at == std::string_view::npos) return;
  const auto end = at + std::string_view(".log").size();
  const auto name = message.find_last_of("/ ", at) + 1;  // from 0 where there is none
  std::string_view rest = message.substr(at + kDropping.size());
  Part part{std::string(message.substr(name, end - name)), 0, {}};
  while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
    part.bytes = part.bytes * 10 + static_cast<std::uint64_t>(rest.front() - '0');
    rest.remove_prefix(1);
  }
  if (const auto what = rest.find("; "); what != std::string_view::npos) part.what = rest.substr(what + 2);
  const std::lock_guard lock(mutex_);
  const auto known = std::find_if(parts_.begin(), parts_.end(), [&](const Part& one) { return one.file == part.file; });
  if (known == parts_.end()) parts_.push_back(std::move(part));
  else known->bytes += part.bytes;
}

std::vector<PassedOver::Part> PassedOver::parts() const {
  const std::lock_guard lock(mutex_);
  return parts_;
}

rocksdb::DBOptions database_options(std::shared_ptr<PassedOver> passed_over) {
  rocksdb::DBOptions options;
  options.create_if_missing = false;
  options.create_missing_column_families = false;
  options.paranoid_checks = true;
  // A write cut off by a crash at the end of the log was never acknowledged and is dropped; damage anywhere else is
  // damage, and the store is not opened as if nothing had been there.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.db_write_buffer_size = kWriteBuffersBytes;
  options.info_log = std::make_shared<ToOurLog>(std::move(passed_over));
  options.stats_dump_period_sec = 0;
  options.listeners.push_back(std::make_shared<ResumedByHand>());
  if (kill_points_set()) options.listeners.push_back(std::make_shared<KillPoints>());
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors() {
  const auto cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> out;
  out.reserve(kFamilies.size() + 1);
  for (const FamilyInfo& family : kFamilies) out.emplace_back(std::string(family.name), family_options(family, cache));
  // RocksDB wants its own family opened, too; nothing is ever put into it.
  out.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
  return out;
}

Error to_error(const rocksdb::Status& status, const std::filesystem::path& folder) {
  const auto error = [&](ErrorCode code, std::string_view what, std::string_view advice) {
    return Error{code, fmt::format("the store {} {}: {}; {}", folder.string(), what, status.ToString(), advice), {}};
  };
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::kNoSpace)
    return error(ErrorCode::io, "has no room left",
                 "make room on the disk and try again; what was acknowledged is kept");
  // Of a file that is gone RocksDB says now that it is damaged, now that there is no such file.
  if (std::string gone = status.ToString(); gone.find("No such file") != std::string::npos) {
    // It looks for a file under an old name last, and names that.
    if (const auto old_name = gone.find(".ldb"); old_name != std::string::npos) gone.replace(old_name, 4, ".sst");
    return Error{ErrorCode::corrupt,
                 fmt::format("the store {} lacks a file that holds a part of it: {}; put it back, or restore the store from a copy; "
                             "nothing was changed",
                             folder.string(), gone),
                 {}};
  }
  if (status.IsCorruption())
    return error(ErrorCode::corrupt, "is damaged", "restore it from a copy, or import again into a new folder");
  const std::string text = status.ToString();
  if (text.find("Permission denied") != std::string::npos || text.find("Read-only file system") != std::string::npos)
    return error(ErrorCode::permission, "cannot be used", "change the rights of its files, or run as their owner");
  // An option or family that does not fit is a folder that we did not write.
  if (status.IsInvalidArgument() || status.IsNotFound())
    return error(ErrorCode::corrupt, "lacks parts", "restore it from a copy, or import again into a new folder");
  return error(ErrorCode::io, "cannot be read or written", "look at the disk, then try again");
}

}  // namespace entente::storage
