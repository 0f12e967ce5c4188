#include "graph/view/event_view.h"

#include <algorithm>
#include <iterator>

namespace entente::graph {

void EventView::clear() {
  FactsView kept;
  kept.parties.swap(facts.parties);
  kept.officials.swap(facts.officials);
  kept.roles.swap(facts.roles);
  kept.parties.clear();
  kept.officials.clear();
  kept.roles.clear();
  facts = std::move(kept);
  id = {};
  claims.clear();
  sources = 0;
  publishers.clear();
  confidence = 0;
  differences.clear();
}

void show(const Event& event, EventView& view) {
  view.clear();
  const auto ids = [](const auto& from, std::vector<std::string_view>& to) {
    std::transform(from.begin(), from.end(), std::back_inserter(to), [](const auto& id) { return std::string_view(id.str()); });
  };
  const EventFacts& facts = event.facts;
  FactsView& out = view.facts;
  view.id = event.id.str();
  out.type = facts.type;
  if (facts.date) out.date = facts.date->text();
  out.status = facts.status;
  ids(facts.parties, out.parties);
  ids(facts.officials, out.officials);
  for (const auto& [who, role] : facts.roles) out.roles.emplace_back(who.str(), role);
  if (facts.forum) out.forum = facts.forum->str();
  out.edition = facts.edition;
  if (facts.place) {
    out.city = facts.place->city;
    out.country = facts.place->country;
  }
  out.mode = facts.mode;
  out.level = facts.level;
  out.stage = facts.stage;
  out.stance = facts.stance;
  out.count = facts.count;
  ids(event.claims, view.claims);
  view.sources = event.sources;
  view.publishers.assign(event.publishers.begin(), event.publishers.end());
  view.confidence = event.confidence;
  for (const Difference& one : event.differences) view.differences.push_back({one.field, {one.values.begin(), one.values.end()}});
}

}  // namespace entente::graph
