// Tells the language of a text by the grammar words of the lexicon: articles, prepositions, auxiliaries, particles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "importers/lexicon/tables.h"

namespace entente::importers {

class GrammarWords {
 public:
  explicit GrammarWords(const std::vector<std::unique_ptr<LexiconTables>>& languages);

  // The place of the language in the list, by its share of the first words; the first one when no word is known.
  // Deterministic: of languages with the same share the earlier one.
  std::size_t guess(std::string_view text) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Words = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;  // a bit for each language

  std::size_t languages_ = 1;
  Words words_;      // a word of its own
  Words particles_;  // what ends a word, where words end in particles
};

}  // namespace entente::importers
