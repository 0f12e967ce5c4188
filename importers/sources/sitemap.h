// Sitemaps: lists of pages, lists of such lists, with the news extension; as XML or as plain addresses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "importers/sources/item.h"
#include "importers/sources/url.h"

namespace entente::importers {

struct Sitemap {
  std::vector<ListedPage> pages;  // `changed` is <lastmod>; `date` and `title` only from the news extension
  std::vector<ListedPage> maps;   // of an index: other sitemaps
};

// `text` is UTF-8, decompressed. At most kItemsMax of each. Fails with invalid_argument.
Result<Sitemap> read_sitemap(std::string_view text, const Url& base);

}  // namespace entente::importers
