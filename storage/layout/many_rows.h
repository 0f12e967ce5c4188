// Getting several rows of one family together, which costs a view on disk less than one by one.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "storage/layout/table.h"

namespace entente::storage {

// The place of the key, and its row's value, for the time of the call.
using VisitRow = std::function<Result<void>(std::size_t, std::string_view)>;

// A view that has a quicker way is one of these too.
class ManyRows {
 public:
  virtual ~ManyRows() = default;
  // As get_rows().
  virtual Result<void> get_sorted(Family family, std::span<const std::string> keys, const VisitRow& visit) const = 0;
};

// Calls `visit` for each key that has a row, in the order of the keys, until it fails. REQUIRES: the keys are sorted.
Result<void> get_rows(const TableView& view, Family family, std::span<const std::string> keys, const VisitRow& visit);

}  // namespace entente::storage
