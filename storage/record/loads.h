// Loaded tables as readers see them: which there are, what their ids mean, and their events.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/claim.h"
#include "graph/model/event.h"
#include "graph/model/release.h"
#include "graph/view/rows.h"
#include "graph/view/table_facts.h"
#include "storage/codec/load_io.h"
#include "storage/layout/table.h"

namespace entente::storage {

using Loads = std::map<LoadNumber, LoadRecord>;

Result<Loads> read_loads(const TableView& view);

// The number of the entity with this id; 0 when none of the runs, which are sorted by id, has it.
EntityNumber number_in(const std::vector<EntityRun>& runs, std::uint64_t id);

// "x:17" -> 17; absent where the text is not the prefix, a colon and a number as we write it.
std::optional<std::uint64_t> number_after_prefix(std::string_view text, std::string_view prefix);

std::optional<graph::EntityKind> kind_in(const LoadRecord& load, EntityNumber number);
bool is_party_of(const LoadRecord& load, EntityNumber number);

// The marks of publishers that rows of loads carry: a load's number with the top bit set.
inline constexpr std::uint32_t kLoadMark = 0x8000'0000U;

// Rows of a table as the views give them. What all of them share, and each role's word, are worked out once.
class LoadRowMaker {
 public:
  // The load outlives it.
  LoadRowMaker(LoadNumber number, const LoadRecord& load);
  void make(const PackedRow& packed, graph::Row& row);
  // The role that the table calls by its nth word, counted from 1; none for 0, and for words that are none of ours.
  graph::Role role(std::uint8_t number);

 private:
  const LoadRecord& load_;
  graph::Row blank_;
  std::vector<graph::Role> roles_;
};

Result<std::optional<PackedEvent>> find_load_event(const TableView& view, LoadNumber load, std::uint64_t event);
Result<std::optional<PackedSource>> find_load_source(const TableView& view, LoadNumber load, std::uint64_t source);

// The event as the model has it, and in the table's own words.
struct LoadedEvent {
  graph::Event event;
  graph::TableFacts table;
};
Result<LoadedEvent> event_of(const TableView& view, const LoadRecord& load, const PackedEvent& packed);
graph::Release release_of(const LoadRecord& load, const PackedSource& source);
// What the table says of it, as one claim.
graph::Claim claim_of(const LoadRecord& load, const LoadedEvent& event);

// Calls visit(PackedEvent) -> Result<bool> for each event of the load, by number.
Result<void> each_load_event(const TableView& view, LoadNumber load,
                             const std::function<Result<bool>(const PackedEvent&)>& visit);

// What a view holds at a recorded time: what every question starts from. The loads recorded later are not among them.
struct Scope {
  std::shared_ptr<const TableView> view;
  RecordedTime at;
  Loads loads;
  bool same = false;  // whether ids may go by others (storage/record/same.h)
};
// The load whose entity this is; null for one of releases and the gazetteer.
const Loads::value_type* load_with(const Scope& scope, EntityNumber number);
// The load that a table's id names by its prefix, and the number in it; null for another id.
struct InLoad {
  const Loads::value_type* load = nullptr;
  std::uint64_t id = 0;
};
InLoad load_of_id(const Scope& scope, std::string_view id);
// Absent for an id that nothing in the scope speaks of; an id that goes by another is that one.
Result<std::optional<EntityNumber>> find_number(const Scope& scope, const graph::EntityId& id);
std::optional<graph::EntityKind> kind_in(const Scope& scope, const graph::EntityId& id, EntityNumber number);

}  // namespace entente::storage
