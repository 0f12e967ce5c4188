// The visible text of a page as it flows: leaves of text (a paragraph, a heading, an item, a row of a table) in order,
// with what telling the release from the rest needs to know of each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "importers/clean/clean.h"
#include "importers/clean/html/tree.h"

namespace entente::importers::html {

struct Leaf {
  graph::Span span;        // of Flow::text
  std::uint32_t node = 0;  // its first text
  BlockKind kind = BlockKind::paragraph;
  int level = 0;
  std::uint32_t letters = 0;       // letters and digits; those of Han, Kana and Hangul count twice
  std::uint32_t link_letters = 0;  // of them, inside links
  std::uint32_t stops = 0;         // ends of sentences
  bool bold = false;               // all of it
  bool titled = false;             // stands in an element whose class or id speaks of a title
  bool in_time = false;            // some of it is a <time>
  bool link_leads = false;         // it begins with a link
};

struct Flow {
  std::string text;
  OffsetMap to_page;
  std::vector<Leaf> leaves;

  std::string_view text_of(const Leaf& leaf) const {
    return std::string_view(text).substr(leaf.span.begin, leaf.span.end - leaf.span.begin);
  }
};

// Blanks, no-break spaces and line ends in a row become one blank; <br> stays a line end; soft hyphens go.
Flow flow_of(const Tree& tree);

}  // namespace entente::importers::html
