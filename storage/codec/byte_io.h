// Writing and reading the bytes of a value: numbers of varying length, texts with their length before them.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace entente::storage {

class ByteWriter {
 public:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void u64(std::uint64_t value) { put_big_endian(out_, value); }
  // Seven bits a byte, the lowest first, the top bit set on all but the last.
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) u8(static_cast<std::uint8_t>(value | 0x80U));
    u8(static_cast<std::uint8_t>(value));
  }
  // Small numbers of either sign in few bytes.
  void signed_varint(std::int64_t value) {
    varint((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void real(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    u64(bits);
  }
  void text(std::string_view value) {
    varint(value.size());
    out_ += value;
  }
  void raw(std::string_view bytes) { out_ += bytes; }
  std::string take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }

 private:
  std::string out_;
};

// Reads what ByteWriter wrote. After the first byte that is not there, everything reads as zero and good() is false;
// nothing is allocated beyond the size of the bytes given.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool good() const { return good_; }
  // Everything was there and nothing is left.
  bool done() const { return good_ && bytes_.empty(); }
  void fail() { good_ = false; }

  std::uint8_t u8() { return need(1) ? static_cast<std::uint8_t>(take(1)[0]) : std::uint8_t{0}; }
  std::uint64_t u64() { return need(8) ? get_big_endian<std::uint64_t>(take(8)) : std::uint64_t{0}; }
  std::uint64_t varint() {
    // Most are small.
    if (good_ && !bytes_.empty() && static_cast<std::uint8_t>(bytes_.front()) < 0x80) {
      const auto byte = static_cast<std::uint8_t>(bytes_.front());
      bytes_.remove_prefix(1);
      return byte;
    }
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t byte = u8();
      if (shift == 63 && byte > 1) break;
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return good_ ? value : 0;
    }
    fail();
    return 0;
  }
  std::int64_t signed_varint() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
  }
  double real() {
    const std::uint64_t bits = u64();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  std::string_view text() {
    const std::uint64_t size = varint();
    return need(size) ? take(static_cast<std::size_t>(size)) : std::string_view();
  }
  // How many elements follow, each of at least one byte.
  std::size_t count() {
    const std::uint64_t value = varint();
    return need(value) ? static_cast<std::size_t>(value) : 0;
  }
  std::string_view rest() { return take(bytes_.size()); }
  // What is not read yet; skip() when some of it was read from there. REQUIRES: at most as much as is left.
  std::string_view left() const { return bytes_; }
  void skip(std::size_t size) { bytes_.remove_prefix(size); }

 private:
  bool need(std::uint64_t size) {
    if (good_ && size <= bytes_.size()) return true;
    good_ = false;
    return false;
  }
  std::string_view take(std::size_t size) {
    const std::string_view out = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return out;
  }

  std::string_view bytes_;
  bool good_ = true;
};

}  // namespace entente::storage
