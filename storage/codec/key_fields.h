// How the fields of a key become bytes: fixed width, biggest end first, so that bytes sort as the tuples of fields do.
// The keys themselves are in storage/codec/keys.h.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "base/bytes.h"
#include "base/civil.h"
#include "base/clock.h"

namespace entente::storage {

// Which version of a value a row holds. The one that stands has its own place, before all others, so that it is found
// without a scan; those it replaced follow, the newest first, by the time at which each was recorded.
struct Version {
  std::uint64_t bits = 0;

  static constexpr Version current() { return {0}; }
  static Version since(RecordedTime time) { return {~static_cast<std::uint64_t>(time.micros)}; }
  RecordedTime time() const { return {static_cast<std::int64_t>(~bits)}; }

  friend auto operator<=>(const Version&, const Version&) = default;
};

// The part of a timeline that a row belongs to.
enum class Section : std::uint8_t {
  dated = 1,    // every event with a day, by its earliest
  undated = 2,  // events whose day is unknown
  lasting = 3,  // those of `dated` again that can mean days far apart: what a period looks up besides its own days
};

// The start of a name as it is compared, cut or filled with zeros to a fixed width.
using NameStart = std::array<std::uint8_t, 32>;

// What a triple is about: an event by the number in its id, anything else by its number in the dictionary.
enum class TermKind : std::uint8_t { event = 1, entity = 2 };

namespace fields {

template <class Field>
inline constexpr std::size_t kWidth = sizeof(Field);
template <>
inline constexpr std::size_t kWidth<NameStart> = 32;

template <class Field>
void put(std::string& out, const Field& field) {
  if constexpr (std::is_same_v<Field, Version>) {
    put_big_endian(out, field.bits);
  } else if constexpr (std::is_same_v<Field, NameStart>) {
    for (const std::uint8_t byte : field) out.push_back(static_cast<char>(byte));
  } else if constexpr (std::is_same_v<Field, Day>) {
    put_big_endian(out, order_preserving(field));
  } else if constexpr (std::is_enum_v<Field>) {
    put_big_endian(out, static_cast<std::underlying_type_t<Field>>(field));
  } else {
    static_assert(std::is_unsigned_v<Field>, "a field that does not sort as its bytes");
    put_big_endian(out, field);
  }
}

// REQUIRES: bytes.size() >= kWidth<Field>. False for a byte that is no value of the field.
template <class Field>
bool get(std::string_view bytes, Field& field) {
  if constexpr (std::is_same_v<Field, Version>) {
    field.bits = get_big_endian<std::uint64_t>(bytes);
  } else if constexpr (std::is_same_v<Field, NameStart>) {
    for (std::size_t i = 0; i < field.size(); ++i) field[i] = static_cast<std::uint8_t>(bytes[i]);
  } else if constexpr (std::is_same_v<Field, Day>) {
    field = from_order_preserving(get_big_endian<std::uint32_t>(bytes));
  } else if constexpr (std::is_enum_v<Field>) {
    field = static_cast<Field>(get_big_endian<std::underlying_type_t<Field>>(bytes));
    return is_known(field);
  } else {
    field = get_big_endian<Field>(bytes);
  }
  return true;
}

}  // namespace fields

inline bool is_known(Section section) { return section >= Section::dated && section <= Section::lasting; }
inline bool is_known(TermKind kind) { return kind == TermKind::event || kind == TermKind::entity; }

// How many bytes a key of this kind has, always.
template <class Key>
constexpr std::size_t key_bytes() {
  using Fields = decltype(Key::fields(std::declval<const Key&>()));
  return []<std::size_t... I>(std::index_sequence<I...>) {
    return (fields::kWidth<std::remove_cvref_t<std::tuple_element_t<I, Fields>>> + ...);
  }
  (std::make_index_sequence<std::tuple_size_v<Fields>>{});
}

template <class Key>
std::string encode_key(const Key& key) {
  std::string out;
  out.reserve(key_bytes<Key>());
  std::apply([&](const auto&... field) { (fields::put(out, field), ...); }, Key::fields(key));
  return out;
}

// Nothing for bytes that no key of this kind has: another length, a number that stands for nothing.
template <class Key>
std::optional<Key> decode_key(std::string_view bytes) {
  if (bytes.size() != key_bytes<Key>()) return std::nullopt;
  Key key;
  std::size_t at = 0;
  const auto take = [&](auto& field) {
    const bool good = fields::get(bytes.substr(at), field);
    at += fields::kWidth<std::remove_cvref_t<decltype(field)>>;
    return good;
  };
  const bool good = std::apply([&](auto&... field) { return (take(field) && ...); }, Key::fields(key));
  return good ? std::optional<Key>(key) : std::nullopt;
}

inline constexpr std::size_t kVersionBytes = fields::kWidth<Version>;

// A key that ends in a Version, without it: what all versions of one thing have in common.
template <class Key>
std::string encode_stem(const Key& key) {
  std::string out = encode_key(key);
  out.resize(out.size() - kVersionBytes);
  return out;
}

}  // namespace entente::storage
