// An entity as the store knows it: what it is called, when, and what it belongs to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/model/ids.h"

namespace entente::graph {

enum class NameKind : std::uint8_t {
  label = 1,         // the name it is shown by
  name = 2,          // another name in full
  abbreviation = 3,  // matched as written: ROK, UAE
  adjective = 4,     // Korean; and demonyms
  seat = 5,          // a capital or building used for the government: Seoul, the Kremlin
};

struct EntityName {
  std::string text;
  NameKind kind = NameKind::name;
  std::string language;           // BCP 47: "en"
  std::optional<int> from_year;   // the period in which it was in use
  std::optional<int> until_year;  // the last year of it

  friend bool operator==(const EntityName&, const EntityName&) = default;
};

struct Entity {
  EntityId id;
  std::string label;
  std::vector<EntityName> names;
  std::vector<EntityId> member_of;            // regions and groups
  std::optional<EntityId> of;                 // an official's country or organisation
  std::vector<std::string> posts;             // posts that releases gave an official, oldest first
  std::map<std::string, std::string> outside_ids;  // "iso3166-1-alpha-3" -> "KOR"

  friend bool operator==(const Entity&, const Entity&) = default;
};

}  // namespace entente::graph
