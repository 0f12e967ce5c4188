// Tells the language of a text by the grammar words of the lexicon: articles, prepositions, auxiliaries, particles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
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
  // Words with a bit for each language that has them.
  class Marked {
   public:
    void mark(std::string_view word, std::uint32_t bit);
    std::uint32_t find(std::string_view word) const { return bits_[words_.find(word)]; }  // 0 where no language has it

   private:
    Vocabulary words_;
    std::vector<std::uint32_t> bits_{0};  // by word
  };

  std::size_t languages_ = 1;
  Marked words_;      // a word of its own
  Marked particles_;  // what ends a word, where words end in particles
};

}  // namespace entente::importers
