// A timeline as references to its events, and events with the time since when they are so: for who keeps events in a form
// of its own and wants only those that it lacks. A Reader that can do this is one of these too.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "base/clock.h"
#include "base/result.h"
#include "graph/model/event.h"
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

struct EventVersion {
  Event event;
  RecordedTime since;  // recorded then, and the same from then up to the view
};

class TimelineRefs {
 public:
  virtual ~TimelineRefs() = default;
  // Null when references alone do not say which events count: then the timeline has to be asked for itself. Fails as it
  // does. `evidence` is not looked at. Lives no longer than the reader.
  virtual Result<std::unique_ptr<RefCursor>> timeline_refs(const TimelineQuery& query) = 0;
  virtual Result<std::optional<EventVersion>> event_version(EventRef event) = 0;
};

}  // namespace entente::graph
