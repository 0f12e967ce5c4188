// Do two accounts tell of the same happening? A pure decision about two, with its reason: what speaks for it is counted
// in points, and some things rule it out whatever else agrees. The same for the two in either order.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graph/model/event.h"

namespace entente::graph {

// What is told of one happening by the claims that have one join key.
struct Account {
  std::uint64_t id = 0;  // the number of the event that its key names
  EventFacts facts;      // what those claims add up to
  std::set<std::string> releases;
  std::set<std::string> publishers;
  std::vector<std::string> forum_words;  // as telling_words() gives them
  bool alone = false;                    // a person said that it tells of an event of its own
};

struct Likeness {
  int points = 0;
  std::string reason;  // "same parties and day; the same officials of both sides; forum names alike"

  friend bool operator==(const Likeness&, const Likeness&) = default;
};

// Whether an account of this type may be joined with one of that at all.
bool related(EventType a, EventType b);

// The days on which another account of what this one tells of can start or end; absent for one that is only joined by
// its key: no two parties, no date of use, or a type whose accounts are many (a statement is each speaker's own).
struct Days {
  Day first = 0;
  Day last = 0;
};
std::optional<Days> days_to_look_at(const EventFacts& facts);

// What no agreement in other things outweighs: they cannot be of one happening.
bool contradict(const Account& a, const Account& b);

// Absent where they contradict each other, or too little speaks for it.
std::optional<Likeness> likeness(const Account& a, const Account& b);

}  // namespace entente::graph
