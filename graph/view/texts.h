// Texts kept once each and known by number: ids, places, publishers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::graph {

// Texts one after another in one block, by position.
class TextBlock {
 public:
  void add(std::string_view text) {
    bytes_.append(text);
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  std::string_view operator[](std::size_t at) const {
    const std::uint32_t begin = at == 0 ? 0 : ends_[at - 1];
    return std::string_view(bytes_).substr(begin, ends_[at] - begin);
  }
  std::size_t size() const { return ends_.size(); }
  std::size_t memory_bytes() const { return bytes_.capacity() + ends_.capacity() * sizeof(std::uint32_t); }
  void shrink() {
    bytes_.shrink_to_fit();
    ends_.shrink_to_fit();
  }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace entente::graph
