// When a walk must end before its end: asked for by somebody, or at its deadline. Looked at now and then, so that a
// walk notices within microseconds and pays nothing for it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace entente::graph {

class Stop {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Why : std::uint8_t { none, cancelled, deadline };

  Stop() = default;
  // `cancelled` may be set from any thread and outlives the walk; nullptr for one that nobody cancels.
  Stop(std::optional<Clock::time_point> deadline, const std::atomic<bool>* cancelled)
      : deadline_(deadline), cancelled_(cancelled) {}

  // True from the moment on when the walk must end.
  bool asked() {
    if (why_ != Why::none) return true;
    constexpr std::uint32_t kLookEvery = 1024;
    if (++steps_ % kLookEvery != 0) return false;
    return look();
  }
  bool look() {
    if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed))
      why_ = Why::cancelled;
    else if (deadline_ && Clock::now() >= *deadline_)
      why_ = Why::deadline;
    return why_ != Why::none;
  }
  Why why() const { return why_; }

 private:
  std::optional<Clock::time_point> deadline_;
  const std::atomic<bool>* cancelled_ = nullptr;
  std::uint32_t steps_ = 0;
  Why why_ = Why::none;
};

}  // namespace entente::graph
