// The events of one sentence of a language with marks behind its nouns and the verb at the end: every verb closes a
// clause, and all that stands before it, up to the verb before, is its own.
#pragma once

#include <vector>

#include "importers/detect/draft.h"

namespace entente::importers {

std::vector<Draft> verb_final_events(const TextView& view, const Sentence& sentence, std::uint32_t index, Cast& cast);

}  // namespace entente::importers
