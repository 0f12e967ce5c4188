#include "importers/lexicon/phrases.h"

#include "base/utf8.h"

namespace entente::importers {

void Phrases::add(std::string_view phrase, Sense sense, Vocabulary& vocabulary) {
  std::vector<Token> tokens;
  tokenise(phrase, 0, static_cast<std::uint32_t>(phrase.size()), vocabulary, tokens, Together::keep);
  std::uint32_t state = 0;
  for (const Token& token : tokens) {
    const std::string_view raw = phrase.substr(token.begin, token.end - token.begin);
    std::string word = token.possessive ? "'s" : fold(raw);
    if (token.dotted && word.size() > 1) word.pop_back();
    const WordId spelt = vocabulary.find_spelt(raw);
    const auto [edge_at, fresh] = next_.try_emplace(edge(state, spelt != 0 ? spelt : vocabulary.add(word)), static_cast<std::uint32_t>(senses_.size()));
    if (fresh) senses_.emplace_back();
    state = edge_at->second;
  }
  if (state == 0) return;
  if (!sense.exact.empty()) sense.exact = phrase;
  senses_[state].push_back(std::move(sense));
}

void Phrases::find(std::span<const Token> tokens, std::size_t at, std::vector<PhraseMatch>& matches) const {
  std::uint32_t state = 0;
  for (std::size_t i = at; i < tokens.size(); ++i) {
    if (tokens[i].word == 0) return;
    const auto found = next_.find(edge(state, tokens[i].word));
    if (found == next_.end()) return;
    state = found->second;
    if (!senses_[state].empty()) matches.push_back({static_cast<std::uint32_t>(i - at + 1), senses_[state]});
  }
}

}  // namespace entente::importers
