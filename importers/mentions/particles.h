// Reads the items of a sentence in a language that marks the part of each noun behind it and ends in its verb (Korean):
// who, where, when, event nouns, verbs, and the marks as items of their own. Function words, marks and endings are tables.
#pragma once

#include "importers/mentions/mentions.h"

namespace entente::importers {

// Fills the items of the sentence. A mark is an item of kind preposition; slot_of_mark says what it marks.
void find_mentions_by_particles(TextView& view, Sentence& sentence);

// The slot that a mark gives to what stands before it; absent when the item is no mark.
std::optional<Slot> slot_of_mark(const TextView& view, const Item& item);

}  // namespace entente::importers
