// Marks on vertices that are all taken away at once: a walk that touches ten of a million pays for ten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente::graph {

class Marks {
 public:
  // Takes all marks away.
  void clear() {
    if (++stamp_ == 0) {
      stamps_.assign(stamps_.size(), 0);
      stamp_ = 1;
    }
  }
  // True when it had none.
  bool mark(std::uint32_t at) {
    if (at >= stamps_.size()) grow(at);
    if (stamps_[at] == stamp_) return false;
    stamps_[at] = stamp_;
    return true;
  }
  bool marked(std::uint32_t at) const { return at < stamps_.size() && stamps_[at] == stamp_; }

 private:
  void grow(std::uint32_t at) { stamps_.resize(std::size_t{at} + 1 + stamps_.size() / 2, 0); }

  std::vector<std::uint32_t> stamps_;
  std::uint32_t stamp_ = 1;
};

// A number for each marked one.
template <class T>
class Marked {
 public:
  void clear() { marks_.clear(); }
  bool has(std::uint32_t at) const { return marks_.marked(at); }
  // The value, T() when it was not there.
  T& operator[](std::uint32_t at) {
    if (at >= values_.size()) values_.resize(std::size_t{at} + 1 + values_.size() / 2);
    if (marks_.mark(at)) values_[at] = T();
    return values_[at];
  }

 private:
  Marks marks_;
  std::vector<T> values_;
};

// How a walk came to an entity: from which, over which event.
struct Came {
  std::uint32_t from = ~std::uint32_t{0};
  std::uint32_t over = ~std::uint32_t{0};
};

// What walks of one thread use again and again.
struct Scratch {
  Marks entities;
  Marks other_entities;
  Marks events;
  Marks other_events;
  Marked<Came> came;
  Marked<Came> other_came;
  Marked<std::uint32_t> counts;
  std::vector<std::uint32_t> touched;
};

}  // namespace entente::graph
