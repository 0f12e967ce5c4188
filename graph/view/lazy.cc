#include "graph/view/lazy.h"

#include <algorithm>

#include "graph/view/freeze.h"

namespace entente::graph {
namespace {

// An entity of a loaded table does not say in its id what it is.
EntityKind kind_named(Reader& reader, const std::string& id) {
  if (const auto kind = kind_of(EntityId(id))) return *kind;
  RowReader* const rows = reader.rows();
  if (rows == nullptr) return EntityKind::topic;
  const auto number = rows->find_number(EntityId(id));
  if (!number || !*number) return EntityKind::topic;
  const auto kind = rows->kind_of(**number);
  return kind && *kind ? **kind : EntityKind::topic;
}

}  // namespace

EntityIx LazyGraph::entity(std::string_view id) {
  const auto [at, fresh] = entity_numbers_.try_emplace(std::string(id), static_cast<EntityIx>(entities_.size()));
  if (fresh) {
    OneEntity& one = entities_.emplace_back();
    one.id = id;
    one.kind = kind_named(reader_, one.id);
  }
  return at->second;
}

std::uint32_t LazyGraph::text_number(std::string_view text) {
  const auto [at, fresh] = text_numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(texts_.size()));
  if (fresh) texts_.emplace_back(text);
  return at->second;
}

EventIx LazyGraph::keep(const Event& event, const TableFacts* table) {
  const auto [at, fresh] = event_numbers_.try_emplace(event.id.str(), static_cast<EventIx>(events_.size()));
  if (!fresh) return at->second;
  OneEvent& one = events_.emplace_back();
  one.id = event.id.str();
  one.happening = happening_of(event.facts);
  if (event.facts.forum) one.happening.forum = entity(event.facts.forum->str());
  if (event.facts.place) one.happening.place = text_number(place_text(*event.facts.place));
  one.happening.publishers = text_number(publishers_text(event.publishers));
  if (table != nullptr) {
    one.happening.code = text_number(table->code);
    if (!table->code.empty()) one.happening.group = group_of_code(table->code);
    if (table->place) one.happening.place = text_number(place_text({table->place->str(), {}}));
  }
  for (const auto& [id, role] : parts_of(event.facts)) one.parts.emplace_back(entity(id.str()), role);
  std::sort(one.parts.begin(), one.parts.end(), [&](const Part& a, const Part& b) { return before(a.who(), b.who()); });
  return at->second;
}

void LazyGraph::read(EntityIx entity) {
  entities_[entity].read = true;
  TimelineQuery query;
  query.left = {EntityId(entities_[entity].id)};
  query.order = Order::oldest_first;
  auto cursor = reader_.timeline(query);
  if (!cursor) {
    failure_ = cursor.error();
    return;
  }
  const auto* const tables = dynamic_cast<const TableFactsCursor*>(cursor->get());
  std::vector<EventIx> found;
  while (true) {
    auto event = (*cursor)->next();
    if (!event) {
      failure_ = event.error();
      return;
    }
    if (!*event) break;
    if (events_.size() >= events_max_) {
      spent_ = true;
      break;
    }
    found.push_back(keep(**event, tables == nullptr ? nullptr : tables->table_facts()));
  }
  std::sort(found.begin(), found.end(), [&](EventIx a, EventIx b) {
    const Happening& x = events_[a].happening;
    const Happening& y = events_[b].happening;
    if (x.lasting() != y.lasting()) return y.lasting();
    return x.first != y.first ? x.first < y.first : id_before(events_[a].id, events_[b].id);
  });
  OneEntity& own = entities_[entity];
  own.events = std::move(found);
  for (const EventIx event : own.events) {
    const Happening& one = events_[event].happening;
    own.firsts.push_back(one.first);
    if (one.lasting()) continue;
    ++own.dated;
    own.span = std::max(own.span, one.last - one.first);
  }
}

Incidents LazyGraph::incidents(EntityIx entity) {
  if (!entities_[entity].read && !spent_ && !failure_) read(entity);
  const OneEntity& own = entities_[entity];
  return {own.events.data(), own.firsts.data(), own.dated, static_cast<std::uint32_t>(own.events.size()), own.span};
}

}  // namespace entente::graph
