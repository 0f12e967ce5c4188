#include "storage/layout/batch.h"

#include <algorithm>

#include "base/check.h"

namespace entente::storage {
namespace {

// Two orders merged; where both have a key, the pending row hides the other.
template <class Iterator>
class MergedScan final : public Scan {
 public:
  MergedScan(std::unique_ptr<Scan> base, Iterator at, Iterator end) : base_(std::move(base)), at_(at), end_(end) {}

  bool valid() const override { return on_pending() || base_->valid(); }
  std::string_view key() const override { return on_pending() ? key_of(*at_) : base_->key(); }
  std::string_view value() const override { return on_pending() ? value_of(*at_) : base_->value(); }
  void next() override {
    if (!on_pending()) return base_->next();
    if (base_->valid() && base_->key() == key_of(*at_)) base_->next();
    ++at_;
  }
  Result<void> status() const override { return base_->status(); }

 private:
  static std::string_view key_of(const std::pair<const std::string, std::string>& row) { return row.first; }
  static std::string_view value_of(const std::pair<const std::string, std::string>& row) { return row.second; }
  static std::string_view key_of(const PendingRows::Row& row) { return row.key; }
  static std::string_view value_of(const PendingRows::Row& row) { return row.value; }
  bool on_pending() const { return at_ != end_ && (!base_->valid() || key_of(*at_) <= base_->key()); }

  std::unique_ptr<Scan> base_;
  Iterator at_;
  Iterator end_;
};

// The same over rows of its own.
class PendingScan final : public Scan {
 public:
  PendingScan(std::unique_ptr<Scan> base, std::vector<PendingRows::Row> rows)
      : rows_(std::move(rows)), merged_(std::move(base), rows_.begin(), rows_.end()) {}
  PendingScan(const PendingScan&) = delete;
  PendingScan& operator=(const PendingScan&) = delete;

  bool valid() const override { return merged_.valid(); }
  std::string_view key() const override { return merged_.key(); }
  std::string_view value() const override { return merged_.value(); }
  void next() override { merged_.next(); }
  Result<void> status() const override { return merged_.status(); }

 private:
  const std::vector<PendingRows::Row> rows_;
  MergedScan<std::vector<PendingRows::Row>::const_iterator> merged_;
};

bool key_before(const Write& write, std::string_view key) { return write.key < key; }

template <class Rows>
std::unique_ptr<Scan> merged(std::unique_ptr<Scan> base, const Rows& rows, const Range& range, Direction direction) {
  ENTENTE_CHECK(direction == Direction::forward, "rows that are not in the table are scanned forward only");
  const auto first = rows.lower_bound(range.lower);
  const auto end = rows.lower_bound(range.upper);
  if (first == end) return base;
  return std::make_unique<MergedScan<typename Rows::const_iterator>>(std::move(base), first, end);
}

}  // namespace

void PendingRows::add(std::span<const Write> writes) {
  while (!writes.empty()) {
    const Family family = writes.front().family;
    const auto end = std::find_if(writes.begin(), writes.end(), [&](const Write& write) { return write.family != family; });
    const auto size = static_cast<std::size_t>(end - writes.begin());
    runs_[static_cast<std::size_t>(family)].push_back(writes.first(size));
    writes = writes.subspan(size);
  }
}

std::optional<std::string_view> PendingRows::find(Family family, std::string_view key) const {
  const auto& runs = runs_[static_cast<std::size_t>(family)];
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const auto at = std::lower_bound(run->begin(), run->end(), key, &key_before);
    if (at != run->end() && at->key == key) return at->value;
  }
  return std::nullopt;
}

std::vector<PendingRows::Row> PendingRows::in(const Range& range) const {
  std::vector<Row> out;
  const auto& runs = runs_[static_cast<std::size_t>(range.family)];
  for (auto run = runs.rbegin(); run != runs.rend(); ++run)
    for (auto at = std::lower_bound(run->begin(), run->end(), range.lower, &key_before); at != run->end() && at->key < range.upper; ++at)
      out.push_back({at->key, at->value});
  // Of one key what the last step says, which stands before the others here.
  std::stable_sort(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
  out.erase(std::unique(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.key == b.key; }), out.end());
  return out;
}

Result<std::optional<std::string>> PendingView::get(Family family, std::string_view key) const {
  if (const auto found = rows_->find(family, key)) return std::optional(std::string(*found));
  return base_->get(family, key);
}

std::unique_ptr<Scan> PendingView::scan(const Range& range, Direction direction) const {
  ENTENTE_CHECK(direction == Direction::forward, "rows that are not in the table are scanned forward only");
  auto rows = rows_->in(range);
  auto base = base_->scan(range, direction);
  if (rows.empty()) return base;
  return std::make_unique<PendingScan>(std::move(base), std::move(rows));
}

std::optional<EntityNumber> PendingView::remembered_number(std::string_view id) const {
  return base_->remembered_number(id);
}

void PendingView::remember_number(std::string_view id, EntityNumber number) const {
  if (!rows_->find(Family::terms, encode_key(TermKey{number}))) base_->remember_number(id, number);
}

Result<std::optional<std::string>> Batch::get(Family family, std::string_view key) const {
  const Rows& rows = pending_[static_cast<std::size_t>(family)];
  if (const auto found = rows.find(key); found != rows.end()) return std::optional(found->second);
  return base_.get(family, key);
}

std::unique_ptr<Scan> Batch::scan(const Range& range, Direction direction) const {
  return merged(base_.scan(range, direction), pending_[static_cast<std::size_t>(range.family)], range, direction);
}

std::optional<EntityNumber> Batch::remembered_number(std::string_view id) const {
  if (const auto given = given_.find(id); given != given_.end()) return given->second;
  return base_.remembered_number(id);
}

void Batch::remember_number(std::string_view id, EntityNumber number) const {
  if (pending_[static_cast<std::size_t>(Family::terms)].contains(encode_key(TermKey{number})))
    given_.emplace(id, number);
  else
    base_.remember_number(id, number);
}

std::vector<Write> Batch::take_writes() && {
  std::size_t rows = 0;
  for (const Rows& of_family : pending_) rows += of_family.size();
  std::vector<Write> out;
  out.reserve(rows);
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    while (!pending_[i].empty()) {
      auto row = pending_[i].extract(pending_[i].begin());
      out.push_back({static_cast<Family>(i), std::move(row.key()), std::move(row.mapped())});
    }
  }
  return out;
}

}  // namespace entente::storage
