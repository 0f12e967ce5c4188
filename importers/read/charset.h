// Which encoding a document is in: its byte order mark, its bytes, what it declares, its language, in that order of
// trust. Pure; bounded by one pass over the bytes.
#pragma once

#include <string>
#include <string_view>

namespace entente::importers {

struct Charset {
  std::string name;      // "UTF-8", or a name that ICU knows
  std::string because;   // "declared", "by its byte order mark", "by its bytes", "by its language"
  std::size_t skip = 0;  // bytes of a byte order mark
};

// What a page may say of itself: <meta charset>, http-equiv, an XML declaration. As written; empty when it does not.
// Looks at the first 8 KiB.
std::string declared_charset(std::string_view bytes);
// The value of lang="..." of the first tag that has it, in the first 8 KiB.
std::string declared_language(std::string_view bytes);
// The ICU converter for a label as browsers read it ("latin1" is windows-1252, "gb2312" is GB18030); empty if unknown.
std::string converter_for(std::string_view label);

Charset find_charset(std::string_view bytes);

}  // namespace entente::importers
