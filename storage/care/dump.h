// A store as text, and a store from it: JSON Lines, one row a line, in an order that stays (docs/dump.md). Only what
// cannot be worked out is written; the orders by which things are found are worked out when it is read. A store made of
// a dump answers as the one that was dumped, as of every recorded time.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <string_view>

#include "base/result.h"
#include "storage/store.h"

namespace entente::storage {

inline constexpr std::uint32_t kDumpVersion = 1;

// Gives each line, without its end, to `line`, which may fail and so end it. REQUIRES: a store of Store::open or
// Store::in_memory. Fails with corrupt or io as reading does.
Result<void> dump(Store& store, const std::function<Result<void>(std::string_view line)>& line);

// Puts the rows of a dump into the store. REQUIRES: nothing was ever recorded in it. Fails with invalid_argument, naming
// the line and what is wrong with it, unsupported_format for a dump of a later version, or as writing does; the store is
// then half made and to be thrown away.
Result<void> undump(std::istream& in, Store& store);

}  // namespace entente::storage
