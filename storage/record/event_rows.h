// The rows by which an event is found: under each that takes part, under each pair of parties, under its forum.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/model/event.h"
#include "storage/layout/batch.h"
#include "storage/layout/rows.h"

namespace entente::storage {

// How far back a period looks among ordinary rows. An event that can mean days further apart is in the section
// `lasting` as well.
inline constexpr Day kLookbackDays = 366;
// More parties than there are states; the pairs of more would be too many rows for one event.
inline constexpr std::size_t kPartiesMax = 250;

// Where an event without a known first day stands: before all others.
inline constexpr Day kBeforeAllDays = std::numeric_limits<Day>::min();

// Who takes part: parties, officials and the forum, each once.
std::vector<graph::EntityId> participants(const graph::EventFacts& facts);

// The rows that an event has, by family and key without its time.
using EventRows = std::map<std::pair<Family, std::string>, EventRow>;
// Numbers are given to entities that have none yet.
Result<EventRows> rows_of(Batch& batch, const graph::Event& event);
// The same for entities that all have numbers; fails with corrupt where one has none.
Result<EventRows> rows_of(const TableView& view, const graph::Event& event);

// Ends the rows that no longer hold at `now` and starts those that do from then on.
Result<void> replace_rows(Batch& batch, const EventRows& before, const EventRows& after, RecordedTime now);

}  // namespace entente::storage
