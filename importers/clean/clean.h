// Second room of the text line: the words of the release without the page around it, cut into blocks, with the way back
// to the bytes of the document.
//
// Of a page (HTML) only the release is taken: menus, banners, share bars, footers and lists of other news are left out.
// Plain text and the text of a record stay as they are, byte for byte: lines that are no words of the release are
// marked as boilerplate. Pure; time is linear in the text. Memory for a page: the tree (at most 128 MiB), twice its
// text, and the maps of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/result.h"
#include "graph/model/claim.h"
#include "importers/clean/boilerplate.h"
#include "importers/note.h"
#include "importers/read/document.h"

namespace entente::importers {

enum class BlockKind : std::uint8_t {
  heading,  // also a line that holds nothing but a date, and dates what stands under it
  paragraph,
  list_item,
  table_row,  // its cells are separated by " | "
  caption,
  boilerplate,
};

std::string_view to_string(BlockKind kind);

struct Block {
  graph::Span span;  // of the clean text, without blanks at its ends
  BlockKind kind = BlockKind::paragraph;
  int level = 0;  // of a heading: 1 to 6 as the page says, 0 where it is only written like one

  friend bool operator==(const Block&, const Block&) = default;
};

// A line of a page that may say whose page it is, and how much it counts; with 0, only where nothing else tells.
struct Imprint {
  std::string text;
  int weight = 1;
};

struct CleanText {
  std::string text;           // UTF-8
  std::vector<Block> blocks;  // in order, without overlap; everything between them is blank
  std::string title;          // empty when nothing says
  std::optional<CivilDate> published;
  std::string publisher;  // what the caller or the record said; else the page's own words ("Ministry of ...")
  std::string language;   // BCP 47
  std::string url;
  std::vector<Imprint> imprint;  // of a page; empty when the caller named the publisher

  OffsetMap to_document;  // from this text to ReadDocument::text
  OffsetMap to_bytes;     // from that to the bytes of the document

  // The bytes of the document that a piece of the clean text came from: [first, second).
  std::pair<std::size_t, std::size_t> source_bytes(graph::Span span) const;
};

// Fails with invalid_argument when the page holds no release: a list of several, or no text.
Result<CleanText> clean(ReadDocument document, const Boilerplate& boilerplate, Notes& notes);

}  // namespace entente::importers
