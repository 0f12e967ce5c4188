// What a dated heading tells of the text under it: "Diplomatic Relations Severed, 1941", "Resumption of Relations with
// Prussia, 1921". Headings leave out auxiliaries and articles, and name at most what the title does not.
#pragma once

#include <vector>

#include "importers/detect/draft.h"
#include "importers/resolve/cast.h"

namespace entente::importers {

// The drafts of a heading without an entry's time; empty when it tells of no relations or has no date.
std::vector<Draft> read_heading(TextView& view, Sentence& sentence, std::uint32_t index, Cast& cast);

}  // namespace entente::importers
