#include "graph/model/validate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/contains.h"
#include "graph/ontology/signatures.h"

namespace entente::graph {
namespace {

template <class... Args>
Error bad(fmt::format_string<Args...> format, Args&&... args) {
  return {ErrorCode::invalid_argument, fmt::format(format, std::forward<Args>(args)...), {}};
}

bool is_party_kind(const EntityId& id) {
  const auto kind = kind_of(id);
  return kind == EntityKind::country || kind == EntityKind::organisation || kind == EntityKind::region;
}

}  // namespace

Result<void> validate(const EventFacts& facts) {
  const auto type = to_string(facts.type);
  if (facts.parties.empty() && !facts.forum) return bad("a {} needs a party or a forum", type);
  for (const auto& id : facts.parties)
    if (!is_party_kind(id)) return bad("{} cannot be a party of a {}: not a country, organisation or region", id.str(), type);
  for (const auto& id : facts.officials)
    if (kind_of(id) != EntityKind::official) return bad("{} cannot be an official of a {}", id.str(), type);
  for (const auto& [id, role] : facts.roles) {
    if (!contains(facts.parties, id) && !contains(facts.officials, id))
      return bad("{} has the role {} in a {} without taking part", id.str(), to_string(role), type);
    if (!allows_role(facts.type, role)) return bad("a {} has no {}", type, to_string(role));
  }
  if (facts.forum && kind_of(*facts.forum) != EntityKind::forum) return bad("{} is not a forum", facts.forum->str());
  if (facts.forum && !allows_forum(facts.type)) return bad("a {} has no forum", type);
  if (facts.stage && !allows_stage(facts.type, *facts.stage)) return bad("a {} has no stage {}", type, to_string(*facts.stage));
  if (facts.stance && !allows_stance(facts.type)) return bad("a {} has no stance", type);
  if (facts.edition && *facts.edition < 1) return bad("edition {} of a {}", *facts.edition, type);
  if (facts.count && *facts.count < 2) return bad("a count of {} for a {}", *facts.count, type);
  if (facts.place && facts.place->city.empty() && facts.place->country.empty()) return bad("a {} with an empty place", type);
  return {};
}

Result<void> validate(const Claim& claim, const Release& release) {
  if (claim.confidence < 0 || claim.confidence > 1) return bad("confidence {} is not within 0 to 1", claim.confidence);
  for (const Span& span : claim.evidence)
    if (span.begin >= span.end || span.end > release.text.size())
      return bad("evidence [{}, {}) lies outside the text of {} bytes", span.begin, span.end, release.text.size());
  if (const auto* facts = std::get_if<EventFacts>(&claim.body)) return validate(*facts);
  return {};
}

}  // namespace entente::graph
