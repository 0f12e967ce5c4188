// Rows as a sum that does not depend on their order: for storage/care only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace entente::storage {

// A 64-bit value whose bits each depend on all of the argument's: the finalizer of splitmix64 (Steele, Lea, Flood,
// "Fast splittable pseudorandom number generators", 2014).
constexpr std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

// Two sums are equal when the rows are; of unequal rows they are in one case of 2^64.
struct RowSum {
  std::uint64_t rows = 0;
  std::uint64_t hash = 0;

  void add(std::uint64_t row) {
    hash += row;
    ++rows;
  }
  void add(std::string_view key, std::optional<std::string_view> value) {
    const std::hash<std::string_view> bytes;
    add(mixed(mixed(bytes(key)) + (value ? bytes(*value) : 0)));
  }
  friend bool operator==(const RowSum&, const RowSum&) = default;
};

}  // namespace entente::storage
