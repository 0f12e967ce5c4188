// What a page says of itself where nobody sees it: OpenGraph, JSON-LD, Dublin Core, the habits of CMSs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "importers/clean/html/tree.h"

namespace entente::importers::html {

struct Metadata {
  std::string head_title;           // <title>, with the site's name in it, usually
  std::vector<std::string> titles;  // of the release, best first: JSON-LD headline, og:title, DC.title, ...
  std::optional<CivilDate> published;
  std::string publisher;
  std::vector<std::pair<std::uint32_t, std::string>> image_texts;  // node, and what the picture is called
  std::string language;
  std::string url;
  // JSON-LD articleBody, or else the longest text among the data of a script (application/json): the text of a page
  // whose own is put there by a script. May hold markup.
  std::string article;
  bool article_is_declared = false;  // it is an articleBody
  std::uint32_t article_begin = 0;  // bytes of the page: the script that says it
  std::uint32_t article_end = 0;
};

// What stands between the separators of <title>.
std::vector<std::string_view> pieces_of_title(std::string_view head_title);

// `language` settles dates that are written alike. JSON-LD of more than kJsonLdBytesMax bytes is passed over.
Metadata metadata_of(const Tree& tree);

inline constexpr std::size_t kImageTextsMax = 40;
inline constexpr std::size_t kJsonLdBytesMax = 256U << 10U;

}  // namespace entente::importers::html
