// Counts from the record's own rows: for a question about one entity, or two, and nothing that a row does not say, no
// graph is needed and no event is read. Inside graph/query only.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "graph/query/context.h"
#include "graph/query/problem.h"

namespace entente::graph::query {

// The rows that the question is about; absent where a graph must say, or holds it already. Fails as entity_named does.
Try<std::optional<RowQuery>> rows_asked_for(Context& context);

// Gives the day rows of a query, oldest first, some at a time. Fails as the record does, or where it was told to stop.
std::optional<Problem> each_days(Context& context, RowQuery query,
                                 const std::function<void(std::span<const DayRow>)>& take);

}  // namespace entente::graph::query
