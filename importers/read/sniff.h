// What kind of document it is, and what is no text at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace entente::importers {

enum class DocumentKind : std::uint8_t {
  html,
  text,
  record,  // one JSON object with the text of a release and what is known of it
};

std::string_view to_string(DocumentKind kind);

// By the ending of the name (of a path or a URL), else by how the text begins.
DocumentKind kind_of(std::string_view name, std::string_view text);

// What a file that is no text is ("a PDF document"), by its first bytes; empty when it may be text.
std::string_view binary_format_of(std::string_view bytes);

}  // namespace entente::importers
