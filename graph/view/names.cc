#include "graph/view/names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "base/utf8.h"

namespace entente::graph {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

std::vector<char32_t> characters(std::string_view text) {
  std::vector<char32_t> out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    out.push_back(point.value);
    at += point.bytes;
  }
  return out;
}

template <class Text>
std::uint32_t banded(const Text& a, const Text& b, std::uint32_t most) {
  std::vector<std::uint32_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::uint32_t corner = row[0];
    row[0] = static_cast<std::uint32_t>(i);
    std::uint32_t best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::uint32_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      corner = above;
      best = std::min(best, row[j]);
    }
    if (best > most) return most + 1;
  }
  return std::min(row.back(), most + 1);
}

// Myers' bit-parallel edit distance (A fast bit-vector algorithm for approximate string matching, 1999) of one
// pattern of at most 64 bytes against many texts.
class Pattern {
 public:
  explicit Pattern(std::string_view text) : length_(text.size()) {
    for (std::size_t i = 0; i < text.size(); ++i) masks_[static_cast<unsigned char>(text[i])] |= std::uint64_t{1} << i;
  }
  std::uint32_t edits(std::string_view text) const {
    std::uint64_t up = ~std::uint64_t{0};
    std::uint64_t down = 0;
    auto score = static_cast<std::uint32_t>(length_);
    const std::uint64_t last = std::uint64_t{1} << (length_ - 1);
    for (const char c : text) {
      const std::uint64_t equal = masks_[static_cast<unsigned char>(c)];
      const std::uint64_t vertical = equal | down;
      const std::uint64_t horizontal = (((equal & up) + up) ^ up) | equal;
      std::uint64_t plus = down | ~(horizontal | up);
      std::uint64_t minus = up & horizontal;
      score += (plus & last) != 0 ? 1U : 0U;
      score -= (minus & last) != 0 ? 1U : 0U;
      plus = plus << 1U | 1U;
      minus <<= 1U;
      up = minus | ~(vertical | plus);
      down = plus & vertical;
    }
    return score;
  }

 private:
  std::size_t length_;
  std::array<std::uint64_t, 256> masks_{};
};

}  // namespace

std::uint64_t letter_bits(std::string_view text) {
  std::uint64_t once = 0;
  std::uint64_t twice = 0;
  for (const char c : text) {
    const std::uint64_t bit = std::uint64_t{1} << (static_cast<unsigned char>(c) & 31U);
    twice |= once & bit;
    once |= bit;
  }
  return once | twice << 32U;
}

std::uint32_t edits_between(std::string_view a, std::string_view b, std::uint32_t most) {
  if (is_ascii(a) && is_ascii(b)) {
    if (!a.empty() && a.size() <= 64) return std::min(Pattern(a).edits(b), most + 1);
    return banded(a, b, most);
  }
  return banded(characters(a), characters(b), most);
}

void NameIndex::add(EntityIx entity, std::string_view name) {
  if (name.empty()) return;
  names_.add(name);
  entities_.push_back(entity);
}

void NameIndex::finish(const std::vector<EntityIx>& renumbered) {
  std::vector<std::uint32_t> order(entities_.size());
  std::iota(order.begin(), order.end(), 0U);
  for (EntityIx& entity : entities_) entity = renumbered[entity];
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int c = names_[a].compare(names_[b]);
    return c != 0 ? c < 0 : entities_[a] < entities_[b];
  });
  TextBlock sorted;
  std::vector<EntityIx> entities;
  for (const std::uint32_t at : order) {
    if (!entities.empty() && entities.back() == entities_[at] && sorted[sorted.size() - 1] == names_[at]) continue;
    sorted.add(names_[at]);
    entities.push_back(entities_[at]);
  }
  sorted.shrink();
  names_ = std::move(sorted);
  entities_ = std::move(entities);
  std::array<std::uint32_t, 2 * (kFuzzyBytesMax + 1)> group_of{};
  for (std::uint32_t at = 0; at < entities_.size(); ++at) {
    const std::size_t length = names_[at].size();
    if (length > kFuzzyBytesMax) continue;
    const bool ascii = is_ascii(names_[at]);
    std::uint32_t& number = group_of[2 * length + (ascii ? 1U : 0U)];
    if (number == 0) {
      groups_.push_back({static_cast<std::uint32_t>(length), ascii, {}, {}});
      number = static_cast<std::uint32_t>(groups_.size());
    }
    Group& group = groups_[number - 1];
    group.letters.push_back(letter_bits(names_[at]));
    group.names.push_back(at);
  }
}

void NameIndex::starting_with(std::string_view start, std::size_t limit, std::size_t skip,
                              std::vector<NamedEntity>& out) const {
  out.clear();
  std::uint32_t low = 0;
  auto high = static_cast<std::uint32_t>(entities_.size());
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (names_[middle] < start)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < entities_.size() && out.size() < limit + skip; ++low) {
    const std::string_view name = names_[low];
    if (!name.starts_with(start)) break;
    const bool there =
        std::any_of(out.begin(), out.end(), [&](const NamedEntity& one) { return one.entity == entities_[low]; });
    if (!there) out.push_back({entities_[low], name});
  }
  out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(std::min(skip, out.size())));
}

void NameIndex::near(std::string_view name, std::uint32_t edits_max, std::size_t limit,
                     std::vector<NearName>& out) const {
  out.clear();
  if (name.empty() || name.size() > kFuzzyBytesMax) return;
  const bool plain = is_ascii(name);
  const Pattern pattern(name);
  const std::uint64_t letters = letter_bits(name);
  // A character outside ASCII has up to four bytes, each of which can differ.
  constexpr std::uint32_t kBytesPerCharacter = 4;
  for (const Group& group : groups_) {
    const bool bytewise = plain && group.ascii;
    const std::uint32_t bytes_max = bytewise ? edits_max : edits_max * kBytesPerCharacter;
    if (group.length + bytes_max < name.size() || name.size() + bytes_max < group.length) continue;
    for (std::size_t i = 0; i < group.names.size(); ++i) {
      if (static_cast<std::uint32_t>(std::popcount(group.letters[i] ^ letters)) > 2 * bytes_max) continue;
      const std::string_view other = names_[group.names[i]];
      const std::uint32_t edits = bytewise ? pattern.edits(other) : edits_between(name, other, edits_max);
      if (edits <= edits_max) out.push_back({entities_[group.names[i]], other, edits});
    }
  }
  std::sort(out.begin(), out.end(), [](const NearName& a, const NearName& b) {
    if (a.entity != b.entity) return a.entity < b.entity;
    return a.edits != b.edits ? a.edits < b.edits : a.name < b.name;
  });
  out.erase(
      std::unique(out.begin(), out.end(), [](const NearName& a, const NearName& b) { return a.entity == b.entity; }),
      out.end());
  std::stable_sort(out.begin(), out.end(), [](const NearName& a, const NearName& b) { return a.edits < b.edits; });
  if (out.size() > limit) out.resize(limit);
}

std::size_t NameIndex::memory_bytes() const {
  std::size_t bytes = names_.memory_bytes() + entities_.capacity() * sizeof(EntityIx);
  for (const Group& group : groups_)
    bytes += group.letters.capacity() * sizeof(std::uint64_t) + group.names.capacity() * sizeof(std::uint32_t);
  return bytes;
}

}  // namespace entente::graph
