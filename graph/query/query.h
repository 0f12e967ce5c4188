// A question as a value: what is asked, about whom, which events count, how much of the answer is wanted. The JSON form
// (json.h) has the same fields under the same names; docs/queries.md explains each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/clock.h"
#include "graph/view/reader.h"

namespace entente::graph::query {

enum class Ask : std::uint8_t {
  resolve,
  entity,
  timeline,
  event,
  why,
  changes,  // answered from the record
  neighbours,
  paths,
  subgraph,
  series,
  editions,
  match,  // over the graph
  centrality,
  communities,
  components,  // over the whole of it
  silences,
  contacts,
  rhythm,
  asymmetry,
  due,
  accounts,  // what only relations can say
};

std::span<const Ask> all_asks();
std::string_view to_string(Ask ask);
std::optional<Ask> parse_ask(std::string_view name);

// One side of a pair: several entities stand for any of them. Ids, or names that mean one entity.
using Side = std::vector<std::string>;

struct Query {
  Ask ask = Ask::timeline;

  // About whom.
  std::vector<Side> between;  // two sides, or none
  Side of;
  std::string event;
  std::string name;    // resolve: nearest to it; with `edits`, by edits alone
  std::string prefix;  // resolve: starts with these bytes
  std::optional<std::uint32_t> edits;
  std::string pattern;  // match

  // Which events count.
  std::optional<Day> from;
  std::optional<Day> to;
  bool undated = false;
  std::vector<std::string> types;
  std::vector<std::string> levels;
  std::vector<std::string> statuses;
  std::vector<std::string> modes;
  std::vector<std::string> stages;
  std::vector<std::string> stances;
  std::vector<std::string> forums;
  std::vector<std::string> places;
  std::vector<std::string> topics;
  std::vector<std::string> publishers;
  std::vector<std::string> codes;

  // How it is worked out.
  std::vector<std::string> kinds;    // entities of these kinds only
  std::vector<std::string> through;  // paths: kinds that may stand between the ends
  std::string way;                   // paths: shortest, earliest, fewest
  std::uint32_t k = 1;
  std::uint32_t steps = 0;  // subgraph: how far; paths: at most so many. 0: what the question has
  std::string by;           // series: month, quarter, year
  std::string each;         // series: type, level, type_group
  std::string measure;      // centrality: degree, pagerank, betweenness
  std::string weight;       // none, number, recency, goldstein
  double half_life_days = 365;
  std::uint32_t iterations = 20;
  double damping = 0.85;
  std::uint32_t samples = 256;
  std::uint32_t seed = 1;
  double resolution = 1;
  double alarm = 0.01;  // rhythm: how many false breaks of a hundred are put up with, as a part of one
  std::uint32_t shuffles = 999;
  std::optional<Day> today;  // due: what counts as reported by now

  // How much, and in which form.
  Order order = Order::newest_first;
  std::optional<std::uint64_t> limit;  // rows; 0: all of them
  bool count = false;                  // only how many
  bool detail = true;                  // neighbours: types, first and last contact, trend
  bool full = false;                   // subgraph: all that is known of each entity and event
  bool sources = false;                // rows of events name their releases
  bool explain = false;
  std::string cursor;
  std::optional<RecordedTime> as_of;
  std::optional<RecordedTime> since;  // changes
  std::uint32_t deadline_ms = 0;      // 0: none
  std::string id;                     // any JSON, given back with the answer; empty: none
};

}  // namespace entente::graph::query
