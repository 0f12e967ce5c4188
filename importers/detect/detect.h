// Finds the events that sentences tell, by the frames of verbs and the parts of event nouns.
#pragma once

#include <vector>

#include "importers/detect/draft.h"
#include "importers/resolve/cast.h"
#include "importers/resolve/entries.h"

namespace entente::importers {

// In the order of the text. The cast learns who was last spoken of on the way. `set_aside`, when it is not null, takes
// what was no event.
std::vector<Draft> detect_events(TextView& view, Cast& cast, const std::vector<Entry>& entries, std::vector<SetAside>* set_aside = nullptr);

}  // namespace entente::importers
