// Which events the claims of a reading tell of, and what of other releases' claims changes by that: accounts of one
// happening that name it by different keys become one event (graph/join/group.h). Looked for among the rows of the
// parties' pairs around the day; worked out anew for all that hang together, so that the order in which releases come
// does not matter.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "graph/model/claim.h"
#include "storage/codec/values.h"
#include "storage/layout/table.h"

namespace entente::storage {

// More accounts than tell of what hangs together with a reading; those found beyond are left as they are.
inline constexpr std::size_t kAccountsFoundMax = 128;
// A meeting of more parties than this is looked for in the rows of the first two only.
inline constexpr std::size_t kPairedPartiesMax = 12;

struct ClaimPlace {
  EventNumber event = 0;  // 0 for what is no event claim
  std::string reason;
};

// A standing claim of another release that from now on tells of another event, or for another reason.
struct MovedClaim {
  graph::Claim claim;
  EventNumber from = 0;
  ClaimPlace to;
};

struct Joined {
  std::vector<ClaimPlace> places;               // of each of the new claims
  std::vector<MovedClaim> moved;                // by claim id
  std::map<EventNumber, EventNumber> leads_to;  // each account's own id, to the event that it is part of
};

struct JoiningReading {
  ReleaseNumber release = 0;
  std::string publisher;
  const std::vector<graph::Claim>& before;  // those that stand now and will not: of the same release
  std::string publisher_before;
  const std::vector<graph::Claim>& after;
  bool corrected = true;  // whether persons may have said something of what is there: any_corrections()
};

// Fails with corrupt or io, as the view does.
Result<Joined> join_claims(const TableView& view, const JoiningReading& reading);

// The number of the event that an id leads to now: itself, or where its claims went. Absent when it leads nowhere.
Result<std::optional<EventNumber>> standing_event(const TableView& view, EventNumber event, RecordedTime at);

}  // namespace entente::storage
