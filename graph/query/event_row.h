// Events of the record as rows. Inside graph/query only.
#pragma once

#include "graph/model/event.h"
#include "graph/query/problem.h"
#include "graph/query/query.h"
#include "graph/query/value.h"
#include "graph/view/reader.h"
#include "graph/view/table_facts.h"

namespace entente::graph::query {

// `table`: what a loaded table says of it; nullptr when none does.
Row row_of(const Event& event, const TableFacts* table = nullptr);
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
bool passes(const Query& query, const Event& event, const TableFacts* table);
// What the table of the event that a cursor gave last says; nullptr when there is none.
const TableFacts* table_of(const EventCursor& cursor);
// The same of one event.
Try<std::optional<TableFacts>> table_of(Reader& reader, const EventId& event);
bool has_more_filters(const Query& query);

}  // namespace entente::graph::query
