// Where the rows of a table of events go: a whole table is one write, all or nothing. The table's own numbers stay: its
// entity 17 is x:17 and its event 5 is x:5, for a prefix x.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/result.h"
#include "graph/ontology/entity_kinds.h"
#include "graph/ontology/event_types.h"

namespace entente::graph {

// One of the table's own types, and what it is called here.
struct TableCode {
  std::string code;   // as the table writes it: "42"
  std::string label;  // "make a visit"; may be empty
  EventType type = EventType::statement;
  Status status = Status::occurred;
  std::optional<Mode> mode;
  std::optional<Stage> stage;
  std::optional<Stance> stance;

  friend bool operator==(const TableCode&, const TableCode&) = default;
};

struct TableInfo {
  std::string prefix;             // "x"
  std::string name;               // of the file it came from
  std::string publisher;          // who says all this; empty: nobody is named
  double confidence = 1;          // 0 to 1, of every row
  std::vector<TableCode> codes;    // as add_code() gave them
  std::vector<std::string> roles;  // as add_role() gave them
};

struct TableEntity {
  std::uint64_t id = 0;
  EntityKind kind = EntityKind::organisation;
  std::string_view name;
  std::uint64_t of = 0;  // the state or organisation it belongs to; 0: none
};

struct TableSource {
  std::uint64_t id = 0;
  std::string_view title;
  std::optional<Day> published;
};

struct TableEvent {
  std::uint64_t id = 0;
  std::uint32_t code = 0;    // its place in TableInfo::codes
  Day first = 0;             // the first and last day that it can mean
  Day last = 0;
  std::uint64_t place = 0;   // an entity; 0: none
  std::uint64_t source = 0;  // 0: none
  std::uint64_t line = 0;    // where it stands in its file
};

struct TablePart {
  std::uint64_t event = 0;
  std::uint64_t entity = 0;
  std::uint32_t role = 0;  // its place in TableInfo::roles, from 1; 0: none
  std::uint64_t line = 0;
};

// A row that cannot be used: which file it is of, its line, and why.
enum class TableFile : std::uint8_t { entities = 1, events = 2, participations = 3 };
struct BadRow {
  TableFile file = TableFile::events;
  std::uint64_t line = 0;
  std::string what;
};

struct TableReport {
  std::uint32_t table = 0;  // its number
  std::uint64_t entities = 0;
  std::uint64_t sources = 0;
  std::uint64_t events = 0;
  std::uint64_t participations = 0;
};

// First all entities and sources, then seal_entities(), then events and participations in any order. Letting go
// without commit() leaves nothing behind. From one thread; participations and their roles from another, if one likes.
class TableLoad {
 public:
  virtual ~TableLoad() = default;
  // The place of a type in TableInfo::codes, and of a word for a role in TableInfo::roles, counted from 1; those that
  // are there already keep theirs. Fails with too_large past what a table can have.
  virtual Result<std::uint32_t> add_code(const TableCode& code) = 0;
  virtual Result<std::uint32_t> add_role(std::string_view role) = 0;
  // Each fails with invalid_argument for a row that cannot be used, and takes the next.
  virtual Result<void> entity(const TableEntity& entity) = 0;
  virtual Result<void> source(const TableSource& source) = 0;
  virtual Result<void> seal_entities() = 0;
  virtual Result<void> event(const TableEvent& event) = 0;
  virtual Result<void> participation(const TablePart& part) = 0;
  // What is known only when all rows are there (a participation in no event, an event twice) is told to `bad`, which
  // stops the load by an error of its own. Progress counts events. Durable when it returns.
  using Bad = std::function<Result<void>(const BadRow&)>;
  using Progress = std::function<void(std::string_view step, std::uint64_t done, std::uint64_t of)>;
  virtual Result<TableReport> commit(const Bad& bad, const Progress& progress) = 0;
};

}  // namespace entente::graph
