// First room of the text line: the bytes of a document as UTF-8, with what its record says of it and the way back.
// Pure; time linear in the bytes. Memory: the text at most three times the bytes, the way back at most 16 bytes for
// each run of equally long characters; so at most about 20 times kDocumentBytesMax, and usually less than twice.
#pragma once

#include <optional>
#include <string>

#include "base/civil.h"
#include "base/result.h"
#include "importers/line.h"
#include "importers/note.h"
#include "importers/read/offset_map.h"
#include "importers/read/sniff.h"

namespace entente::importers {

struct ReadDocument {
  std::string name;
  DocumentKind kind = DocumentKind::text;
  std::string text;     // valid UTF-8 without NUL: markup, plain text, or the record's text
  OffsetMap to_bytes;   // from the text to the bytes of the document
  std::string charset;  // what it was decoded from

  // Said by the caller or by the record; empty or absent when neither says.
  std::string id;
  std::string publisher;
  std::optional<CivilDate> published;
  bool published_is_known = false;  // said, be it that there is none: do not look for a date in the text
  std::string title;
  std::string url;
  std::string language;

  Notes notes;
};

// Fails with invalid_argument (empty, blank, binary, a broken record) or too_large; the message names the document.
Result<ReadDocument> read_document(const Document& document);

}  // namespace entente::importers
