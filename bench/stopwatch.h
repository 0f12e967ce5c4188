// Time as it passes on the wall, and the time that the processor spent on us, for the benchmarks.
#pragma once

#include <chrono>
#include <ctime>

namespace entente::bench {

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// For what waits on nothing: other programs on the machine do not lengthen it.
class CpuStopwatch {
 public:
  double seconds() const { return static_cast<double>(std::clock() - start_) / CLOCKS_PER_SEC; }

 private:
  std::clock_t start_ = std::clock();
};

}  // namespace entente::bench
