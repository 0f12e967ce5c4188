// What numbers the points of a list without digits: "a)", "iv.".
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace entente {

// How many letters at the start of a text may number a point: one small letter, or a Roman numeral in small letters of up to four
// (viii); 0 for none.
inline std::size_t enumerator_at_start(std::string_view text) {
  constexpr std::size_t kRomanMax = 4;
  std::size_t end = 0;
  while (end < text.size() && text[end] >= 'a' && text[end] <= 'z' && end <= kRomanMax) ++end;
  const std::string_view letters = text.substr(0, end);
  const bool roman = end <= kRomanMax && std::all_of(letters.begin(), letters.end(), [](char c) { return c == 'i' || c == 'v' || c == 'x'; });
  return end == 1 || roman ? end : 0;
}

}  // namespace entente
