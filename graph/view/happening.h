// What walks, counts and filters look at of an event: a few numbers instead of its record. Entities and events are
// numbered within one graph; the numbers mean nothing outside it and are never kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "graph/model/event.h"
#include "graph/ontology/entity_kinds.h"

namespace entente::graph {

using EntityIx = std::uint32_t;
using EventIx = std::uint32_t;
inline constexpr std::uint32_t kNoIndex = std::numeric_limits<std::uint32_t>::max();

// A day that is not known stands before or after all others.
inline constexpr Day kOpenStart = std::numeric_limits<Day>::min();
inline constexpr Day kOpenEnd = std::numeric_limits<Day>::max();

struct Happening {
  Day first = kOpenStart;  // the earliest and the latest day that the event's date can mean
  Day last = kOpenEnd;
  EntityIx forum = kNoIndex;
  std::uint32_t edition = 0;     // 0: none
  std::uint32_t place = 0;       // a text of the graph's list; 0: none. Likewise below
  std::uint32_t publishers = 0;  // a list of publishers, as one text
  std::uint32_t code = 0;        // the code that a table of events had for it
  std::uint16_t count = 1;       // how many alike happenings it stands for
  EventType type = EventType::meeting;
  Status status = Status::occurred;
  std::uint8_t mode = 0;  // the numbers of the ontology; 0: not said
  std::uint8_t level = 0;
  std::uint8_t stage = 0;
  std::uint8_t stance = 0;
  std::uint8_t group = 0;  // of its type: the root of its CAMEO code, 1 to 20; 0 where CAMEO has nothing of the kind

  bool undated() const { return first == kOpenStart && last == kOpenEnd; }
  // Its days lie so far apart, or one end is open, that it cannot stand among the others by its first day.
  bool lasting() const {
    constexpr Day kSpanMax = 400;
    return first == kOpenStart || last == kOpenEnd || last - first > kSpanMax;
  }
};

// One that takes part: its number and its role, in one word. 0 is the role of a plain participant.
class Part {
 public:
  Part() = default;
  Part(EntityIx who, std::uint8_t role) : packed_(who | std::uint32_t{role} << kShift) {}
  EntityIx who() const { return packed_ & ((1U << kShift) - 1); }
  std::uint8_t role() const { return static_cast<std::uint8_t>(packed_ >> kShift); }
  friend bool operator==(const Part&, const Part&) = default;

 private:
  static constexpr unsigned kShift = 28;
  std::uint32_t packed_ = 0;
};

// The events of one entity: first those that stand by their first day, then the lasting and undated ones.
struct Incidents {
  const EventIx* events = nullptr;
  const Day* firsts = nullptr;  // of the dated ones
  std::uint32_t dated = 0;
  std::uint32_t all = 0;
  Day span = 0;  // no dated event lasts longer, so a period looks so many days before its start
};

// Which events count. Every part that is set must hold.
struct Terms {
  std::optional<Day> from;  // an event counts when some day it can mean lies in the period
  std::optional<Day> to;
  bool undated = false;     // only those whose day is unknown; the period is then unused
  std::uint64_t types = 0;  // bit n: the type of number n; 0: all. Likewise below
  std::uint64_t levels = 0;
  std::uint64_t statuses = 0;
  std::uint64_t modes = 0;
  std::uint64_t stages = 0;
  std::uint64_t stances = 0;
  std::vector<EntityIx> forums;       // empty: all
  std::vector<std::uint32_t> places;  // texts of the graph
  std::vector<std::uint32_t> publishers;
  std::vector<std::uint32_t> codes;
  std::vector<EntityIx> with;  // somebody of these takes part, too (topics)

  bool has_period() const { return !undated && (from || to); }
  // Whether any event of the period counts.
  bool plain() const {
    return !undated && types == 0 && levels == 0 && statuses == 0 && modes == 0 && stages == 0 && stances == 0 &&
           forums.empty() && places.empty() && publishers.empty() && codes.empty();
  }
  // All but `with`, which needs the parts.
  bool admits(const Happening& event) const;
  bool in_period(const Happening& event) const {
    if (undated) return event.undated();
    if (!from && !to) return true;
    if (event.undated()) return false;
    return (!from || event.last >= *from) && (!to || event.first <= *to);
  }
};

// Ids in the order of their numbers: the shorter first, then by bytes; x:9 before x:10.
inline bool id_before(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace entente::graph
