#include "storage/rocks/backup.h"

#include <fmt/format.h>
#include <rocksdb/utilities/backup_engine.h>

#include "base/kill_point.h"
#include "storage/layout/format.h"
#include "storage/rocks/folder.h"
#include "storage/rocks/options.h"
#include "storage/store.h"

namespace entente::storage {
namespace {

namespace fs = std::filesystem;

Error damaged(const rocksdb::Status& status, const fs::path& backup) {
  Error error = to_error(status, backup);
  error.message = fmt::format("the backup {} cannot be used: {}; take another copy, or an earlier one of the disk",
                              backup.string(), status.ToString());
  return error;
}

}  // namespace

Result<void> back_up(rocksdb::DB& db, const fs::path& backup) {
  if (auto made = make_folder(backup); !made) return made;
  rocksdb::BackupEngine* raw = nullptr;
  rocksdb::BackupEngineOptions options(backup.string());
  if (kill_points_set()) options.callback_trigger_interval_size = 1;
  const auto opened = rocksdb::BackupEngine::Open(options, rocksdb::Env::Default(), &raw);
  const std::unique_ptr<rocksdb::BackupEngine> engine(raw);
  if (!opened.ok()) return to_error(opened, backup);
  rocksdb::CreateBackupOptions how;
  how.flush_before_backup = true;
  how.progress_callback = [] { kill_point("backup.copying"); };
  kill_point("backup.begin");
  if (const auto status = engine->CreateNewBackup(how, &db); !status.ok()) return to_error(status, backup);
  kill_point("backup.copied");
  return seal(backup);
}

Result<void> Store::restore(const fs::path& backup, const fs::path& folder) {
  const auto number = read_format(backup);
  if (!number) return number.error();
  if (!*number)
    return Error{ErrorCode::not_found, fmt::format("there is no backup at {}: name the folder that `entente backup` wrote", backup.string()), {}};
  const auto state = look_at(folder);
  if (!state) return state.error();
  if (*state != FolderState::absent)
    return Error{ErrorCode::invalid_argument,
                 fmt::format("there is a store at {} already: restore into a new folder, nothing was changed", folder.string()),
                 {}};
  rocksdb::BackupEngineReadOnly* raw = nullptr;
  const auto opened =
      rocksdb::BackupEngineReadOnly::Open(rocksdb::BackupEngineOptions(backup.string()), rocksdb::Env::Default(), &raw);
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(raw);
  if (!opened.ok()) return damaged(opened, backup);
  std::vector<rocksdb::BackupInfo> copies;
  engine->GetBackupInfo(&copies);
  if (copies.empty())
    return Error{ErrorCode::not_found, fmt::format("the backup {} holds no copy that is whole", backup.string()), {}};
  if (const auto status = engine->VerifyBackup(copies.back().backup_id, true); !status.ok()) return damaged(status, backup);
  if (auto made = make_folder(folder); !made) return made;
  const std::string records = records_folder(folder).string();
  if (const auto status = engine->RestoreDBFromLatestBackup(records, records); !status.ok()) return damaged(status, backup);
  return seal(folder, **number);
}

}  // namespace entente::storage
