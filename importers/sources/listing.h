// Listing pages: which releases a page leads to, by selectors or by the page's own structure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "importers/sources/item.h"
#include "importers/sources/selector.h"
#include "importers/sources/url.h"

namespace entente::importers {

struct ListingSelectors {
  std::optional<Selector> item;   // what holds one release; the others are looked for in it
  std::optional<Selector> link;   // an element with href, or the address itself; in the item, or on the whole page
  std::optional<Selector> title;  // else the words of the link
  std::optional<Selector> date;
  std::optional<Selector> next;  // the page that goes on

  bool says_which() const { return item || link; }
};

// `text` is UTF-8. Without `item` and `link` the page's structure decides: the group of like links that reads most like
// a list of releases. A list without links is no error. `language` settles how dates are read.
Listing read_listing(std::string_view text, const Url& base, const ListingSelectors& selectors,
                     std::string_view language);

// The link of a page that leads to older releases: rel=next, or what such links are called. Absent when there is none.
std::optional<std::string> find_next(const xmlNode& root, const Url& base);

}  // namespace entente::importers
