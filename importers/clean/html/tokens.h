// The tags and texts of a page, one after the other. Takes any bytes; every byte is looked at a bounded number of
// times.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "importers/clean/html/tree.h"

namespace entente::importers::html {

struct Token {
  enum class Kind : std::uint8_t { text, start, end } kind = Kind::text;
  Tag tag = Tag::other;
  std::uint32_t begin = 0;  // of the text, or of the attributes
  std::uint32_t end = 0;
  std::uint32_t name_hash = 0;  // tells elements of unknown names apart
};

class Tokens {
 public:
  explicit Tokens(std::string_view page) : page_(page) {}

  // Absent at the end. Comments, declarations and instructions are passed over. What stands in a script, a style or a
  // title comes as one text, the end tag after it.
  std::optional<Token> next();

 private:
  std::optional<Token> take_text(std::size_t end);
  std::optional<Token> take_raw_text();
  std::optional<Token> take_tag(bool end_tag);
  bool pass_over_markup();
  std::size_t end_of_attributes(std::size_t at) const;

  std::string_view page_;
  std::size_t at_ = 0;
  std::string_view raw_until_;  // the name of the element whose raw text comes next
};

// One attribute of a tag: its name as written, its value without quotes. `at` moves on; false when there is no more.
bool next_attribute(std::string_view attributes, std::size_t& at, std::string_view& name, std::string_view& value);
bool equals_lowered(std::string_view as_written, std::string_view lower);

}  // namespace entente::importers::html
