// Names as they are compared, and the rows by which they are found. The rows only lead to candidates: whether an
// entity has a name at a recorded time is for the entity's version of that time to say, so rows need no time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/entity.h"
#include "storage/layout/batch.h"

namespace entente::storage {

// Longer names are found by their start only; more words than this are not begun anew.
inline constexpr std::size_t kFuzzyNameMax = 64;
inline constexpr std::size_t kNameWordsMax = 8;

// Without case, marks, points and doubled blanks, hyphens as blanks, and no "the" before it: "The U.S." -> "us".
std::string comparable(std::string_view name);

// The texts under which an entity is found: the comparable name itself, and it from each later word on.
std::vector<std::string> word_starts(const std::string& name);
NameStart name_start(std::string_view name);

std::u32string code_points(std::string_view text);
// Each three letters in a row of the name with a blank before and after it, as numbers, each once.
std::vector<std::uint32_t> trigrams(const std::u32string& name);
// How many mistakes a name of this length may have.
std::size_t mistakes_allowed(std::size_t length);
// Letters left out, put in, changed or swapped with their neighbour, at least; more than `most` counts as most + 1.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b, std::size_t most);

// Every name of an entity, its label among them, each text once.
std::vector<graph::EntityName> all_names(const graph::Entity& entity);

// Calls at_start(NameKey) and with_trigram(TrigramKey) for each row by which the entity is found; some more than once.
template <class AtStart, class WithTrigram>
void for_each_name_key(EntityNumber number, const graph::Entity& entity, AtStart at_start, WithTrigram with_trigram) {
  for (const graph::EntityName& name : all_names(entity)) {
    const std::string text = comparable(name.text);
    if (text.empty()) continue;
    for (const std::string& start : word_starts(text)) at_start(NameKey{name_start(start), number});
    const std::u32string letters = code_points(text);
    if (letters.size() > kFuzzyNameMax || mistakes_allowed(letters.size()) == 0) continue;
    for (const std::uint32_t trigram : trigrams(letters))
      with_trigram(TrigramKey{trigram, static_cast<std::uint8_t>(letters.size()), number});
  }
}

void put_names(Batch& batch, EntityNumber number, const graph::Entity& entity);

}  // namespace entente::storage
