// Sizes and enumerators as the wire has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace entente::rpc {

// REQUIRES: a count that a message can hold; it is bounded before.
inline unsigned size_of(std::size_t count) { return static_cast<unsigned>(count); }

// 0 where there is none: enumerators count from 1.
template <class Enum>
std::uint8_t number(const std::optional<Enum>& value) {
  return value ? static_cast<std::uint8_t>(*value) : std::uint8_t{0};
}

}  // namespace entente::rpc
