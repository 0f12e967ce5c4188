// The blocks of packed rows that a timeline asks for of one load, in its order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/codec/row_block.h"
#include "storage/record/stretches.h"

namespace entente::storage {

class LoadBlocks {
 public:
  // The view and the filter outlive it.
  LoadBlocks(const TableView& view, Whose whose, const RowFilter& filter, LoadNumber number, const LoadRecord& load);

  // Moves to the next block, of this stretch or the next; false at the end. Fails with corrupt for one whose head is
  // off.
  Result<bool> next();
  // REQUIRES: next() gave true. The block lives until the next next().
  const RowBlock& block() const { return block_; }
  Day first_day() const { return first_day_; }  // of its first row
  const Stretch& stretch() const { return stretches_[stretch_]; }
  // That the block is none that was written.
  Error off() const { return corrupt_row(family_, scan_->key()); }

 private:
  Result<bool> next_of_stretch();
  void open_scan();
  // Goes on with the block in which the stretch begins.
  Result<void> go_to_first_day();
  bool take_block();

  const TableView& view_;
  const RowFilter& filter_;
  Family family_;
  std::string start_;
  std::vector<Stretch> stretches_;
  std::size_t stretch_ = 0;
  std::unique_ptr<Scan> scan_;
  RowBlock block_;
  Day first_day_ = 0;
};

}  // namespace entente::storage
