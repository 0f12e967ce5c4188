// Bytes from strangers through the whole text line. The first byte chooses page or plain text, publisher and date.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/utf8.h"
#include "graph/model/validate.h"
#include "importers/lexicon/lexicon.h"
#include "importers/line.h"
#include "tests/fuzz/real_lexicon.h"
#include "tests/fuzz/require.h"

using namespace entente;
using importers::Document;

// The lexicon is read before the first input, whose time it would otherwise take.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  real_lexicon();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Document document;
  document.name = (data[0] & 1U) != 0 ? "a.html" : "a.txt";
  document.bytes.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  static constexpr std::array kPublishers{"KR-MOFA", "", "un-SG", "XX"};
  document.publisher = kPublishers[(data[0] >> 1U) & 3U];
  if ((data[0] & 8U) != 0) document.published = CivilDate{2024, 9, 3};
  const importers::TextLine line(real_lexicon());
  const auto result = line.read(document, (data[0] & 16U) != 0 ? importers::Explain::yes : importers::Explain::no);
  if (!result) {
    require(!result.error().message.empty());
    return 0;
  }
  const std::string& text = result->reading.release.text;
  require(!find_invalid_utf8(text));
  for (const graph::Claim& claim : result->reading.claims) {
    require(graph::validate(claim, result->reading.release).ok());
    require(!claim.rule.empty() && claim.confidence > 0 && claim.confidence <= 1);
    for (const graph::Span& span : claim.evidence) require(span.begin <= span.end && span.end <= text.size());
  }
  // The same bytes give the same claims.
  const auto again = line.read(document);
  require(again.ok() && again->reading.claims == result->reading.claims);
  return 0;
}
