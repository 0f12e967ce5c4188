// What a source lists: one release, by its page's address, with what the list says of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"

namespace entente::importers {

struct ListedPage {
  std::string url;  // absolute, as it is to be fetched
  std::string title;
  std::optional<CivilDate> date;  // of publication
  std::string changed;            // what the list says of when or how the page last changed, as written; often empty
  std::string content;            // HTML, where the list brings the text itself (feeds)

  friend bool operator==(const ListedPage&, const ListedPage&) = default;
};

struct Listing {
  std::vector<ListedPage> items;          // in the order of the list
  std::optional<std::string> next;  // address of the page that goes on
};

// No list is read further than this.
inline constexpr std::size_t kItemsMax = 60'000;

}  // namespace entente::importers
