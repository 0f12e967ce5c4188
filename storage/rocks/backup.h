// Copies of a store's records that share what has not changed: each takes the room of what came since the one before.
//   FORMAT   the format number of what was copied last
//   the rest is RocksDB's
#pragma once

#include <rocksdb/db.h>

#include <filesystem>

#include "base/result.h"

namespace entente::storage {

// Adds a copy of the database as it is now to the folder, which is made where there is none; writes go on meanwhile.
Result<void> back_up(rocksdb::DB& db, const std::filesystem::path& backup);

}  // namespace entente::storage
