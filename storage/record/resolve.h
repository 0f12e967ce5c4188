// Which entities a person may mean by a name: as written, in other letters, begun, or misspelt.
#pragma once

#include <string_view>
#include <vector>

#include "graph/view/reader.h"
#include "storage/layout/table.h"

namespace entente::storage {

// Best first. limit 0: all that were found. Scores, before names out of use and states that are no more lose a tenth:
//   1     as written, or the id itself        0.95  but for case, marks and points
//   0.85  an abbreviation in other letters    0.60 to 0.90  the name begins so
//   0.40 to 0.70  a later word begins so      below 0.75  misspelt
// Adjectives count nine tenths and seats eight. Among equals: states, then organisations, regions, forums, officials.
Result<std::vector<graph::Candidate>> resolve_name(const TableView& view, RecordedTime at, std::string_view name,
                                                   std::size_t limit);

}  // namespace entente::storage
