// What headers, addresses and tags need of ASCII, whatever language the rest of them is in.
#pragma once

#include <string>
#include <string_view>

namespace entente {

// A-Z become a-z; every other byte stays as it is.
constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
inline std::string ascii_lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = ascii_lower(c);
  return out;
}

// Without the blanks at both ends. A view of `text`.
inline std::string_view ascii_trimmed(std::string_view text, std::string_view blanks = " \t\r\n") {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace entente
