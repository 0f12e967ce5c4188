// Passing over ASCII in UTF-8 without looking at each byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace entente {

// Past the bytes below 0x80 from `at` on, eight at a time: most of most texts.
inline std::size_t past_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  while (at + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kHighBits) != 0) break;
    at += sizeof eight;
  }
  while (at < text.size() && static_cast<std::uint8_t>(text[at]) < 0x80U) ++at;
  return at;
}

}  // namespace entente
