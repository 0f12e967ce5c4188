#include "storage/record/names.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/utf8.h"
#include "storage/layout/rows.h"

namespace entente::storage {

std::string comparable(std::string_view name) {
  std::string out;
  for (const char c : fold(name)) {
    if (c == '.') continue;
    out.push_back(c == '-' || c == '_' ? ' ' : c);
  }
  out = collapse_blanks(out);
  if (out.starts_with("the ") && out.size() > 4) out.erase(0, 4);
  return out;
}

std::vector<std::string> word_starts(const std::string& name) {
  std::vector<std::string> out{name};
  for (auto blank = name.find(' '); blank != std::string::npos && out.size() < kNameWordsMax;
       blank = name.find(' ', blank + 1))
    out.push_back(name.substr(blank + 1));
  return out;
}

NameStart name_start(std::string_view name) {
  NameStart out{};
  for (std::size_t i = 0; i < out.size() && i < name.size(); ++i) out[i] = static_cast<std::uint8_t>(name[i]);
  return out;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    out.push_back(point.value);
    at += point.bytes;
  }
  return out;
}

std::vector<std::uint32_t> trigrams(const std::u32string& name) {
  const std::u32string padded = U' ' + name + U' ';
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i + 3 <= padded.size(); ++i) {
    std::string bytes;
    for (std::size_t j = i; j < i + 3; ++j) put_big_endian(bytes, static_cast<std::uint32_t>(padded[j]));
    const std::uint64_t hash = fnv1a64(bytes);
    out.push_back(static_cast<std::uint32_t>(hash ^ (hash >> 32U)));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::size_t mistakes_allowed(std::size_t length) {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b, std::size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    if (*std::min_element(row.begin(), row.end()) > most) return most + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], most + 1);
}

std::vector<graph::EntityName> all_names(const graph::Entity& entity) {
  std::vector<graph::EntityName> out = entity.names;
  const bool has_label =
      std::any_of(out.begin(), out.end(), [&](const auto& name) { return name.text == entity.label; });
  if (!has_label) out.push_back({entity.label, graph::NameKind::label, {}, std::nullopt, std::nullopt});
  return out;
}

void put_names(Batch& batch, EntityNumber number, const graph::Entity& entity) {
  for_each_name_key(
      number, entity,
      [&](const NameKey& key) { put_row(batch, Family::names, encode_key(key), Present{}); },
      [&](const TrigramKey& key) { put_row(batch, Family::trigrams, encode_key(key), Present{}); });
}

}  // namespace entente::storage
