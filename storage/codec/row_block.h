// The packed rows of timelines of a loaded table: many in one value, which docs/storage-format.md has byte by byte.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "storage/codec/keys.h"

namespace entente::storage {

// Rows of a block: measured, see docs/storage-format.md.
inline constexpr std::size_t kBlockRows = 64;

// A row of a timeline as it is packed.
struct PackedRow {
  Day first = 0;
  std::uint32_t days_more = 0;  // until the last day that it can mean
  std::uint64_t event = 0;
  std::uint32_t code = 0;
  EntityNumber place = 0;
  std::uint64_t source = 0;
  std::uint8_t role = 0;  // from 1, as the table has them; 0: none, and in a pair's row

  friend bool operator==(const PackedRow&, const PackedRow&) = default;
};

// Rows in the order of (first, event), the first day and event of which are the key's. Few are told row by row, each by
// its difference from the one before; more are told column by column, each value in as many bytes as the column needs,
// so that a reader finds the days, or the codes, without the rest. REQUIRES: at least one, at most kBlockRows.
std::string encode_rows(std::span<const PackedRow> rows);

// Reads a block. Of any bytes it gives rows or says that they are off.
class RowBlock {
 public:
  RowBlock() = default;
  // The bytes outlive it.
  RowBlock(std::string_view bytes, Day first_day, std::uint64_t first_event);

  // False for what encode_rows did not write; what is told row by row is judged by read() alone.
  bool good() const { return good_; }
  // As its first byte says. At most kBlockRows when good.
  std::size_t size() const { return size_; }
  // Each fills as many as size(), for which there must be room; false where the block is off. REQUIRES: good().
  bool read(std::span<PackedRow> out) const;
  bool first_days(std::span<Day> out) const;
  bool days_more(std::span<std::uint32_t> out) const;
  bool codes(std::span<std::uint32_t> out) const;
  // The first day of its last row; absent where the block is off.
  std::optional<Day> last_first_day() const;

 private:
  // In the order in which they stand.
  enum Column : std::uint8_t { kDay, kMore, kCode, kEvent, kPlace, kSource, kRole, kColumns };
  struct Place {
    std::uint64_t base = 0;
    const char* values = nullptr;
    unsigned width = 0;  // bytes of each
  };
  void read_places(std::string_view bytes);
  // Calls take(place of the row, row) for each; false where they are off.
  template <class Take>
  bool each_row(Take take) const;
  // Calls take(place of the row, value) for each. REQUIRES: by_column_.
  template <class Take>
  void each_of(Column which, Take take) const;
  template <class T>
  bool fill(Column which, T PackedRow::*field, std::span<T> out) const;

  std::string_view rows_;  // those told row by row
  std::array<Place, kColumns> places_;
  std::size_t size_ = 0;
  bool by_column_ = false;
  bool good_ = false;
  Day day_ = 0;
  std::uint64_t event_ = 0;
};

}  // namespace entente::storage
