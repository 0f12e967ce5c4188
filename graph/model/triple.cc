#include "graph/model/triple.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace entente::graph {
namespace {

Predicate predicate_of(Role role) {
  switch (role) {
    case Role::host: return Predicate::host;
    case Role::guest: return Predicate::guest;
    case Role::sender: return Predicate::sender;
    case Role::recipient: return Predicate::recipient;
    case Role::donor: return Predicate::donor;
    case Role::target: return Predicate::target;
    case Role::appointee: return Predicate::appointee;
    case Role::signatory: return Predicate::signatory;
    case Role::chair: return Predicate::chair;
  }
  return Predicate::participant;
}

std::vector<Triple> of_event(const EventFacts& facts, const EventId& event, const ClaimId& claim) {
  std::vector<Triple> out;
  const auto say = [&](Predicate predicate, std::string object) {
    out.push_back({event.str(), predicate, std::move(object), facts.date, claim});
  };
  for (const auto* group : {&facts.parties, &facts.officials})
    for (const auto& id : *group) say(Predicate::participant, id.str());
  for (const auto& [id, role] : facts.roles) say(predicate_of(role), id.str());
  if (facts.forum) say(Predicate::edition_of, facts.forum->str());
  if (facts.place)
    say(Predicate::located_in, fmt::format("place:{}/{}", facts.place->country, slug(facts.place->city)));
  return out;
}

}  // namespace

std::vector<Triple> triples_of(const Claim& claim, const EventId& event) {
  if (const auto* facts = std::get_if<EventFacts>(&claim.body)) return of_event(*facts, event, claim.id);
  std::vector<Triple> out;
  if (const auto* official = std::get_if<OfficialFacts>(&claim.body)) {
    out.push_back({official->id.str(), Predicate::acts_for, official->of.str(), std::nullopt, claim.id});
    if (!official->post.empty())
      out.push_back({official->id.str(), Predicate::holds,
                     fmt::format("post:{}/{}", country_code(official->of), slug(official->post)), std::nullopt, claim.id});
  }
  return out;
}

}  // namespace entente::graph
