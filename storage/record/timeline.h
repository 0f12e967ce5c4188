// A timeline: range scans over the rows by which events are found, merged, and each event read only when it is given.
#pragma once

#include <memory>

#include "graph/view/reader.h"
#include "storage/layout/table.h"

namespace entente::storage {

// More scans than this are never merged: then the smaller side is scanned and the other side looked for in the events.
inline constexpr std::size_t kMergedScansMax = 64;
// Ids on either side of a question.
inline constexpr std::size_t kSideMax = 500;

// Fails with invalid_argument when `left` is empty or the period ends before it starts, too_large for sides that are.
Result<std::unique_ptr<graph::EventCursor>> open_timeline(std::shared_ptr<const TableView> view, RecordedTime at,
                                                          const graph::TimelineQuery& query);

}  // namespace entente::storage
