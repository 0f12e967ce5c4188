// How far a load is, on a terminal: "reading events.csv  [######      ]  400000 rows, 1.2 M/s, 3 s left".
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "importers/tables/event_tables.h"

namespace entente::app {

class Bar {
 public:
  explicit Bar(bool shown) : shown_(shown) {}

  void draw(const importers::TableProgress& at) {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    if (at.step != step_) {
      step_ = at.step;
      begun_ = now;
    } else if (now - drawn_ < std::chrono::milliseconds(100)) {
      return;
    }
    drawn_ = now;
    constexpr std::size_t kWidth = 24;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    const double rate = seconds > 0 ? static_cast<double>(at.rows) / seconds : 0;
    const double left = at.part > 0.01 ? seconds / at.part - seconds : 0;
    const auto filled = static_cast<std::size_t>(std::min(at.part, 1.0) * kWidth);
    fmt::print(stderr, "\r{:<28} [{:<{}}] {} rows, {:.0f}/s, {:.0f} s left   ", step_, std::string(filled, '#'), kWidth,
               at.rows, rate, left);
  }
  void clear() const {
    if (shown_) fmt::print(stderr, "\r{:100}\r", "");
  }

 private:
  bool shown_;
  std::string step_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace entente::app
