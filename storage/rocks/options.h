// How RocksDB is set up, and how its statuses read as our errors. For storage/rocks only.
#pragma once

#include <rocksdb/db.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "storage/layout/families.h"
#include "storage/store.h"

namespace entente::storage {

// What RocksDB could not read of its log as it opened: it says so in its messages alone.
class PassedOver {
 public:
  struct Part {
    std::string file;
    std::uint64_t bytes = 0;  // the first of them; what stands behind them may be lost with them
    std::string what;
  };
  // Takes the message if it is one of these.
  void hear(std::string_view message);
  std::vector<Part> parts() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Part> parts_;
};

// `passed_over` hears what is said of the log, where one is given.
rocksdb::DBOptions database_options(std::shared_ptr<PassedOver> passed_over = nullptr);
std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors();

Error to_error(const rocksdb::Status& status, const std::filesystem::path& folder);

}  // namespace entente::storage
