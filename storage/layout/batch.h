// The writes of one step, seen as if they had happened already: what is decided later in the step reads what was
// decided earlier. Nothing reaches the table before the writes are applied.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/layout/table.h"

namespace entente::storage {

// Rows on their way into a table, found by their keys: those of one step after another, each in their order.
class PendingRows {
 public:
  struct Row {
    std::string_view key;
    std::string_view value;
  };

  // The writes stay where they are. REQUIRES: by family and key.
  void add(std::span<const Write> writes);
  // What the last step says that puts it.
  std::optional<std::string_view> find(Family family, std::string_view key) const;
  std::vector<Row> in(const Range& range) const;

 private:
  using Run = std::span<const Write>;  // of one step and family

  std::array<std::vector<Run>, kFamilies.size()> runs_;
};

// A view with rows over it that are on their way into its table.
class PendingView final : public TableView {
 public:
  // The rows are not added to while the view is read.
  PendingView(std::unique_ptr<TableView> base, std::shared_ptr<const PendingRows> rows) : base_(std::move(base)), rows_(std::move(rows)) {}

  Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
  // REQUIRES: forward.
  std::unique_ptr<Scan> scan(const Range& range, Direction direction) const override;
  std::optional<EntityNumber> remembered_number(std::string_view id) const override;
  void remember_number(std::string_view id, EntityNumber number) const override;

 private:
  std::unique_ptr<TableView> base_;
  std::shared_ptr<const PendingRows> rows_;
};

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
  std::optional<EntityNumber> remembered_number(std::string_view id) const override;
  // Numbers that this batch gives are remembered within it: they are nobody else's before it is applied.
  void remember_number(std::string_view id, EntityNumber number) const override;

  // By family and key.
  std::vector<Write> take_writes() &&;

 private:
  using Rows = std::map<std::string, std::string, std::less<>>;

  const TableView& base_;
  std::array<Rows, kFamilies.size()> pending_;
  mutable std::map<std::string, EntityNumber, std::less<>> given_;
};

}  // namespace entente::storage
