// What a loaded table says of its event in its own words, beside what the model makes of it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "graph/model/ids.h"

namespace entente::graph {

struct TableFacts {
  std::string code;   // its own type: "42"
  std::string label;  // "make a visit"; may be empty
  std::optional<EntityId> place;
  std::string source;                                   // the id of the release it names; empty: none
  std::vector<std::pair<EntityId, std::string>> roles;  // its own words, in its order

  friend bool operator==(const TableFacts&, const TableFacts&) = default;
};

// What an EventCursor of a store is, too.
class TableFactsCursor {
 public:
  virtual ~TableFactsCursor() = default;
  // Of the event that was given last; nullptr when no table tells it. Holds until the next is asked for.
  virtual const TableFacts* table_facts() const = 0;
};

// What a RowReader of a store is, too.
class TableFactsReader {
 public:
  virtual ~TableFactsReader() = default;
  // Absent for an event that no table tells.
  virtual Result<std::optional<TableFacts>> table_facts(const EventId& id) = 0;
};

}  // namespace entente::graph
