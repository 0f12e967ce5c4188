// What a person says against the record: that a claim is wrong, that two events are one, that a claim tells of another
// event, that two ids are of one person, forum or body. A claim of its own kind, with an author; the ones that it is about stay readable.
#pragma once

#include <cstdint>
#include <string>

#include "graph/model/ids.h"

namespace entente::graph {

enum class CorrectionAct : std::uint8_t {
  retract = 1,  // the claim does not count
  split = 2,    // the claim tells of an event of its own, not of the one it was joined to
  join = 3,     // what tells of `other` tells of `event`
  same = 4,     // `other_entity` goes by the id `entity`
};

struct Correction {
  CorrectionAct act = CorrectionAct::retract;
  ClaimId claim;   // of retract and split
  EventId event;   // of split, the event that it is split from; of join, the one that stays
  EventId other;   // of join
  bool undo = false;  // takes an earlier correction of the same things back
  std::string author;  // REQUIRES: not empty
  std::string reason;  // may be empty
  EntityId entity = EntityId();        // of same, the id that stays
  EntityId other_entity = EntityId();  // of same
};

}  // namespace entente::graph
