#include "storage/record/holds.h"

#include <utility>

namespace entente::storage {

class Holds::Taken final : public graph::SourceHold {
 public:
  Taken(std::shared_ptr<Holds> holds, std::string source) : holds_(std::move(holds)), source_(std::move(source)) {}
  ~Taken() override {
    const std::lock_guard lock(holds_->mutex_);
    holds_->holders_.erase(source_);
  }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;

 private:
  std::shared_ptr<Holds> holds_;
  std::string source_;
};

Result<std::unique_ptr<graph::SourceHold>> Holds::take(std::string source, std::string holder) {
  {
    const std::lock_guard lock(mutex_);
    const auto [at, fresh] = holders_.emplace(source, std::move(holder));
    if (!fresh)
      return Error{ErrorCode::locked,
                   "the source " + source + " is held by " + at->second +
                       "; wait for that run to end, or stop it: nothing is lost by that",
                   {}};
  }
  return std::unique_ptr<graph::SourceHold>(std::make_unique<Taken>(shared_from_this(), std::move(source)));
}

}  // namespace entente::storage
