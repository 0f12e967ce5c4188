// A timeline as references to its events, and events as views with the time since when they are so: for who keeps events in
// a form of its own and wants only those that it lacks. A Reader that can do this is one of these too.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "base/clock.h"
#include "base/result.h"
#include "graph/view/event_view.h"
#include "graph/view/reader.h"
#include "graph/view/rows.h"

namespace entente::graph {

// Whether a row of somebody's is one of the query's events, as far as rows tell; sides, order and limit say nothing here.
bool counts(const TimelineQuery& query, const Row& row);

class RefCursor {
 public:
  virtual ~RefCursor() = default;
  // Fills as many as there are, in the order asked for; fewer than `out` has room for only at the end.
  virtual Result<std::size_t> next(std::span<EventRef> out) = 0;
};

class TimelineRefs {
 public:
  virtual ~TimelineRefs() = default;
  // Null when references alone do not say which events count: then the timeline has to be asked for itself. Fails as it
  // does. `evidence` is not looked at. Lives no longer than the reader.
  virtual Result<std::unique_ptr<RefCursor>> timeline_refs(const TimelineQuery& query) = 0;
  // Which of the events it is, counted from 0; the event, for the time of the call; and when it was recorded so, which it
  // has been from then up to the reader's view.
  using VisitEvent = std::function<Result<void>(std::size_t, const EventView&, RecordedTime)>;
  // Calls `visit` once for each that is there, in an order of its own, until it fails: many at a time cost less than one by
  // one, the less the larger a part of the record they are. From several threads at once, and beside whatever else the
  // reader is asked.
  virtual Result<void> each_event(std::span<const EventRef> events, const VisitEvent& visit) = 0;
  // The same for every event of releases, in an order of its own, until `visit` gives false or fails. Likewise from any thread.
  using VisitAny = std::function<Result<bool>(EventRef, const EventView&, RecordedTime)>;
  virtual Result<void> every_event(const VisitAny& visit) = 0;
};

}  // namespace entente::graph
