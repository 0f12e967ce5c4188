#include "storage/codec/row_block.h"

#include <algorithm>
#include <limits>

#include "storage/codec/byte_io.h"

namespace entente::storage {
namespace {

// The first byte of a block that is told column by column: this bit and the number of rows. Told row by row, a block
// begins with the number alone.
constexpr std::uint8_t kByColumn = 0x80;
// Fewer rows take less room row by row than the heads of columns do.
constexpr std::size_t kByColumnMin = 8;
constexpr unsigned kBitsOfWidth = 4;
constexpr std::uint64_t kU32Max = std::numeric_limits<std::uint32_t>::max();

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}
std::uint64_t unzigzag(std::uint64_t value) { return (value >> 1U) ^ (~(value & 1U) + 1U); }

unsigned bytes_needed(std::uint64_t value) {
  unsigned bytes = 0;
  for (; value != 0; value >>= 8U) ++bytes;
  return bytes;
}

template <unsigned kWidth>
std::uint64_t get(const char* at) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < kWidth; ++i) value |= std::uint64_t{static_cast<std::uint8_t>(at[i])} << (8U * i);
  return value;
}

// Calls take(row, value) for each value of a column.
template <unsigned kWidth, class Take>
void each_value(const char* at, std::size_t rows, Take take) {
  for (std::size_t row = 0; row < rows; ++row, at += kWidth) take(row, get<kWidth>(at));
}

template <class Take>
void each_value(unsigned width, const char* at, std::size_t rows, Take take) {
  switch (width) {
    case 0:
      return each_value<0>(at, rows, take);
    case 1:
      return each_value<1>(at, rows, take);
    case 2:
      return each_value<2>(at, rows, take);
    case 3:
      return each_value<3>(at, rows, take);
    case 4:
      return each_value<4>(at, rows, take);
    case 5:
      return each_value<5>(at, rows, take);
    case 6:
      return each_value<6>(at, rows, take);
    case 7:
      return each_value<7>(at, rows, take);
    default:
      return each_value<8>(at, rows, take);
  }
}

std::string encode_by_row(std::span<const PackedRow> rows) {
  ByteWriter out;
  out.varint(rows.size());
  Day day = rows.empty() ? 0 : rows.front().first;
  std::uint64_t event = rows.empty() ? 0 : rows.front().event;
  std::uint64_t source = 0;
  for (const PackedRow& row : rows) {
    const auto days = static_cast<std::uint64_t>(std::int64_t{row.first} - day);
    out.varint((days << 1U) | (row.days_more > 0 ? 1U : 0U));
    if (row.days_more > 0) out.varint(row.days_more);
    out.signed_varint(static_cast<std::int64_t>(row.event - event));
    out.varint(row.code);
    out.varint(row.place);
    out.signed_varint(static_cast<std::int64_t>(row.source - source));
    out.u8(row.role);
    day = row.first;
    event = row.event;
    source = row.source;
  }
  return out.take();
}

std::uint32_t get_u32(ByteReader& in) {
  const std::uint64_t value = in.varint();
  if (value > kU32Max) in.fail();
  return static_cast<std::uint32_t>(value);
}

// `from` and so many days more, which both stay within what a day can be.
std::optional<Day> days_after(Day from, std::uint64_t more) {
  if (more > static_cast<std::uint64_t>(std::int64_t{std::numeric_limits<Day>::max()} - from)) return std::nullopt;
  return static_cast<Day>(from + static_cast<std::int64_t>(more));
}

}  // namespace

