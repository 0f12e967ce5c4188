// Whose release it is where nobody gave a publisher's code: by the page's own words and its address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importers/clean/clean.h"
#include "importers/resolve/own_side.h"

namespace entente::importers {

// The party that most of the lines and the host of the address speak for; none when they name nobody. Of a line the
// first party counts: the Embassy of Korea in Uzbekistan is Korea's. `url` may be no address at all (a file's name).
OwnSide side_of_imprint(const LexiconTables& tables, const std::vector<Imprint>& lines, std::string_view url);

// Whose a publisher is that is called by its name: "Ministry of Foreign Affairs of Kenya", "Kuwait News Agency".
OwnSide side_of_publisher(const LexiconTables& tables, const std::string& publisher);

// The host's last labels as publishers.tsv lists them; else a state by its two letters (ISO 3166-1, "uk" by the table).
// Registries that sell their names to everybody (publishers.tsv: a row without a country) say nothing, except under a
// second label of governments ("gov.co").
OwnSide side_of_host(const LexiconTables& tables, std::string_view url);

}  // namespace entente::importers
