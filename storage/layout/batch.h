// The writes of one step, seen as if they had happened already: what is decided later in the step reads what was
// decided earlier. Nothing reaches the table before the writes are applied.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "storage/layout/table.h"

namespace entente::storage {

class Batch final : public TableView {
 public:
  // The view outlives the batch.
  explicit Batch(const TableView& base) : base_(base) {}

  void put(Family family, std::string key, std::string value) {
    pending_[static_cast<std::size_t>(family)].insert_or_assign(std::move(key), std::move(value));
  }

  Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
  // REQUIRES: forward, and no put into the family while the scan is in use.
  std::unique_ptr<Scan> scan(const Range& range, Direction direction) const override;

  std::vector<Write> take_writes() &&;

 private:
  using Rows = std::map<std::string, std::string, std::less<>>;

  const TableView& base_;
  std::array<Rows, kFamilies.size()> pending_;
};

}  // namespace entente::storage
