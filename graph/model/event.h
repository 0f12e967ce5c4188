// What is said of one happening (EventFacts, the body of a claim) and what the claims about it add up to (Event).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/edtf.h"
#include "graph/model/ids.h"
#include "graph/ontology/event_types.h"

namespace entente::graph {

// As the text writes it; either part may be empty, not both.
struct Place {
  std::string city;     // "Seoul"
  std::string country;  // ISO 3166-1 alpha-2: "KR"

  friend bool operator==(const Place&, const Place&) = default;
};

struct EventFacts {
  EventType type = EventType::meeting;
  std::optional<Edtf> date;  // valid time
  Status status = Status::occurred;
  std::vector<EntityId> parties;    // countries, organisations, regions
  std::vector<EntityId> officials;  // named persons who took part
  std::map<EntityId, Role> roles;   // plain participants are left out
  std::optional<EntityId> forum;
  std::optional<int> edition;
  std::optional<Place> place;
  std::optional<Mode> mode;
  std::optional<Level> level;
  std::optional<Stage> stage;
  std::optional<Stance> stance;
  std::optional<int> count;  // how many alike happenings this one stands for, when more than one

  friend bool operator==(const EventFacts&, const EventFacts&) = default;
};

// A field in which the claims of one event differ, with every value said, the best first.
struct Difference {
  std::string field;                // "date", "level", "place" ...
  std::vector<std::string> values;  // as to_text gives them

  friend bool operator==(const Difference&, const Difference&) = default;
};

struct Event {
  EventId id;
  EventFacts facts;             // the best value of each field
  std::vector<ClaimId> claims;  // in the order of their ids
  int sources = 0;              // releases that support it
  std::vector<std::string> publishers;
  double confidence = 0;  // 0 to 1
  std::vector<Difference> differences;
  // The words of its surest claim that assert it. Only in answers that were asked for them; never on disk.
  std::vector<std::string> evidence;

  friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace entente::graph
