#include "storage/record/load_blocks.h"

#include <algorithm>

namespace entente::storage {

using graph::Order;

LoadBlocks::LoadBlocks(const TableView& view, Whose whose, const RowFilter& filter, LoadNumber number,
                       const LoadRecord& load)
    : view_(view),
      filter_(filter),
      family_(whose.with == 0 ? Family::load_entity_rows : Family::load_pair_rows),
      start_(start_of(whose)) {
  put_big_endian(start_, number);
  const auto& wanted = filter.publishers;
  if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), load.info.publisher) == wanted.end()) return;
  const auto most =
      static_cast<Day>(std::min<std::uint32_t>(load.days_more_max, static_cast<std::uint32_t>(kLookbackDays)));
  stretches_ = stretches_of(filter, most, load.days_more_max > static_cast<std::uint32_t>(kLookbackDays), false);
}

Result<bool> LoadBlocks::next() {
  for (; stretch_ < stretches_.size(); ++stretch_, scan_.reset()) {
    if (!scan_) {
      if (auto opened = open_scan(); !opened) return opened.error();
    } else {
      scan_->next();
    }
    if (!scan_->valid()) {
      if (auto status = scan_->status(); !status) return status.error();
      continue;
    }
    if (!take_block()) return off();
    // Going back, nothing before this block can be as late as the stretch begins.
    if (filter_.order == Order::newest_first && stretch().first != kBeforeAllDays) {
      const auto last = block_.last_first_day();
      if (!last) return off();
      if (*last < stretch().first) continue;
    }
    return true;
  }
  return false;
}

Result<void> LoadBlocks::open_scan() {
  Range range = days(family_, start_, stretch().section, kBeforeAllDays, stretch().last);
  range.lower = in_section(start_, stretch().section);
  if (filter_.order == Order::newest_first) {
    scan_ = view_.scan(range, Direction::backward);
    return {};
  }
  // The block that holds the first day may begin before it.
  if (stretch().first != kBeforeAllDays) {
    Range before = range;
    before.upper = in_section(start_, stretch().section);
    put_big_endian(before.upper, order_preserving(stretch().first));
    const auto back = view_.scan(before, Direction::backward);
    if (back->valid()) range.lower = std::string(back->key());
    if (auto status = back->status(); !status) return status;
  }
  scan_ = view_.scan(range, Direction::forward);
  return {};
}

// Section, day and event stand at the end of either key.
bool LoadBlocks::take_block() {
  const std::string_view key = scan_->key();
  constexpr std::size_t kEnd = fields::kWidth<Day> + fields::kWidth<std::uint64_t>;
  if (key.size() != info(family_).key_bytes) return false;
  std::uint64_t event = 0;
  fields::get(key.substr(key.size() - kEnd), first_day_);
  fields::get(key.substr(key.size() - fields::kWidth<std::uint64_t>), event);
  block_ = RowBlock(scan_->value(), first_day_, event);
  return block_.good();
}

}  // namespace entente::storage
