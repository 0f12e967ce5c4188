// The record as rows of numbers: what analysis reads by the million where a Reader gives whole events one by one. A row
// says of an event what filters and counts need; no event is decoded for it. Numbers hold within one store.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/result.h"
#include "graph/model/ids.h"
#include "graph/ontology/entity_kinds.h"
#include "graph/ontology/event_types.h"
#include "graph/view/order.h"

namespace entente::graph {

// 0 is nobody.
using EntityNumber = std::uint32_t;

// An event: of releases (table 0; the number is that of its id), or of a loaded table (its load's number; the number is
// the table's own). Events of one day stand in this order.
struct EventRef {
  std::uint32_t table = 0;
  std::uint64_t number = 0;

  friend auto operator<=>(const EventRef&, const EventRef&) = default;
};

struct Row {
  EventRef event;
  std::optional<Day> first;  // the first and last day that it can mean
  std::optional<Day> last;
  EventType type = EventType::meeting;
  Status status = Status::occurred;
  std::optional<Level> level;
  std::optional<Mode> mode;
  Role role{};                  // of the entity whose row it is; 0: none, or a pair's row
  std::uint32_t publishers = 0;  // names the set of its publishers: RowReader::publishers
  std::uint32_t code = 0;        // the table's own type: RowReader::codes, counted from 1; 0: none
  EntityNumber place = 0;        // of a table's event
  std::uint64_t source = 0;      // the table's own number of the release that tells of it; 0: none

  friend bool operator==(const Row&, const Row&) = default;
};

// The events of one entity, or of two together. An empty list filters nothing.
struct RowQuery {
  EntityNumber entity = 0;
  EntityNumber with = 0;  // 0: whoever
  std::optional<Day> from;  // an event counts when some day that it can mean lies in the period
  std::optional<Day> to;
  bool undated = false;  // only those whose day is unknown; from and to are then unused
  std::vector<EventType> types;
  std::vector<Level> levels;
  std::vector<Status> statuses;
  std::vector<std::string> publishers;
  Order order = Order::newest_first;
};

class RowCursor {
 public:
  virtual ~RowCursor() = default;
  // Fills as many as there are, in the order asked for (by first day, then by EventRef; undated last); 0 at the end.
  virtual Result<std::size_t> next(std::span<Row> out) = 0;
};

// What counting by day looks at of a row.
struct DayRow {
  Day first = std::numeric_limits<Day>::min();  // as they stand here: not known
  Day last = std::numeric_limits<Day>::max();
  std::uint32_t table = 0;  // as in EventRef
  std::uint32_t code = 0;   // as in Row
  EventType type = EventType::meeting;
  std::uint8_t level = 0;  // its number; 0: none

  friend bool operator==(const DayRow&, const DayRow&) = default;
};

class DayCursor {
 public:
  virtual ~DayCursor() = default;
  // As RowCursor::next.
  virtual Result<std::size_t> next(std::span<DayRow> out) = 0;
};

struct Participant {
  EntityNumber entity = 0;
  Role role{};                // 0: none of ours
  std::uint8_t table_role = 0;  // the table's own word: RowReader::roles, counted from 1; 0: none
  friend bool operator==(const Participant&, const Participant&) = default;
};

// The part of a Reader that works with numbers. From one thread at a time, and no longer than its Reader lives.
class RowReader {
 public:
  virtual ~RowReader() = default;

  // Absent for an id that nothing in the view speaks of.
  virtual Result<std::optional<EntityNumber>> find_number(const EntityId& id) = 0;
  // Fails with corrupt for a number that was never given.
  virtual Result<EntityId> id_of(EntityNumber number) = 0;
  virtual Result<std::optional<EntityKind>> kind_of(EntityNumber number) = 0;
  // No number is greater: what an array by number needs.
  virtual Result<EntityNumber> numbers_end() = 0;
  virtual std::optional<EventRef> find_ref(const EventId& id) = 0;
  virtual EventId id_of(EventRef event) = 0;

  // Fails with invalid_argument when the period ends before it starts; likewise the next two.
  virtual Result<std::unique_ptr<RowCursor>> rows(const RowQuery& query) = 0;
  // What rows() would give, without the making of what counts do not need: how many, and the days and types of each.
  virtual Result<std::uint64_t> count(const RowQuery& query) = 0;
  virtual Result<std::unique_ptr<DayCursor>> days(const RowQuery& query) = 0;
  // Every event of the view with who takes part: those of releases, then each table's, in the order of EventRef. Stops
  // when visit gives false. The span lives until visit returns.
  using Visit = std::function<Result<bool>(const Row&, std::span<const Participant>)>;
  virtual Result<void> each_event(const Visit& visit) = 0;

  // The tables that the view holds.
  virtual std::vector<std::uint32_t> tables() = 0;
  // A table's own types, words for roles, and the id of one of its releases. REQUIRES: one of tables().
  virtual std::vector<std::string> codes(std::uint32_t table) = 0;
  virtual std::vector<std::string> roles(std::uint32_t table) = 0;
  virtual std::string source_id(std::uint32_t table, std::uint64_t source) = 0;
  virtual Result<std::vector<std::string>> publishers(std::uint32_t mark) = 0;
};

}  // namespace entente::graph
