#include "storage/rocks/term_cache.h"

#include <algorithm>
#include <mutex>

namespace entente::storage {
namespace {

// Some 15 MB. When it is full all are let go of: those in use come back with the next questions.
constexpr std::size_t kKnownMax = 100'000;

}  // namespace

std::optional<EntityNumber> TermCache::find(std::string_view id, std::uint64_t sequence) const {
  const std::shared_lock lock(mutex_);
  const auto known = known_.find(id);
  if (known == known_.end() || known->second.sequence > sequence) return std::nullopt;
  return known->second.number;
}

void TermCache::add(std::string_view id, EntityNumber number, std::uint64_t sequence) {
  const std::unique_lock lock(mutex_);
  if (const auto known = known_.find(id); known != known_.end()) {
    known->second.sequence = std::min(known->second.sequence, sequence);
    return;
  }
  if (known_.size() == kKnownMax) known_.clear();
  known_.emplace(std::string(id), Known{number, sequence});
}

}  // namespace entente::storage
