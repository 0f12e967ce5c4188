#include "storage/layout/batch.h"

#include "base/check.h"

namespace entente::storage {
namespace {

// Two orders merged; where both have a key, the pending row hides the other.
template <class Iterator>
class MergedScan final : public Scan {
 public:
  MergedScan(std::unique_ptr<Scan> base, Iterator at, Iterator end) : base_(std::move(base)), at_(at), end_(end) {}

  bool valid() const override { return on_pending() || base_->valid(); }
  std::string_view key() const override { return on_pending() ? std::string_view(at_->first) : base_->key(); }
  std::string_view value() const override { return on_pending() ? std::string_view(at_->second) : base_->value(); }
  void next() override {
    if (!on_pending()) return base_->next();
    if (base_->valid() && base_->key() == at_->first) base_->next();
    ++at_;
  }
  Result<void> status() const override { return base_->status(); }

 private:
  bool on_pending() const { return at_ != end_ && (!base_->valid() || at_->first <= base_->key()); }

  std::unique_ptr<Scan> base_;
  Iterator at_;
  Iterator end_;
};

template <class Rows>
std::unique_ptr<Scan> merged(std::unique_ptr<Scan> base, const Rows& rows, const Range& range, Direction direction) {
  ENTENTE_CHECK(direction == Direction::forward, "rows that are not in the table are scanned forward only");
  const auto first = rows.lower_bound(range.lower);
  const auto end = rows.lower_bound(range.upper);
  if (first == end) return base;
  return std::make_unique<MergedScan<typename Rows::const_iterator>>(std::move(base), first, end);
}

}  // namespace

void PendingRows::add(const std::vector<Write>& writes) {
  for (const Write& write : writes)
    rows_[static_cast<std::size_t>(write.family)].insert_or_assign(std::string_view(write.key), write.value);
}

Result<std::optional<std::string>> PendingView::get(Family family, std::string_view key) const {
  const auto& rows = rows_->of(family);
  if (const auto found = rows.find(key); found != rows.end()) return std::optional(std::string(found->second));
  return base_->get(family, key);
}

std::unique_ptr<Scan> PendingView::scan(const Range& range, Direction direction) const {
  return merged(base_->scan(range, direction), rows_->of(range.family), range, direction);
}

std::optional<EntityNumber> PendingView::remembered_number(std::string_view id) const {
  return base_->remembered_number(id);
}

void PendingView::remember_number(std::string_view id, EntityNumber number) const {
  if (!rows_->of(Family::terms).contains(encode_key(TermKey{number}))) base_->remember_number(id, number);
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
  std::vector<Write> out;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    for (auto& [key, value] : pending_[i]) out.push_back({static_cast<Family>(i), key, std::move(value)});
    pending_[i].clear();
  }
  return out;
}

}  // namespace entente::storage
