#include "storage/record/load_blocks.h"

#include <algorithm>

namespace entente::storage {
namespace {

// Of a timeline that is walked forward, so many blocks before the period are passed over before the block in which it
// begins is looked up, which costs about as much: most pairs have no more than one or two blocks at all.
constexpr std::size_t kPassedMax = 4;

}  // namespace

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
    auto found = next_of_stretch();
    if (!found || *found) return found;
  }
  return false;
}

Result<bool> LoadBlocks::next_of_stretch() {
  if (scan_)
    scan_->next();
  else
    open_scan();
  for (std::size_t passed = 0; scan_->valid(); ++passed) {
    if (!take_block()) return off();
    if (stretch().first == kBeforeAllDays) return true;
    const auto last = block_.last_first_day();
    if (!last) return off();
    if (*last >= stretch().first) return true;
    // Going back, nothing before this block can be as late as the stretch begins.
    if (filter_.order == Order::newest_first) return false;
    if (passed != kPassedMax)
      scan_->next();
    else if (auto gone = go_to_first_day(); !gone)
      return gone.error();
  }
  if (auto status = scan_->status(); !status) return status.error();
  return false;
}

void LoadBlocks::open_scan() {
  Range range = days(family_, start_, stretch().section, kBeforeAllDays, stretch().last);
  range.lower = in_section(start_, stretch().section);
  scan_ = view_.scan(range, filter_.order == Order::newest_first ? Direction::backward : Direction::forward);
}

Result<void> LoadBlocks::go_to_first_day() {
  Range range = days(family_, start_, stretch().section, stretch().first, stretch().last);
  // The block that holds the first day may begin before it.
  const auto back = view_.scan({family_, in_section(start_, stretch().section), range.lower}, Direction::backward);
  if (back->valid()) range.lower = std::string(back->key());
  if (auto status = back->status(); !status) return status;
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
