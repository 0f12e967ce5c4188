#include "importers/lexicon/phrases.h"

#include <utility>

#include "base/utf8.h"

namespace entente::importers {

void Phrases::add(std::string_view phrase, Sense sense, Vocabulary& vocabulary) {
  std::vector<Token> tokens;
  tokenise(phrase, 0, static_cast<std::uint32_t>(phrase.size()), vocabulary, tokens, Together::keep);
  std::uint32_t state = 0;
  WordId first = 0;
  for (const Token& token : tokens) {
    const std::string_view raw = phrase.substr(token.begin, token.end - token.begin);
    std::string word = token.possessive ? "'s" : fold(raw);
    if (token.dotted && word.size() > 1) word.pop_back();
    const WordId spelt = vocabulary.find_spelt(raw);
    const WordId id = spelt != 0 ? spelt : vocabulary.add(word);
    if (state == 0) first = id;
    state = extend(state, id);
  }
  if (state == 0) return;
  if (first >= kinds_.size()) kinds_.resize(first + std::size_t{1});
  kinds_[first] |= bit_of(sense.kind);
  if (!sense.exact.empty()) sense.exact = phrase;
  senses_[state].push_back(std::move(sense));
}

std::size_t Phrases::place_of(std::uint64_t key) const {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15U;  // Fibonacci hashing, Knuth vol. 3, 6.4
  std::size_t at = ((key * kGolden) >> 32U) & (edges_.size() - 1);
  while (edges_[at].key != 0 && edges_[at].key != key) at = (at + 1) & (edges_.size() - 1);
  return at;
}

std::uint32_t Phrases::next(std::uint32_t state, WordId word) const {
  if (state == 0) return word < first_.size() ? first_[word] : 0;
  return edges_[place_of(edge(state, word))].to;
}

std::uint32_t Phrases::extend(std::uint32_t state, WordId word) {
  if (const std::uint32_t known = next(state, word); known != 0) return known;
  const auto fresh = static_cast<std::uint32_t>(senses_.size());
  senses_.emplace_back();
  longer_.resize(senses_.size());
  longer_[state] = true;
  if (state == 0) {
    if (word >= first_.size()) first_.resize(word + std::size_t{1});
    first_[word] = fresh;
    return fresh;
  }
  if (++edge_count_ * 2 > edges_.size()) {
    const std::vector<Edge> before = std::exchange(edges_, std::vector<Edge>(edges_.size() * 2));
    for (const Edge& old : before)
      if (old.key != 0) edges_[place_of(old.key)] = old;
  }
  edges_[place_of(edge(state, word))] = {edge(state, word), fresh};
  return fresh;
}

void Phrases::find(std::span<const Token> tokens, std::size_t at, std::vector<PhraseMatch>& matches) const {
  std::uint32_t state = 0;
  for (std::size_t i = at; i < tokens.size(); ++i) {
    if (tokens[i].word == 0 || !longer_[state]) return;
    state = next(state, tokens[i].word);
    if (state == 0) return;
    if (!senses_[state].empty()) matches.push_back({static_cast<std::uint32_t>(i - at + 1), senses_[state]});
  }
}

}  // namespace entente::importers
