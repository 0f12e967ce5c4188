#include "importers/lexicon/phrases.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/utf8.h"

namespace entente::importers {

void Phrases::add(std::string_view phrase, Sense sense, Vocabulary& vocabulary) {
  std::vector<Token> tokens;
  tokenise(phrase, 0, static_cast<std::uint32_t>(phrase.size()), vocabulary, tokens, Together::keep);
  std::uint32_t at = 0;
  WordId first = 0;
  for (const Token& token : tokens) {
    const std::string_view raw = phrase.substr(token.begin, token.end - token.begin);
    std::string word = token.possessive ? "'s" : fold(raw);
    if (token.dotted && word.size() > 1) word.pop_back();
    const WordId spelt = vocabulary.find_spelt(raw);
    const WordId id = spelt != 0 ? spelt : vocabulary.add(word);
    if (at == 0) first = id;
    const auto [known, fresh] = growing_[at].next.emplace(id, static_cast<std::uint32_t>(growing_.size()));
    at = known->second;
    if (fresh) growing_.emplace_back();
  }
  if (at == 0) return;
  if (first >= kinds_.size()) kinds_.resize(first + std::size_t{1});
  kinds_[first] |= bit_of(sense.kind);
  if (!sense.exact.empty()) sense.exact = phrase;
  growing_[at].senses.push_back(std::move(sense));
}

void Phrases::settle() {
  // Level by level, a node's followers are put down when its own turn comes.
  std::vector<std::uint32_t> order{0};
  words_.assign(1, 0);
  for (std::size_t at = 0; at < order.size(); ++at) {
    Growing& node = growing_[order[at]];
    nodes_.push_back({static_cast<std::uint32_t>(order.size()), static_cast<std::uint32_t>(senses_.size())});
    for (const auto& [word, next] : node.next) {
      order.push_back(next);
      words_.push_back(word);
    }
    std::move(node.senses.begin(), node.senses.end(), std::back_inserter(senses_));
  }
  nodes_.push_back({static_cast<std::uint32_t>(order.size()), static_cast<std::uint32_t>(senses_.size())});
  for (std::uint32_t node = nodes_[0].next; node < nodes_[1].next; ++node) {
    if (words_[node] >= first_.size()) first_.resize(words_[node] + std::size_t{1}, kNone);
    first_[words_[node]] = node;
  }
  growing_.clear();
}

std::uint32_t Phrases::follow(std::uint32_t node, WordId word) const {
  const auto begin = words_.begin() + nodes_[node].next;
  const auto end = words_.begin() + nodes_[node + 1].next;
  const auto found = std::lower_bound(begin, end, word);
  return found == end || *found != word ? kNone : static_cast<std::uint32_t>(found - words_.begin());
}

void Phrases::find(std::span<const Token> tokens, std::size_t at, std::vector<PhraseMatch>& matches) const {
  const WordId first = tokens[at].word;
  std::uint32_t node = first < first_.size() ? first_[first] : kNone;
  for (std::size_t i = at; node != kNone;) {
    ++i;
    if (const std::uint32_t begin = nodes_[node].senses, end = nodes_[node + 1].senses; begin != end)
      matches.push_back({static_cast<std::uint32_t>(i - at), std::span(senses_.data() + begin, end - begin)});
    node = i < tokens.size() && tokens[i].word != 0 ? follow(node, tokens[i].word) : kNone;
  }
}

}  // namespace entente::importers
