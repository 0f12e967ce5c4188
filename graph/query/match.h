// Finds a pattern in a frozen graph, one variable after another: each time the one with the fewest candidates given
// what is bound already (a list of the graph: the events of an entity or a pair, the parts of an event, the members of
// a group), every other triple that speaks of it being a test. So no join makes more rows than the smallest list
// allows, and the order is chosen by the counts of the very data, anew for each binding.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/query/pattern.h"
#include "graph/query/value.h"
#include "graph/view/frozen.h"
#include "graph/walk/stop.h"

namespace entente::graph::query {

struct MatchStep {  // how one variable was bound
  std::string variable;
  std::string by;          // the list that was first taken for it
  std::uint64_t read = 0;  // candidates looked at
  std::uint64_t kept = 0;  // of them, those that passed
};

struct Matches {
  std::vector<Row> rows;
  std::vector<MatchStep> steps;  // in the order in which the variables were first bound
  bool more = false;             // more rows than asked for
};

// At most `limit` rows (0: all) after `skip`. Fails with unknown_id for an id that the graph does not have, and with
// past_limit when more than `results_max` bindings are found.
Try<Matches> match(const FrozenGraph& graph, const Pattern& pattern, std::uint64_t limit, std::uint64_t skip,
                   std::size_t results_max, Stop& stop);

}  // namespace entente::graph::query
