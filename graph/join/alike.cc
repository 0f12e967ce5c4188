#include "graph/join/alike.h"

#include <algorithm>
#include <set>

namespace entente::graph {
namespace {

constexpr std::string_view kOfficial = "official:";
constexpr std::size_t kShortWord = 3;

std::vector<std::string> words_of(std::string_view slug) {
  std::vector<std::string> out;
  while (!slug.empty()) {
    const auto end = std::min(slug.find('-'), slug.size());
    if (end > 0) out.emplace_back(slug.substr(0, end));
    slug.remove_prefix(std::min(end + 1, slug.size()));
  }
  return out;
}

// How many letters must be put in, left out or changed. Names are short: a square of them is little.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

bool holds_all(const std::vector<std::string>& sorted, const std::vector<std::string>& sorted_some) {
  return std::includes(sorted.begin(), sorted.end(), sorted_some.begin(), sorted_some.end());
}

bool spelled_alike(std::string_view a, std::string_view b) {
  constexpr std::size_t kFirstLength = 4;   // shorter words are others when a letter is
  constexpr std::size_t kSecondLength = 8;  // long ones may differ in two
  constexpr std::size_t kLengthMax = 64;
  const std::size_t longest = std::max(a.size(), b.size());
  if (longest < kFirstLength || longest > kLengthMax) return a == b;
  return distance(a, b) <= (longest >= kSecondLength ? 2U : 1U);
}

// All words but one are the same, and that one is spelled alike.
bool differ_in_one_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.size() != b.size() || a.size() < 2) return false;
  std::vector<std::string> only_a;
  std::vector<std::string> only_b;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(only_a));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(only_b));
  return only_a.size() == 1 && only_b.size() == 1 && spelled_alike(only_a.front(), only_b.front());
}

// The same word but for its end: consultation, consultations; policy, political.
bool same_stem(std::string_view a, std::string_view b) {
  constexpr std::size_t kStemMin = 4;
  const auto [end_a, end_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto common = static_cast<std::size_t>(end_a - a.begin());
  if (common == std::min(a.size(), b.size()) && common >= kStemMin) return true;
  return common >= kStemMin && common * 5 >= std::min(a.size(), b.size()) * 3;
}

// Whether each of `some` has a word of its own in `words`.
bool each_has_its_own(const std::vector<std::string>& some, const std::vector<std::string>& words) {
  std::vector<bool> taken(words.size());
  for (const std::string& word : some) {
    const auto find = [&](auto fits) {
      for (std::size_t i = 0; i < words.size(); ++i)
        if (!taken[i] && fits(words[i])) return taken[i] = true, true;
      return false;
    };
    if (find([&](const std::string& other) { return other == word; })) continue;
    if (!find([&](const std::string& other) { return same_stem(word, other); })) return false;
  }
  return true;
}

}  // namespace

std::string_view side_of(const EntityId& official) {
  std::string_view text = official.str();
  if (!text.starts_with(kOfficial)) return {};
  text.remove_prefix(kOfficial.size());
  const auto slash = text.find('/');
  return slash == std::string_view::npos ? std::string_view() : text.substr(0, slash);
}

bool same_person(const EntityId& a, const EntityId& b) {
  if (a == b) return true;
  const std::string_view side = side_of(a);
  if (side.empty() || side != side_of(b)) return false;
  const std::size_t start = kOfficial.size() + side.size() + 1;
  auto words_a = words_of(std::string_view(a.str()).substr(start));
  auto words_b = words_of(std::string_view(b.str()).substr(start));
  if (words_a.empty() || words_b.empty()) return false;
  const auto whole = [](const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += word;
    return out;
  };
  if (whole(words_a) == whole(words_b)) return true;
  std::sort(words_a.begin(), words_a.end());
  std::sort(words_b.begin(), words_b.end());
  const auto& fewer = words_a.size() <= words_b.size() ? words_a : words_b;
  const auto& more = words_a.size() <= words_b.size() ? words_b : words_a;
  const bool says_something =
      std::any_of(fewer.begin(), fewer.end(), [](const std::string& word) { return word.size() >= kShortWord; }) ||
      fewer.size() > 1;
  if (says_something && holds_all(more, fewer)) return true;
  return differ_in_one_word(words_a, words_b);
}

std::vector<std::string> telling_words(const EntityId& forum, const std::vector<std::string>& names) {
  std::set<std::string> who;
  for (const std::string& name : names)
    for (std::string& word : words_of(name)) who.insert(std::move(word));
  std::string_view text = forum.str();
  text.remove_prefix(std::min(text.find(':') + 1, text.size()));
  std::vector<std::string> out;
  for (std::string& word : words_of(text))
    if (word.size() > kShortWord && !who.contains(word)) out.push_back(std::move(word));
  return out;
}

bool alike(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return false;
  return (a.size() <= b.size() && each_has_its_own(a, b)) || (b.size() <= a.size() && each_has_its_own(b, a));
}

}  // namespace entente::graph
