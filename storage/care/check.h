// Whether the orders of a store agree: what one family says of an event, a claim or an entity, each of the others must
// say, and no more than that, at every recorded time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "storage/store.h"

namespace entente::storage {

struct Disagreement {
  std::string family;  // where it shows
  std::string row;     // the bytes of the key in hex, or what it is about: a file
  std::string what;    // "is missing", "should not be there", "says something else", ...
};

struct CheckReport {
  std::uint64_t rows = 0;           // looked at
  std::uint64_t disagreements = 0;  // all of them
  std::vector<Disagreement> shown;  // the first kDisagreementsShownMax

  bool agrees() const { return disagreements == 0; }
};

inline constexpr std::size_t kDisagreementsShownMax = 100;

// Reads the whole store as it is now; writes go on meanwhile. REQUIRES: a store of Store::open or Store::in_memory.
// Fails with corrupt for a row that cannot be read at all, or as reading from the disk does.
Result<CheckReport> check(Store& store);

}  // namespace entente::storage
