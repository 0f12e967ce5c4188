// Times in words, as the text line reads them, and dates in the marks of pages. The first two bytes choose tense and anchor.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/edtf.h"
#include "base/utf8.h"
#include "importers/clean/dates.h"
#include "importers/date/date_expr.h"
#include "importers/lexicon/lexicon.h"
#include "importers/lexicon/tables.h"
#include "importers/tokenise/tokens.h"
#include "tests/fuzz/real_lexicon.h"
#include "tests/fuzz/require.h"

using namespace entente;
using namespace entente::importers;

// The lexicon is read before the first input, whose time it would otherwise take.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  real_lexicon();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (const auto edtf = Edtf::parse(text)) {
    require(edtf->text() == text);
    if (edtf->earliest() && edtf->latest()) require(*edtf->earliest() <= *edtf->latest());
  }
  if (find_invalid_utf8(text)) return 0;
  DateContext context;
  context.tense = static_cast<Tense>(data[0] % 4);
  if ((data[0] & 4U) != 0) context.published = CivilDate{2024, 2, 29};
  if ((data[0] & 8U) != 0) context.anchor = Edtf::parse("2023-12-31").value();
  if ((data[0] & 16U) != 0) context.text_year = 1900 + data[1];
  const Vocabulary& vocabulary = real_lexicon().tables().vocabulary;
  std::vector<Token> tokens;
  tokenise(text, 0, static_cast<std::uint32_t>(text.size()), vocabulary, tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    require(tokens[i].begin < tokens[i].end && tokens[i].end <= text.size());
    const auto expr = parse_date(tokens, i, vocabulary, text);
    if (!expr) continue;
    require(expr->begin == i && expr->end > i && expr->end <= tokens.size());
    const auto date = resolve_date(*expr, context);
    if (!date) continue;
    require(static_cast<bool>(Edtf::parse(date->text())));
    if (date->earliest() && date->latest()) require(*date->earliest() <= *date->latest());
  }
  return 0;
}
