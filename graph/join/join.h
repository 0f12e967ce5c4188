// Which event does a claim name, and what do the claims of an event add up to? Pure, and independent of the order in
// which claims come.
//
// A claim names an event by its join key: claims of different releases with equal keys are about the same happening.
// Those of one release are so only for an edition of a forum: the text line has told its other events apart. A claim
// whose key says too little (no day, no edition) stands alone, by its release. Claims with one key make an account;
// which accounts with different keys are of one happening is decided by graph/join/group.h.
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
