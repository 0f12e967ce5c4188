// Does this claim tell of that event? A pure decision with its reason, independent of the order in which claims come.
//
// The event of a claim is named by its join key: what must be equal for two claims of different releases to be about
// the same happening. Claims of one release are never joined with each other: the text line has already told its
// events apart. A claim whose key says too little (no day, no edition) stands alone, by its release.
#pragma once

#include <string>
#include <vector>

#include "graph/model/claim.h"
#include "graph/model/event.h"
#include "graph/model/release.h"

namespace entente::graph {

struct JoinKey {
  std::string text;    // what must be equal
  std::string reason;  // why claims with this key are joined, or why this one stands alone
};

// `nth` counts the earlier claims of the same release that have the same key (0 for the first).
JoinKey join_key(const EventFacts& facts, const ReleaseId& release);
EventId event_id(const JoinKey& key, int nth);

// The event ids of the event claims among a release's claims, in their order; an empty id for other claims.
std::vector<EventId> event_ids(const std::vector<Claim>& claims);

// What a claim's release adds to it when claims are added up.
struct SourcedClaim {
  Claim claim;
  std::string publisher;
};

// Adds up the event claims about one happening. Gives the same event for the same claims in any order: for each field
// the value with the highest summed confidence, the more precise one among equals, then the smaller text.
// REQUIRES: claims is not empty and all are event claims.
Event add_up(const EventId& id, std::vector<SourcedClaim> claims);

}  // namespace entente::graph
