// Everything that a view holds, one thing after another: for what looks at the whole.
#pragma once

#include <functional>

#include "graph/model/entity.h"
#include "graph/model/event.h"
#include "graph/view/claim_sink.h"
#include "storage/layout/table.h"

namespace entente::storage {

// What stood at a recorded time, each once, in the order of its number, until `visit` gives false or an error.
Result<void> each_standing_entity(const TableView& view, RecordedTime at,
                                  const std::function<Result<bool>(const graph::Entity&)>& visit);
Result<void> each_standing_event(const TableView& view, RecordedTime at,
                                 const std::function<Result<bool>(const graph::Event&)>& visit);
Result<void> each_standing_reading(const TableView& view, RecordedTime at,
                                   const std::function<Result<bool>(const graph::Reading&)>& visit);

}  // namespace entente::storage
