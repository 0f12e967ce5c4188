// What a page says of itself where nobody sees it: OpenGraph, JSON-LD, Dublin Core, the habits of CMSs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "importers/clean/html/tree.h"

namespace entente::importers::html {

struct Metadata {
  std::string head_title;           // <title>, with the site's name in it, usually
  std::vector<std::string> titles;  // of the release, best first: JSON-LD headline, og:title, DC.title, ...
  std::optional<CivilDate> published;
  std::string publisher;
  std::string language;
  std::string url;
  // JSON-LD articleBody: the text of a page whose own is put there by a script. Empty when it holds markup.
  std::string article;
  std::uint32_t article_begin = 0;  // bytes of the page: the script that says it
  std::uint32_t article_end = 0;
};

// `language` settles dates that are written alike. JSON-LD of more than kJsonLdBytesMax bytes is passed over.
Metadata metadata_of(const Tree& tree);

inline constexpr std::size_t kJsonLdBytesMax = 256U << 10U;

}  // namespace entente::importers::html
