// How RocksDB is set up, and how its statuses read as our errors. For storage/rocks only.
#pragma once

#include <rocksdb/db.h>

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "storage/layout/families.h"
#include "storage/store.h"

namespace entente::storage {

rocksdb::DBOptions database_options();
std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors();

Error to_error(const rocksdb::Status& status, const std::filesystem::path& folder);

}  // namespace entente::storage
