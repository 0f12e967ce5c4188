// UTF-8 as RFC 3629 has it: looking at bytes, decoding, and the foldings that names are compared by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;  // how many bytes it took; 1 for a byte that is no UTF-8
  bool valid = false;
};

// The code point that starts at text[at]. REQUIRES: at < text.size(). A bad byte gives U+FFFD, bytes 1, valid false.
CodePoint decode_utf8(std::string_view text, std::size_t at);
void append_utf8(std::string& out, char32_t code_point);

// Where the first byte that is no UTF-8 stands; absent when there is none.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);
// The text with every bad byte replaced by U+FFFD.
std::string repair_utf8(std::string_view text);

// Lower case without marks: "Çavuşoğlu" -> "cavusoglu", "Hà Nội" -> "ha noi". Letters of other scripts stay, composed
// (NFKC). Typographic apostrophes and dashes become ' and -, every kind of blank a plain one.
std::string fold(std::string_view text);

// Lower-case ASCII words joined by '-': "S. Jaishankar" -> "s-jaishankar". Letters of other scripts stay as they are
// folded, so that a name in Hangul has a slug, too. An apostrophe inside a word disappears.
std::string slug(std::string_view text);

// Runs of blanks (line ends and no-break spaces among them) as one blank, none at the ends.
std::string collapse_blanks(std::string_view text);

}  // namespace entente
