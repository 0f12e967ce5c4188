#include "importers/lexicon/guess.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "base/ascii.h"
#include "base/utf8.h"

namespace entente::importers {
namespace {

constexpr std::size_t kWordsMax = 120;
constexpr std::size_t kWordBytesMax = 64;
constexpr std::size_t kLanguagesMax = 32;
constexpr std::size_t kParticleBytesMax = 9;

bool is_ascii_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }
bool is_wide(char c) { return static_cast<std::uint8_t>(c) >= 0x80U; }

}  // namespace

void GrammarWords::Marked::mark(std::string_view word, std::uint32_t bit) {
  const WordId id = words_.add(word);
  if (id >= bits_.size()) bits_.resize(id + std::size_t{1});
  bits_[id] |= bit;
}

GrammarWords::GrammarWords(const std::vector<std::unique_ptr<LexiconTables>>& languages) : languages_(std::min(languages.size(), kLanguagesMax)) {
  constexpr std::array kTelling{WordClass::preposition, WordClass::determiner, WordClass::conjunction, WordClass::relative, WordClass::be,
                                WordClass::have,        WordClass::will,       WordClass::pronoun_singular};
  for (std::size_t i = 0; i < languages_; ++i) {
    const std::uint32_t bit = std::uint32_t{1} << i;
    const Vocabulary& vocabulary = languages[i]->vocabulary;
    for (WordId id = 1; id < vocabulary.words().size(); ++id) {
      const std::string& word = vocabulary.words()[id];
      const WordInfo& info = vocabulary.info(id);
      if (std::any_of(kTelling.begin(), kTelling.end(), [&](WordClass c) { return info.is(c); })) words_.mark(word, bit);
      if (info.is(WordClass::particle)) particles_.mark(word, bit);
    }
  }
}

std::size_t GrammarWords::guess(std::string_view text) const {
  if (languages_ == 1) return 0;
  std::array<std::size_t, kLanguagesMax> hits{};
  const auto count = [&](std::uint32_t bits) {
    for (; bits != 0; bits &= bits - 1) ++hits[static_cast<std::size_t>(std::countr_zero(bits))];
  };
  const auto most = [&] { return std::max_element(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(languages_)); };
  // Whether the words that are left, each of them of another language, could still change what most are of.
  const auto is_settled = [&](std::size_t left) {
    const auto* const first = most();
    return std::none_of(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(languages_), [&](const std::size_t& other) { return &other != first && other + left >= *first; });
  };
  constexpr std::size_t kLookEvery = 8;  // words
  std::string word;
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size() && words < kWordsMax;) {
    if (words * 2 > kWordsMax && words % kLookEvery == 0 && is_settled(kWordsMax - words)) break;
    if (!is_ascii_letter(text[at]) && !is_wide(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const std::size_t farthest = std::min(text.size(), begin + kWordBytesMax);
    bool wide = false;
    while (at < farthest && (is_ascii_letter(text[at]) || is_wide(text[at]) || text[at] == '\'')) {
      wide = wide || is_wide(text[at]);
      if (text[at++] == '\'') break;  // l'accord: the article is a word
    }
    word.assign(text, begin, at - begin);
    for (char& c : word) c = ascii_lower(c);
    ++words;
    if (wide) {
      if (const std::uint32_t spelt = words_.find("=" + word); spelt != 0) {
        count(spelt);
        continue;
      }
      word = fold(word);
    }
    if (const std::uint32_t found = words_.find(word); found != 0) {
      count(found);
      continue;
    }
    if (!wide || word.empty()) continue;
    for (std::size_t bytes = std::min(kParticleBytesMax, word.size() - 1); bytes > 0; --bytes)
      if (const std::uint32_t found = particles_.find(std::string_view(word).substr(word.size() - bytes)); found != 0) {
        count(found);
        break;
      }
  }
  return static_cast<std::size_t>(most() - hits.begin());
}

}  // namespace entente::importers
