// The rows that must be there because of others: for storage/care only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "graph/view/reader.h"
#include "storage/layout/table.h"

namespace entente::storage {

struct ExpectedRow {
  Family family = Family::meta;
  std::string key;
  std::optional<std::string> value;  // absent: the walk looks into the value itself
  std::string because;               // what leads to it
};

struct ExpectedSink {
  std::function<Result<void>(const ExpectedRow&)> row;  // each row once
  // Something that is no matter of a row being there: an event that does not add up, a count that is off.
  std::function<void(Family, std::string_view key, const std::string& what)> fault;
};

// Walks the dictionary, the entities, the releases with their claims, and the events, each with all its versions, and
// gives what they lead to. Fails with corrupt for a row that does not decode, or as the view does.
Result<void> walk_expected(const TableView& view, const ExpectedSink& sink);

}  // namespace entente::storage
