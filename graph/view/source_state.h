// What pulling remembers of a source from one run to the next: small rows of bytes, each with the name of a source and
// of an item of it. The store and the RPC client answer alike; what the bytes mean is the importers' own.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/view/claim_sink.h"

namespace entente::graph {

struct StateRow {
  std::string source;  // "kr-mofa-en"
  std::string item;    // a page's address; empty for what is remembered of the source itself
  std::string bytes;

  friend bool operator==(const StateRow&, const StateRow&) = default;
};

// A source held by one run; letting go of it frees the source, and so does the end of the process that holds it.
class SourceHold {
 public:
  virtual ~SourceHold() = default;
};

class SourceStates {
 public:
  virtual ~SourceStates() = default;

  virtual Result<std::optional<std::string>> find_state(std::string_view source, std::string_view item) = 0;
  // Up to `limit` rows of a source in an order of their own, from the one behind `after` (the item of the last row of
  // the call before; absent at the start). Fewer than `limit` only at the end. REQUIRES: limit > 0.
  virtual Result<std::vector<StateRow>> states(std::string_view source, const std::optional<std::string>& after,
                                               std::size_t limit) = 0;
  // All of them or none. A row takes the place of the one with the same names.
  virtual Result<void> put_states(std::span<const StateRow> rows) = 0;
  // As ClaimSink::record, with rows that are written in the same step: a run that is killed finds both or neither.
  virtual Result<RecordReport> record_with(const Reading& reading, std::span<const StateRow> rows) = 0;
  // Fails with locked, naming the holder, while another run holds it.
  virtual Result<std::unique_ptr<SourceHold>> hold(std::string_view source, std::string_view holder) = 0;
};

// More than any state is; what is longer is refused with too_large.
inline constexpr std::size_t kStateBytesMax = 1U << 20U;

// Every row of a source, asked for a page at a time.
Result<std::vector<StateRow>> all_states(SourceStates& states, std::string_view source);

}  // namespace entente::graph
