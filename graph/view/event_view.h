// An event as it is read where it is kept, none of its texts copied: for who brings many events into a form of its own, one
// after another into the same view. What it shows is there until the next is read into it, and only as long as the bytes
// that it was read from.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/model/event.h"

namespace entente::graph {

// As graph/model/event.h has it; a text that is not said is empty.
struct FactsView {
  EventType type = EventType::meeting;
  std::string_view date;  // EDTF as it was written
  Status status = Status::occurred;
  std::vector<std::string_view> parties;
  std::vector<std::string_view> officials;
  std::vector<std::pair<std::string_view, Role>> roles;  // in the order of the ids
  std::string_view forum;
  std::optional<int> edition;
  std::string_view city;
  std::string_view country;
  std::optional<Mode> mode;
  std::optional<Level> level;
  std::optional<Stage> stage;
  std::optional<Stance> stance;
  std::optional<int> count;
};

struct DifferenceView {
  std::string_view field;
  std::vector<std::string_view> values;
};

struct EventView {
  std::string_view id;
  FactsView facts;
  std::vector<std::string_view> claims;
  int sources = 0;
  std::vector<std::string_view> publishers;
  double confidence = 0;
  std::vector<DifferenceView> differences;

  // As a new one, but for the room that its lists have.
  void clear();
};

// Shows the event, which outlives what is done with the view; its evidence is left out.
void show(const Event& event, EventView& view);

}  // namespace entente::graph
