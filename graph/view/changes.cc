#include "graph/view/changes.h"

#include <algorithm>

namespace entente::graph {
namespace {

bool has(const std::vector<EntityId>& side, const EntityId& id) { return std::find(side.begin(), side.end(), id) != side.end(); }

std::vector<EntityId> all_of(const EventFacts& facts) {
  std::vector<EntityId> out = facts.parties;
  out.insert(out.end(), facts.officials.begin(), facts.officials.end());
  if (facts.forum) out.push_back(*facts.forum);
  return out;
}

bool sides_meet(const TimelineQuery& query, const EventFacts& facts) {
  if (query.left.empty()) return true;
  const auto there = all_of(facts);
  return std::any_of(there.begin(), there.end(), [&](const EntityId& a) {
    if (!has(query.left, a)) return false;
    return query.right.empty() || std::any_of(there.begin(), there.end(), [&](const EntityId& b) { return a != b && has(query.right, b); });
  });
}

template <class Value>
bool among(const std::vector<Value>& wanted, const Value& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool in_period(const TimelineQuery& query, const EventFacts& facts) {
  const auto first = facts.date ? facts.date->earliest() : std::nullopt;
  const auto last = facts.date ? facts.date->latest() : std::nullopt;
  if (query.undated) return !first && !last;
  if (!query.from && !query.to) return true;
  if (!first && !last) return false;
  return (!query.from || !last || *last >= *query.from) && (!query.to || !first || *first <= *query.to);
}

}  // namespace

std::string_view to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::fresh: return "new";
    case ChangeKind::revised: return "changed";
    case ChangeKind::gone: return "gone";
    case ChangeKind::loaded: return "loaded";
  }
  return "";
}

bool is_of(const TimelineQuery& query, const Event& event) {
  const EventFacts& facts = event.facts;
  if (!among(query.types, facts.type) || !among(query.statuses, facts.status)) return false;
  if (!query.levels.empty() && (!facts.level || !among(query.levels, *facts.level))) return false;
  return in_period(query, facts) && sides_meet(query, facts);
}

std::optional<ChangeKind> told_as(const TimelineQuery& query, const Change& change) {
  if (change.kind == ChangeKind::loaded) return change.kind;
  const bool was = change.before && is_of(query, *change.before);
  const bool is = change.after && is_of(query, *change.after);
  if (is) return was ? ChangeKind::revised : ChangeKind::fresh;
  return was ? std::optional(ChangeKind::gone) : std::nullopt;
}

}  // namespace entente::graph
