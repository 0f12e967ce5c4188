// Character references of HTML: "&eacute;", "&#233;", "&#xE9;".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace entente::importers::html {

struct Entity {
  char32_t value = 0;
  std::size_t bytes = 0;  // how long the reference is; 0 when there is none
};

// The reference that starts at text[at]. REQUIRES: text[at] == '&'. Looks at a bounded number of bytes.
Entity entity_at(std::string_view text, std::size_t at);

// The text with all references replaced.
std::string unescape(std::string_view text);

}  // namespace entente::importers::html
