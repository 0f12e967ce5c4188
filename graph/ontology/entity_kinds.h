// What an entity can be. The numbers are on disk and on the wire: never renumber, only add.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace entente::graph {

enum class EntityKind : std::uint8_t {
  country = 1,       // a state, present or former: country:KR
  organisation = 2,  // an organisation or a named group of states: org:asean
  region = 3,        // a region that texts treat as a party: region:central-asia
  official = 4,      // a person who acts for a state or organisation: official:KR/kim-gunn
  post = 5,          // what officials hold: post:KR/foreign-minister
  forum = 6,         // a series of meetings: forum:asean-summit
  place = 7,         // a city or site: place:KR/seoul
  topic = 8,
  agreement = 9,
};

std::span<const EntityKind> all_entity_kinds();
std::string_view to_string(EntityKind kind);
// "country" -> country; absent for an unknown name.
std::optional<EntityKind> parse_entity_kind(std::string_view name);

// The word before the ':' in an id: "country", "org", "region", ...
std::string_view id_prefix(EntityKind kind);
std::optional<EntityKind> kind_of_prefix(std::string_view prefix);

}  // namespace entente::graph
