// Lists of releases as JSON: what the pages of many sites fetch to fill themselves.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "importers/sources/item.h"
#include "importers/sources/url.h"

namespace entente::importers {

// Where things stand, as JSON pointers (RFC 6901); empty: looked for by the names that such lists use.
struct JsonPlaces {
  std::string items = {};  // the array; "/data/items"
  std::string link =
      {};  // in an item: "/url"; or a pattern around one or more pointers: "https://mfa.example/news/{/id}"
  std::string title = {};
  std::string date = {};
  std::string body = {};
  std::string next = {};  // in the document: the address of the page that goes on
};

// `text` is UTF-8. Fails with invalid_argument: no JSON (with the place), no array of items where it should be.
Result<Listing> read_json_listing(std::string_view text, const Url& base, const JsonPlaces& places,
                                  std::string_view language);

inline constexpr int kJsonDepthMax = 64;

}  // namespace entente::importers
