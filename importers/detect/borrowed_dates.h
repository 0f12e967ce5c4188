// Times that a clause takes from the one beside it: "relations were established when the Minister presented his credentials
// on 1 May 1901", "on 22 January the Secretary notified the Minister that the United States recognised A", "resumed relations
// and, on 19 April, recognised the government".
#pragma once

#include <vector>

#include "importers/detect/draft.h"

namespace entente::importers {

// For the drafts of one sentence that have no time of their own. What a sentence reports in passing keeps none.
void borrow_dates(const TextView& view, const Sentence& sentence, std::vector<Draft>& drafts);

}  // namespace entente::importers
