// The numbers of ids, as views of one database have met them. An id keeps its number for good, so that nothing here
// grows stale; what an older view must not know yet is told by RocksDB's sequence of writes. From any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/codec/keys.h"

namespace entente::storage {

class TermCache {
 public:
  // Absent when it is not known, or only from after `sequence`.
  std::optional<EntityNumber> find(std::string_view id, std::uint64_t sequence) const;
  // REQUIRES: the database has it at `sequence`.
  void add(std::string_view id, EntityNumber number, std::uint64_t sequence);

 private:
  struct Known {
    EntityNumber number = 0;
    std::uint64_t sequence = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, Known, Hash, std::equal_to<>> known_;
};

}  // namespace entente::storage
