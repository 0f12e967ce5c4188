// The JSON record of a release: {"id", "publisher", "published", "title", "url", "language", "text"}.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/result.h"
#include "importers/read/offset_map.h"

namespace entente::importers {

struct Record {
  std::string id;
  std::string publisher;
  std::optional<CivilDate> published;
  bool says_published = false;  // the field is there, be it null: the record knows that there is no date
  std::string title;
  std::string url;
  std::string language;
  std::string text;
  OffsetMap to_json;  // from the text to the JSON it stood in
};

// Other fields are ignored; null is the same as absent; of a field given twice the last counts.
// Fails with invalid_argument: no JSON (with line and column), no object, no text, a field of the wrong type, a
// publication date that is none. `name` is the document's, for the messages. Bounded: nothing is kept but the fields,
// and nesting is limited to kRecordDepthMax.
Result<Record> read_record(std::string_view json, std::string_view name);

inline constexpr int kRecordDepthMax = 64;

}  // namespace entente::importers