std::string encode_rows(std::span<const PackedRow> rows) {
  if (rows.size() < kByColumnMin) return encode_by_row(rows);
  const PackedRow& key = rows.front();
  ByteWriter bases;
  std::string values;
  std::uint32_t widths = 0;
  unsigned shift = 0;
  // What the lowest is told as, and each by how much it is more.
  const auto column = [&](auto value_of, auto base_of) {
    std::uint64_t low = value_of(key);
    std::uint64_t high = low;
    for (const PackedRow& row : rows) {
      low = std::min(low, value_of(row));
      high = std::max(high, value_of(row));
    }
    const unsigned width = bytes_needed(high - low);
    bases.varint(base_of(low));
    widths |= std::uint32_t{width} << shift;
    shift += kBitsOfWidth;
    for (const PackedRow& row : rows) {
      std::uint64_t more = value_of(row) - low;
      for (unsigned i = 0; i < width; ++i, more >>= 8U) values.push_back(static_cast<char>(more & 0xFFU));
    }
  };
  const auto same = [](std::uint64_t low) { return low; };
  column([&](const PackedRow& row) { return static_cast<std::uint64_t>(std::int64_t{row.first} - key.first); }, same);
  column([](const PackedRow& row) { return std::uint64_t{row.days_more}; }, same);
  column([](const PackedRow& row) { return std::uint64_t{row.code}; }, same);
  column([](const PackedRow& row) { return row.event; },
         [&](std::uint64_t low) { return zigzag(static_cast<std::int64_t>(low - key.event)); });
  column([](const PackedRow& row) { return std::uint64_t{row.place}; }, same);
  column([](const PackedRow& row) { return row.source; }, same);
  column([](const PackedRow& row) { return std::uint64_t{row.role}; }, same);
  ByteWriter out;
  out.u8(static_cast<std::uint8_t>(kByColumn | rows.size()));
  for (unsigned byte = 0; byte < sizeof widths; ++byte) out.u8(static_cast<std::uint8_t>(widths >> (8U * byte)));
  out.raw(bases.take());
  out.raw(values);
  return out.take();
}

RowBlock::RowBlock(std::string_view bytes, Day first_day, std::uint64_t first_event)
    : day_(first_day), event_(first_event) {
  if (bytes.empty()) return;
  const auto first = static_cast<std::uint8_t>(bytes.front());
  bytes.remove_prefix(1);
  by_column_ = (first & kByColumn) != 0;
  size_ = first & static_cast<std::uint8_t>(kByColumn - 1U);
  if (size_ == 0 || size_ > kBlockRows) return;
  good_ = true;
  if (by_column_)
    read_places(bytes);
  else
    rows_ = bytes;
}

void RowBlock::read_places(std::string_view bytes) {
  ByteReader in(bytes);
  std::uint32_t widths = 0;
  for (unsigned byte = 0; byte < sizeof widths; ++byte) widths |= std::uint32_t{in.u8()} << (8U * byte);
  std::size_t needed = 0;
  bool fits = true;
  for (std::size_t which = 0; which < kColumns; ++which) {
    Place& place = places_[which];
    place.width = widths & ((1U << kBitsOfWidth) - 1U);
    widths >>= kBitsOfWidth;
    place.base = in.varint();
    needed += place.width * size_;
    // What adds up to more than 32 bits is found when the values are read.
    const bool wide = which == kEvent || which == kSource;
    fits = fits && (wide ? place.width <= sizeof(std::uint64_t)
                         : place.width <= sizeof(std::uint32_t) && place.base <= kU32Max);
  }
  places_[kEvent].base = event_ + unzigzag(places_[kEvent].base);
  const std::string_view values = in.left();
  good_ = in.good() && fits && widths == 0 && values.size() == needed;
  if (!good_) return;
  const char* at = values.data();
  for (Place& place : places_) {
    place.values = at;
    at += place.width * size_;
  }
}

template <class Take>
bool RowBlock::each_row(Take take) const {
  ByteReader in(rows_);
  PackedRow row;
  row.first = day_;
  row.event = event_;
  for (std::size_t at = 0; at < size_; ++at) {
    const std::uint64_t days = in.varint();
    row.days_more = (days & 1U) != 0 ? get_u32(in) : 0;
    const auto first = days_after(row.first, days >> 1U);
    if (!first) return false;
    row.first = *first;
    row.event += unzigzag(in.varint());
    row.code = get_u32(in);
    row.place = get_u32(in);
    row.source += unzigzag(in.varint());
    row.role = in.u8();
    if (!in.good()) return false;
    take(at, row);
  }
  return in.done();
}

