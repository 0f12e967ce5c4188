// Events of the record as rows. Inside graph/query only.
#pragma once

#include "graph/model/event.h"
#include "graph/query/query.h"
#include "graph/query/value.h"
#include "graph/view/reader.h"

namespace entente::graph::query {

Row row_of(const Event& event);
Row row_of(const Proof& proof);
// The days that it can mean, as "2020-11-19" or "2020-11-19/2020-11-21"; nothing for an undated one.
std::string day_text(Day day);
template <class Ids>
Value::List list_of(const Ids& ids) {
  Value::List out;
  for (const auto& id : ids) out.emplace_back(id.str());
  return out;
}

// The filters that the record's own timeline does not have.
bool passes(const Query& query, const Event& event);
bool has_more_filters(const Query& query);

}  // namespace entente::graph::query
