// The questions that storage answers: one frozen view of the record. RocksDB, memory and the RPC client answer alike.
// A Reader may be used from one thread at a time; several may be open at once. Letting one go frees its snapshot.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/result.h"
#include "graph/model/claim.h"
#include "graph/model/entity.h"
#include "graph/model/event.h"
#include "graph/model/release.h"
#include "graph/view/order.h"
#include "graph/view/rows.h"

namespace entente::graph {

// Which events: those in which somebody of `left` and, when it is not empty, somebody of `right` take part.
struct TimelineQuery {
  std::vector<EntityId> left;   // REQUIRES: not empty
  std::vector<EntityId> right;  // empty: every event of `left`
  std::optional<Day> from;      // valid time; an event counts when some day it can mean lies in the period
  std::optional<Day> to;        // the last day that counts
  bool undated = false;         // only those whose day is unknown; from and to are then unused
  std::vector<EventType> types;  // empty: all; likewise below
  std::vector<Level> levels;
  std::vector<Status> statuses;
  Order order = Order::newest_first;
  std::uint64_t limit = 0;  // 0: no limit
  bool evidence = false;    // each event with the words that prove it
};

// Rows one at a time, in the order asked for: by earliest day, then by event id; undated events come last.
class EventCursor {
 public:
  virtual ~EventCursor() = default;
  // The next event; absent at the end. After an error the cursor is done.
  virtual Result<std::optional<Event>> next() = 0;
};

struct Candidate {
  EntityId id;
  std::string label;
  std::string matched;  // the name that matched
  double score = 0;     // 1 exact; less for folded, prefix and fuzzy matches
};

// A claim with what a person needs to judge it.
struct Proof {
  Claim claim;
  Release release;
  std::string join_reason;
};

struct EntityReport {
  Entity entity;
  std::uint64_t events = 0;
  std::vector<std::pair<EventType, std::uint64_t>> by_type;  // most first
  std::vector<std::pair<int, std::uint64_t>> by_year;        // oldest first
  std::optional<Day> first_seen;                             // valid time of the oldest and the newest event
  std::optional<Day> last_seen;
};

struct StoreCounts {
  std::uint64_t releases = 0;
  std::uint64_t claims = 0;  // those that stand: neither superseded nor retracted
  std::uint64_t events = 0;
  std::uint64_t entities = 0;
};

class Reader {
 public:
  virtual ~Reader() = default;

  // What the view holds: everything recorded up to here.
  virtual Result<RecordedTime> recorded() = 0;
  // Best first; empty when nothing resembles the name. An id as typed finds itself.
  virtual Result<std::vector<Candidate>> resolve(std::string_view name, std::size_t limit) = 0;
  virtual Result<std::optional<Entity>> find_entity(const EntityId& id) = 0;
  // Absent when the id does not exist.
  virtual Result<std::optional<EntityReport>> report(const EntityId& id) = 0;
  // Entities that are members of a region or group.
  virtual Result<std::vector<EntityId>> members(const EntityId& group) = 0;
  // Fails with invalid_argument when `left` is empty or the period ends before it starts.
  virtual Result<std::unique_ptr<EventCursor>> timeline(const TimelineQuery& query) = 0;
  // With the words that prove it.
  virtual Result<std::optional<Event>> find_event(const EventId& id) = 0;
  // The claims behind an event, by release and place in it; empty when the event does not exist.
  virtual Result<std::vector<Proof>> why(const EventId& id) = 0;
  virtual Result<std::optional<Release>> find_release(const ReleaseId& id) = 0;
  virtual Result<StoreCounts> counts() = 0;
  // The same view as rows of numbers; null where there are none, as over RPC. Lives as long as this.
  virtual RowReader* rows() { return nullptr; }
};

}  // namespace entente::graph