template <class Take>
void RowBlock::each_of(Column which, Take take) const {
  const Place& place = places_[which];
  each_value(place.width, place.values, size_,
             [&](std::size_t row, std::uint64_t more) { take(row, place.base + more); });
}

template <class T>
bool RowBlock::fill(Column which, T PackedRow::*field, std::span<T> out) const {
  if (!by_column_) return each_row([&](std::size_t at, const PackedRow& row) { out[at] = row.*field; });
  // Of numbers that must fit into so many bits, all of their bits together must.
  std::uint64_t all = 0;
  each_of(which, [&](std::size_t at, std::uint64_t value) {
    all |= value;
    out[at] = static_cast<T>(value);
  });
  return all <= std::numeric_limits<T>::max();
}

bool RowBlock::first_days(std::span<Day> out) const {
  if (!by_column_) return each_row([&](std::size_t at, const PackedRow& row) { out[at] = row.first; });
  std::uint64_t before = 0;
  bool rising = true;
  each_of(kDay, [&](std::size_t at, std::uint64_t more) {
    rising = rising && more >= before;
    before = more;
    out[at] = static_cast<Day>(day_ + static_cast<std::int64_t>(more));
  });
  return rising && days_after(day_, before);
}

bool RowBlock::days_more(std::span<std::uint32_t> out) const { return fill(kMore, &PackedRow::days_more, out); }
bool RowBlock::codes(std::span<std::uint32_t> out) const { return fill(kCode, &PackedRow::code, out); }

std::optional<Day> RowBlock::last_first_day() const {
  if (!by_column_) {
    Day last = day_;
    const bool whole = each_row([&](std::size_t /*at*/, const PackedRow& row) { last = row.first; });
    return whole ? std::optional(last) : std::nullopt;
  }
  const Place& place = places_[kDay];
  std::uint64_t more = place.base;
  each_value(place.width, place.values + place.width * (size_ - 1), 1,
             [&](std::size_t /*at*/, std::uint64_t value) { more += value; });
  return days_after(day_, more);
}

bool RowBlock::read(std::span<PackedRow> out) const {
  if (!by_column_) return each_row([&](std::size_t at, const PackedRow& row) { out[at] = row; });
  std::uint64_t before = 0;
  std::uint64_t narrow = 0;  // the bits of all numbers of 32
  std::uint64_t roles = 0;
  bool rising = true;
  each_of(kDay, [&](std::size_t at, std::uint64_t value) {
    rising = rising && value >= before;
    before = value;
    out[at].first = static_cast<Day>(day_ + static_cast<std::int64_t>(value));
  });
  const auto of_32_bits = [&](Column which, std::uint32_t PackedRow::*field) {
    each_of(which, [&](std::size_t at, std::uint64_t value) {
      narrow |= value;
      out[at].*field = static_cast<std::uint32_t>(value);
    });
  };
  of_32_bits(kMore, &PackedRow::days_more);
  of_32_bits(kCode, &PackedRow::code);
  of_32_bits(kPlace, &PackedRow::place);
  each_of(kEvent, [&](std::size_t at, std::uint64_t value) { out[at].event = value; });
  each_of(kSource, [&](std::size_t at, std::uint64_t value) { out[at].source = value; });
  each_of(kRole, [&](std::size_t at, std::uint64_t value) {
    roles |= value;
    out[at].role = static_cast<std::uint8_t>(value);
  });
  return rising && days_after(day_, before) && narrow <= kU32Max && roles <= std::numeric_limits<std::uint8_t>::max();
}

}  // namespace entente::storage
