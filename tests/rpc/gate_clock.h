// A clock that stands until it is let go on: the write that asks it is under way for as long as the test wants.
#pragma once

#include <cstdint>
#include <semaphore>

#include "base/clock.h"

namespace entente::test {

class GateClock final : public Clock {
 public:
  RecordedTime now() override {
    asked_.release();
    open_.acquire();
    return {++micros_};
  }
  void wait_until_asked() { asked_.acquire(); }
  void let_through() { open_.release(); }

 private:
  std::counting_semaphore<> asked_{0};
  std::counting_semaphore<> open_{0};
  std::int64_t micros_ = 0;
};

}  // namespace entente::test
