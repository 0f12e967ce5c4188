// "The President received the letters of credence of the following Ambassadors:" and the lines under it.
#pragma once

#include <vector>

#include "importers/detect/draft.h"

namespace entente::importers {

// Replaces the last draft of a sentence that ends in ":" by one for each item of the list under it, and that of a sentence
// about several who are not named by one for each whom the next sentence names ("They were A and B").
void expand_list(TextView& view, Cast& cast, std::uint32_t sentence, std::vector<Draft>& drafts);

}  // namespace entente::importers
