// Whose release it is: the state or organisation behind the publisher's code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importers/lexicon/tables.h"

namespace entente::importers {

struct OwnSide {
  PartyIndex party = kNoParty;
  const std::vector<std::string>* side_posts = nullptr;  // of publishers.tsv; may be null
};

// "KR-MOFA" -> country:KR, "UN-SG" -> org:un. A code that nothing knows gives no party.
OwnSide own_side(const LexiconTables& tables, std::string_view publisher);

}  // namespace entente::importers
