// From what was fetched to what the text line said of it: charset, the source's selectors, the list's title and date.
#pragma once

#include <optional>
#include <string>

#include "base/civil.h"
#include "base/result.h"
#include "importers/line.h"
#include "importers/sources/item.h"
#include "importers/sources/source.h"

namespace entente::importers {

struct Page {
  std::string name;  // its address, or the path of a file
  std::string bytes;
  std::string content_type;
  std::string title;               // as the list has it; empty when it says none
  std::optional<CivilDate> dated;  // as the list has it
};

struct PageReading {
  LineResult line;
  bool has_title = false;  // the page gave them, or the list
  bool has_date = false;
  std::uint64_t events = 0;
  std::uint64_t text_hash = 0;  // of the words alone, however they are broken into lines
  std::string trouble;          // what is odd about it, and was put right
};

// Claims of events.
std::uint64_t events_in(const graph::Reading& reading);

// The page's own date goes before the list's, unless it lies after `today`; what the source's selectors say goes before
// both. Fails as TextLine::read does. Pure; from any thread.
Result<PageReading> read_page(const TextLine& line, const SourceConfig& source, Page page, CivilDate today);

}  // namespace entente::importers
