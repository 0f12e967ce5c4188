// A Table kept by RocksDB.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "storage/layout/table.h"
#include "storage/store.h"

namespace entente::storage {

enum class OpenMode : std::uint8_t {
  existing,  // fails with corrupt when there is nothing
  older,     // existing, and families that its format did not have are added
  fresh,     // makes it, or finishes what a crash left half made
};

// `folder` is RocksDB's own. A table that is there but for files of rows, or a part of its log, is opened for reading what is left:
// what needs one of those, and every write, fails with corrupt. Fails with permission, corrupt or io.
Result<std::unique_ptr<Table>> open_rocks_table(const std::filesystem::path& folder, OpenMode mode,
                                                Durability durability);

}  // namespace entente::storage
