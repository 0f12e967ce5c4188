#include "importers/clean/clean.h"

#include <fmt/format.h>

#include "importers/clean/html/page.h"
#include "importers/clean/plain.h"

namespace entente::importers {

std::string_view to_string(BlockKind kind) {
  switch (kind) {
    case BlockKind::heading:
      return "heading";
    case BlockKind::paragraph:
      return "paragraph";
    case BlockKind::list_item:
      return "list_item";
    case BlockKind::table_row:
      return "table_row";
    case BlockKind::caption:
      return "caption";
    case BlockKind::boilerplate:
      return "boilerplate";
  }
  return "paragraph";
}

std::pair<std::size_t, std::size_t> CleanText::source_bytes(graph::Span span) const {
  if (span.begin >= span.end) {
    const std::size_t at = to_bytes.from(to_document.from(span.begin));
    return {at, at};
  }
  const std::size_t begin = to_bytes.from(to_document.from(span.begin));
  return {begin, std::max(begin, to_bytes.from_end(to_document.from_end(span.end)))};
}

Result<CleanText> clean(ReadDocument document, const Boilerplate& boilerplate, Notes& notes) {
  notes.insert(notes.end(), document.notes.begin(), document.notes.end());
  if (document.kind == DocumentKind::html) return html::clean_page(std::move(document), boilerplate, notes);
  return clean_plain(std::move(document), boilerplate, notes);
}

}  // namespace entente::importers
