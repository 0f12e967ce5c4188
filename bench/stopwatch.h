// Time as it passes on the wall, for the benchmarks.
#pragma once

#include <chrono>

namespace entente::bench {

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace entente::bench
