// Numbers as bytes, biggest end first, so that the order of bytes is the order of numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace entente {

template <class Unsigned>
void put_big_endian(std::string& out, Unsigned value) {
  for (int shift = static_cast<int>(sizeof(Unsigned) - 1) * 8; shift >= 0; shift -= 8)
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> shift)));
}

// REQUIRES: bytes.size() >= sizeof(Unsigned).
template <class Unsigned>
Unsigned get_big_endian(std::string_view bytes) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i)
    value = static_cast<Unsigned>((static_cast<std::uint64_t>(value) << 8) | static_cast<std::uint8_t>(bytes[i]));
  return value;
}

// A signed number shifted so that its unsigned bytes sort as the numbers do.
inline std::uint32_t order_preserving(std::int32_t value) { return static_cast<std::uint32_t>(value) ^ 0x8000'0000U; }
inline std::int32_t from_order_preserving(std::uint32_t value) { return static_cast<std::int32_t>(value ^ 0x8000'0000U); }

// 64-bit FNV-1a (Fowler, Noll, Vo), for ids that must be the same on every machine and run; not for adversaries.
inline std::uint64_t fnv1a64(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325ULL) {
  for (const char c : bytes) {
    seed ^= static_cast<std::uint8_t>(c);
    seed *= 0x100000001b3ULL;
  }
  return seed;
}

}  // namespace entente
