// What was recorded since a point, as changes of events; and several writes as one step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "graph/model/correction.h"
#include "graph/model/event.h"
#include "graph/view/claim_sink.h"
#include "graph/view/reader.h"

namespace entente::graph {

// The numbers are on the wire.
enum class ChangeKind : std::uint8_t {
  fresh = 1,    // an event that was not there
  revised = 2,  // it is another than before
  gone = 3,     // no claim tells of it any more
  loaded = 4,   // a table of events was loaded
};

std::string_view to_string(ChangeKind kind);

struct Change {
  ChangeKind kind = ChangeKind::fresh;
  RecordedTime recorded;
  std::optional<Event> before;
  std::optional<Event> after;
  std::string table;  // of loaded: the prefix of its ids

  friend bool operator==(const Change&, const Change&) = default;
};

struct Changes {
  std::vector<Change> changes;  // in the order in which they were recorded
  RecordedTime through;         // all of them up to here
  bool more = false;            // there are later ones already
};

// A reading to be recorded, or a correction.
using WriteStep = std::variant<Reading, Correction>;

struct StepsReport {
  RecordedTime recorded;              // of the last of them
  std::vector<RecordReport> reports;  // one for each reading
};

// What somebody who watches for the events of a query is told of a change of any event: as `fresh` when the event comes
// among them, as `gone` when it leaves them; absent when it neither is nor was one of them. A query without `left` has
// every event. Loaded tables are told to all.
std::optional<ChangeKind> told_as(const TimelineQuery& query, const Change& change);

// A change as a watcher hears of it.
struct ToldChange {
  ChangeKind kind = ChangeKind::fresh;
  RecordedTime recorded;
  Event event;        // as it is since then; of one that is gone, as it was
  std::string table;  // of loaded
};

// Whether an event is one of those of the query; limit and order say nothing here.
bool is_of(const TimelineQuery& query, const Event& event);

}  // namespace entente::graph
