#include "storage/codec/keys.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "storage/codec/id_text.h"

namespace entente::storage {
namespace {

// All of the text as a number in this base; absent when it is anything else, or written otherwise than we write it.
template <class Number>
std::optional<Number> read_number(std::string_view text, int base) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> read_digits(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix) || text.size() != prefix.size() + 16) return std::nullopt;
  const std::string_view digits = text.substr(prefix.size());
  const auto number = read_number<std::uint64_t>(digits, 16);
  if (!number || graph::hex_digits(*number) != digits) return std::nullopt;
  return number;
}

// As graph::hex_digits has it.
void add_hex_digits(std::uint64_t number, std::string& text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (unsigned shift = 64; shift > 0;) text += kDigits[number >> (shift -= 4) & 0xFU];
}

void add_number(std::uint32_t number, std::string& text) {
  std::array<char, 10> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text.append(digits.data(), end);
}

constexpr std::string_view kRelease = "release:";
constexpr std::string_view kEvent = "event:";
constexpr std::string_view kClaim = "claim:";

}  // namespace

std::optional<ReleaseNumber> number_of(const graph::ReleaseId& id) { return read_digits(id.str(), kRelease); }
std::optional<EventNumber> number_of(const graph::EventId& id) { return read_digits(id.str(), kEvent); }

std::optional<ClaimKey> key_of(const graph::ClaimId& id) {
  const std::string_view text = id.str();
  const auto first = text.find('/');
  const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto release = read_digits(text.substr(0, first), kClaim);
  const auto revision = read_number<std::uint32_t>(text.substr(first + 1, second - first - 1), 10);
  const auto number = read_number<std::uint32_t>(text.substr(second + 1), 10);
  if (!release || !revision || !number) return std::nullopt;
  const ClaimKey key{*release, *revision, *number};
  if (claim_id_of(key) != id) return std::nullopt;
  return key;
}

graph::ReleaseId release_id_of(ReleaseNumber number) {
  return graph::ReleaseId(fmt::format("{}{}", kRelease, graph::hex_digits(number)));
}
graph::EventId event_id_of(EventNumber number) {
  std::string text;
  add_event_id(number, text);
  return graph::EventId(std::move(text));
}
graph::ClaimId claim_id_of(const ClaimKey& key) {
  std::string text;
  add_claim_id(key, text);
  return graph::ClaimId(std::move(text));
}

void add_event_id(EventNumber number, std::string& text) {
  text += kEvent;
  add_hex_digits(number, text);
}
void add_claim_id(const ClaimKey& key, std::string& text) {
  text += kClaim;
  add_hex_digits(key.release, text);
  text += '/';
  add_number(key.revision, text);
  text += '/';
  add_number(key.number, text);
}

}  // namespace entente::storage
