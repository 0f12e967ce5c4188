#include "storage/memory/memory_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <vector>

namespace entente::storage {
namespace {

// A row's values, oldest first, each with the number of the write that gave it.
struct Cell {
  std::uint64_t write = 0;
  std::string value;
};
using MemoryRows = std::map<std::string, std::vector<Cell>, std::less<>>;

// What table, views and scans share; a view may be let go of in any order.
struct State {
  std::shared_mutex mutex;
  std::array<MemoryRows, kFamilies.size()> families;
  std::uint64_t writes = 0;
  std::multiset<std::uint64_t> views;  // the write that each open view ends with

  const std::string* value_at(const std::vector<Cell>& cells, std::uint64_t write) const {
    for (auto cell = cells.rbegin(); cell != cells.rend(); ++cell)
      if (cell->write <= write) return &cell->value;
    return nullptr;
  }
};

class MemoryScan final : public Scan {
 public:
  MemoryScan(std::shared_ptr<State> state, std::uint64_t write, Range range, Direction direction)
      : state_(std::move(state)), write_(write), range_(std::move(range)), direction_(direction) {
    const std::shared_lock lock(state_->mutex);
    if (range_.lower >= range_.upper) return;
    const MemoryRows& rows = this->rows();
    if (direction_ == Direction::forward)
      settle_forward(rows.lower_bound(range_.lower));
    else
      settle_backward(rows.lower_bound(range_.upper));
  }

  bool valid() const override { return valid_; }
  std::string_view key() const override { return key_; }
  std::string_view value() const override { return value_; }
  void next() override {
    const std::shared_lock lock(state_->mutex);
    valid_ = false;
    if (direction_ == Direction::forward)
      settle_forward(rows().upper_bound(key_));
    else
      settle_backward(rows().lower_bound(key_));
  }
  Result<void> status() const override { return {}; }

 private:
  const MemoryRows& rows() const { return state_->families[static_cast<std::size_t>(range_.family)]; }

  bool stop_at(MemoryRows::const_iterator row) {
    const std::string* value = state_->value_at(row->second, write_);
    if (value == nullptr) return false;
    key_ = row->first;
    value_ = *value;
    return valid_ = true;
  }
  void settle_forward(MemoryRows::const_iterator row) {
    for (; row != rows().end() && row->first < range_.upper; ++row)
      if (stop_at(row)) return;
  }
  void settle_backward(MemoryRows::const_iterator after) {
    while (after != rows().begin()) {
      --after;
      if (after->first < range_.lower || stop_at(after)) return;
    }
  }

  std::shared_ptr<State> state_;
  std::uint64_t write_;
  Range range_;
  Direction direction_;
  bool valid_ = false;
  std::string key_;
  std::string value_;
};

class MemoryView final : public TableView {
 public:
  explicit MemoryView(std::shared_ptr<State> state) : state_(std::move(state)) {
    const std::unique_lock lock(state_->mutex);
    write_ = state_->writes;
    state_->views.insert(write_);
  }
  ~MemoryView() override {
    const std::unique_lock lock(state_->mutex);
    state_->views.erase(state_->views.find(write_));
  }
  MemoryView(const MemoryView&) = delete;
  MemoryView& operator=(const MemoryView&) = delete;

  Result<std::optional<std::string>> get(Family family, std::string_view key) const override {
    const std::shared_lock lock(state_->mutex);
    const MemoryRows& rows = state_->families[static_cast<std::size_t>(family)];
    const auto row = rows.find(key);
    const std::string* value = row == rows.end() ? nullptr : state_->value_at(row->second, write_);
    return value == nullptr ? std::optional<std::string>() : std::optional(*value);
  }

  std::unique_ptr<Scan> scan(const Range& range, Direction direction) const override {
    return std::make_unique<MemoryScan>(state_, write_, range, direction);
  }

 private:
  std::shared_ptr<State> state_;
  std::uint64_t write_ = 0;
};

class MemoryBulk final : public Bulk {
 public:
  explicit MemoryBulk(Table& table) : table_(table) {}
  Result<void> put(Family family, std::string_view key, std::string_view value) override {
    const std::lock_guard lock(mutex_);
    writes_.push_back({family, std::string(key), std::string(value)});
    return {};
  }
  std::filesystem::path scratch() const override { return {}; }
  Result<void> commit() override { return table_.apply(writes_); }

 private:
  Table& table_;
  std::mutex mutex_;
  std::vector<Write> writes_;
};

class MemoryTable final : public Table {
 public:
  Result<std::unique_ptr<TableView>> view() override {
    return std::unique_ptr<TableView>(std::make_unique<MemoryView>(state_));
  }

  Result<void> apply_all(std::span<const std::vector<Write>> steps) override {
    const std::unique_lock lock(state_->mutex);
    const std::uint64_t oldest_view = state_->views.empty() ? state_->writes : *state_->views.begin();
    ++state_->writes;
    for (const auto& writes : steps)
      for (const Write& write : writes) {
        auto& cells = state_->families[static_cast<std::size_t>(write.family)][write.key];
        forget(cells, oldest_view);
        cells.push_back({state_->writes, write.value});
      }
    return {};
  }

  Result<void> settle() override { return {}; }

  Result<std::unique_ptr<Bulk>> bulk() override { return std::unique_ptr<Bulk>(std::make_unique<MemoryBulk>(*this)); }

  Result<void> back_up(const std::filesystem::path& /*folder*/) override {
    return Error{ErrorCode::invalid_argument, "a store in memory is not copied to disk: dump it", {}};
  }

  Result<std::vector<DamagedFile>> damaged_files() override { return std::vector<DamagedFile>(); }
  Result<std::vector<FamilySize>> sizes() override {
    const std::shared_lock lock(state_->mutex);
    std::vector<FamilySize> out;
    for (const FamilyInfo& family : kFamilies) {
      FamilySize size{std::string(family.name), 0, 0, 0};
      for (const auto& [key, cells] : state_->families[static_cast<std::size_t>(family.family)]) {
        ++size.rows;
        size.bytes += key.size() + cells.back().value.size();
      }
      out.push_back(std::move(size));
    }
    return out;
  }
  Result<void> flush() override { return {}; }

 private:
  // Drops what no view can see any more: all but the last of the cells up to the oldest view.
  static void forget(std::vector<Cell>& cells, std::uint64_t oldest_view) {
    const auto seen =
        std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.write > oldest_view; });
    if (seen - cells.begin() > 1) cells.erase(cells.begin(), seen - 1);
  }

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace

std::unique_ptr<Table> make_memory_table() { return std::make_unique<MemoryTable>(); }

}  // namespace entente::storage
