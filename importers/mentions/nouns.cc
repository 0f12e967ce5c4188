#include "importers/mentions/scanner.h"

namespace entente::importers {

std::optional<NounMention> parse_noun(const Scan& scan, std::uint32_t i) {
  const Scan::Match match = scan.longest(i, SenseKind::noun);
  if (match.sense == nullptr) return std::nullopt;
  return NounMention{i, match.end, match.sense->index};
}

}  // namespace entente::importers
