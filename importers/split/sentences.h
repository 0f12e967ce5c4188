// Cuts the blocks of a clean text into tokens and sentences.
#pragma once

#include "importers/clean/clean.h"
#include "importers/mentions/mentions.h"

namespace entente::importers {

// Sentences of every block that is text; boilerplate gives none. Linear in the text.
void split_sentences(const CleanText& clean, TextView& view);

}  // namespace entente::importers
