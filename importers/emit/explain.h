// What each room of the text line gave, as text for a person.
#pragma once

#include <string>
#include <vector>

#include "importers/detect/draft.h"
#include "importers/emit/compose.h"
#include "importers/resolve/cast.h"

namespace entente::importers {

std::string explain_rooms(const TextView& view, const Cast& cast, const std::vector<Draft>& drafts, const std::vector<SetAside>& set_aside);
std::string explain_events(const TextView& view, const Composition& composition);

}  // namespace entente::importers
