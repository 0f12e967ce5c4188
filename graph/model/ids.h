// The ids of the model, as a person types them.
//   entity   country:KR  org:asean  region:central-asia  official:KR/kim-gunn  forum:asean-summit
//   release  release:<sixteen hex digits of the hash of its canonical URL, or of its text where it has none>
//   claim    claim:<release's digits>/<revision>/<number within the revision>
//   event    event:<sixteen hex digits of the hash of its join key>
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "graph/ontology/entity_kinds.h"

namespace entente::graph {

using EntityId = StrongId<struct EntityTag>;
using ReleaseId = StrongId<struct ReleaseTag>;
using ClaimId = StrongId<struct ClaimTag>;
using EventId = StrongId<struct EventTag>;

// "official:KR/kim-gunn" -> official; absent when the text before ':' is no kind.
std::optional<EntityKind> kind_of(const EntityId& id);

// country_id("KR") -> country:KR. The code as ISO 3166-1 alpha-2, or ISO 3166-3 for a former state.
EntityId country_id(std::string_view code);
// The code after "country:"; empty for an id of another kind.
std::string_view country_code(const EntityId& id);
// official_id(country:KR, "Kim Gunn") -> official:KR/kim-gunn; of an organisation: official:un/antonio-guterres.
EntityId official_id(const EntityId& of, std::string_view name);
// forum_id("Council of the Union") -> forum:council-of-union: without articles, which one writer has and another leaves out.
EntityId forum_id(std::string_view name);

// The sixteen hex digits that ids of releases and events end in.
std::string hex_digits(std::uint64_t hash);

}  // namespace entente::graph
