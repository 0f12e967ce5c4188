// Which links of a page are releases, told from the page alone: links that stand alike (the same elements and classes
// around them), in the page's body, with words enough to be titles, best with a date near each.
#pragma once

#include <string_view>
#include <vector>

#include "importers/sources/item.h"
#include "importers/sources/url.h"
#include "importers/sources/xml.h"

namespace entente::importers {

// In the order of the page; empty when no group of links reads like a list of releases.
std::vector<ListedPage> guess_items(const xmlNode& root, const Url& base, std::string_view language);

}  // namespace entente::importers
