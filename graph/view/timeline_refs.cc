#include "graph/view/timeline_refs.h"

#include <algorithm>

namespace entente::graph {
namespace {

template <class Value>
bool among(const std::vector<Value>& wanted, const Value& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

}  // namespace

bool counts(const TimelineQuery& query, const Row& row) {
  if (!among(query.types, row.type) || !among(query.statuses, row.status)) return false;
  if (!query.levels.empty() && !(row.level && among(query.levels, *row.level))) return false;
  const bool undated = !row.first && !row.last;
  if (query.undated) return undated;
  if (!query.from && !query.to) return true;
  if (undated) return false;
  return (!query.from || !row.last || *row.last >= *query.from) && (!query.to || !row.first || *row.first <= *query.to);
}

}  // namespace entente::graph
