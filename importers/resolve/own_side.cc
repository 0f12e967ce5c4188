#include "importers/resolve/own_side.h"

namespace entente::importers {

OwnSide own_side(const LexiconTables& tables, std::string_view publisher) {
  const std::string_view first = publisher.substr(0, publisher.find('-'));
  for (const std::string_view code : {publisher, first})
    for (const Publisher& known : tables.publishers)
      if (known.code == code) return {known.party, &known.side_posts};
  if (first.size() == 2 || first.size() == 4) return {tables.country_by_code(first), nullptr};
  return {};
}

}  // namespace entente::importers
