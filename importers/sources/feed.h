// RSS (0.9 to 2.0) and Atom.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "importers/sources/item.h"
#include "importers/sources/url.h"

namespace entente::importers {

struct Feed {
  std::string title;
  Listing listing;
};

// `text` is UTF-8; `base` is where the feed was found. Items without an address are left out. Fails with
// invalid_argument, saying what it is instead.
Result<Feed> read_feed(std::string_view text, const Url& base);

}  // namespace entente::importers
