// The text line: a document in, a release with its claims out. Nine rooms in order, each a pure function; no clock, no
// network, no store. Safe to use from several threads at once.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/civil.h"
#include "base/result.h"
#include "graph/view/claim_sink.h"
#include "importers/lexicon/lexicon.h"
#include "importers/note.h"

namespace entente::importers {

// Bytes as they came, with what the caller knows of them beforehand.
struct Document {
  std::string name;   // path or URL: names the release and decides by its ending how to read it (.html .txt .json)
  std::string bytes;  // at most kDocumentBytesMax
  std::string publisher;                // "KR-MOFA"; empty when unknown. Goes before what the document says itself
  std::optional<CivilDate> published;  // likewise
};

inline constexpr std::size_t kDocumentBytesMax = 64U << 20U;

struct LineResult {
  std::string id;  // the record's own id where it has one (.json), else the file's name without its ending
  graph::Reading reading;
  Notes notes;
  std::string explanation;  // what each room gave; filled only when asked for
};

enum class Explain : bool { no, yes };

class TextLine {
 public:
  // The lexicon outlives the line.
  explicit TextLine(const Lexicon& lexicon) : lexicon_(lexicon) {}

  const Lexicon& lexicon() const { return lexicon_; }
  // Fails with invalid_argument (an empty file, a broken record, no text in the page), too_large.
  Result<LineResult> read(const Document& document, Explain explain = Explain::no) const;

 private:
  const Lexicon& lexicon_;
};

}  // namespace entente::importers
