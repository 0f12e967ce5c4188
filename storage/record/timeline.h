// A timeline: range scans over the rows by which events are found, merged, and each event read only when it is given.
#pragma once

#include <memory>
#include <span>

#include "graph/view/reader.h"
#include "graph/view/timeline_refs.h"
#include "storage/record/loads.h"

namespace entente::storage {

// More scans than this are never merged: then the smaller side is scanned and the other side looked for in the events.
inline constexpr std::size_t kMergedScansMax = 64;
// Ids on either side of a question.
inline constexpr std::size_t kSideMax = 500;

// Fails with invalid_argument when `left` is empty or the period ends before it starts, too_large for sides that are.
Result<std::unique_ptr<graph::EventCursor>> open_timeline(std::shared_ptr<const Scope> scope,
                                                          const graph::TimelineQuery& query);
// graph/view/timeline_refs.h
Result<std::unique_ptr<graph::RefCursor>> open_timeline_refs(std::shared_ptr<const Scope> scope,
                                                             const graph::TimelineQuery& query);
// `all` is about how many events the scope holds.
Result<void> visit_events(const Scope& scope, std::uint64_t all, std::span<const graph::EventRef> events, const graph::TimelineRefs::VisitEvent& visit);
Result<void> visit_every_event(const Scope& scope, const graph::TimelineRefs::VisitAny& visit);

// The event of a table; absent for one that the scope does not hold.
Result<std::optional<LoadedEvent>> find_loaded(const Scope& scope, graph::EventRef event);
// The event as the scope holds it; absent for one that it does not.
Result<std::optional<graph::Event>> find_event(const Scope& scope, graph::EventRef event);

}  // namespace entente::storage
