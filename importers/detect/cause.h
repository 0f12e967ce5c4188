// What moved somebody to act, told beside the act: its time and place are not those of the act.
#pragma once

#include "importers/detect/draft.h"

namespace entente::importers {

// "Following the attack on Monday, A condemned", "summoned the Ambassador over the shots of 3 May": whether what stands at an item is of what
// moved them to act, and not of the act at another; the number of items stands for an act behind everything.
bool is_of_cause(const TextView& view, const Sentence& sentence, std::uint32_t item, std::uint32_t act);

}  // namespace entente::importers
