// What a line of plain text looks like.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entente::importers {

enum class LineForm : std::uint8_t {
  blank,
  bullet,    // "o The two sides ...", "- ...", "• ..."
  numbered,  // "1. ...", "2) ...", "(3) ...", "a) ...", "ii. ..."
  plain,
};

LineForm form_of(std::string_view line);

struct LineLook {
  std::size_t letters = 0;  // letters and digits
  std::size_t upper = 0;    // of them, capital letters
  std::size_t cased = 0;    // of them, letters that have a case
  bool ends_sentence = false;
  bool holds_sentence = false;  // one ends inside it, after a word of three letters or more
  bool starts_lower = false;
};

LineLook look_of(std::string_view line);

// In capitals throughout, or short and without a sentence's end.
bool reads_like_heading(const LineLook& look);

std::string_view trimmed(std::string_view line);

}  // namespace entente::importers
