#include "storage/layout/batch.h"

#include "base/check.h"

namespace entente::storage {
namespace {

// Two orders merged; where both have a key, the pending row hides the other.
class MergedScan final : public Scan {
 public:
  using Iterator = std::map<std::string, std::string, std::less<>>::const_iterator;

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

}  // namespace

Result<std::optional<std::string>> Batch::get(Family family, std::string_view key) const {
  const Rows& rows = pending_[static_cast<std::size_t>(family)];
  if (const auto found = rows.find(key); found != rows.end()) return std::optional(found->second);
  return base_.get(family, key);
}

std::unique_ptr<Scan> Batch::scan(const Range& range, Direction direction) const {
  ENTENTE_CHECK(direction == Direction::forward, "a batch is scanned forward only");
  const Rows& rows = pending_[static_cast<std::size_t>(range.family)];
  return std::make_unique<MergedScan>(base_.scan(range, direction), rows.lower_bound(range.lower),
                                      rows.lower_bound(range.upper));
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
