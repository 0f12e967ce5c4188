// A word of a text, that is held against words of the code all day: most of them differ in length, and those that do not are
// compared in place, without a call.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace entente::importers {

class Word : public std::string_view {
 public:
  Word() = default;
  explicit Word(std::string_view text) : std::string_view(text) {}

  template <std::size_t Size>
  friend bool operator==(const Word& word, const char (&literal)[Size]) {
    return word.size() == Size - 1 && std::memcmp(word.data(), literal, Size - 1) == 0;
  }
};

}  // namespace entente::importers
