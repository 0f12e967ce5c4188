#include "storage/codec/keys.h"

#include <fmt/format.h>

#include <charconv>

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
  return graph::EventId(fmt::format("{}{}", kEvent, graph::hex_digits(number)));
}
graph::ClaimId claim_id_of(const ClaimKey& key) {
  return graph::ClaimId(fmt::format("{}{}/{}/{}", kClaim, graph::hex_digits(key.release), key.revision, key.number));
}

}  // namespace entente::storage
