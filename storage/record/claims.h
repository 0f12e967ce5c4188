// Claims as the model has them, put together from the rows that hold their parts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/join/join.h"
#include "graph/model/claim.h"
#include "storage/layout/batch.h"
#include "storage/layout/rows.h"

namespace entente::storage {

std::string release_stem(ReleaseNumber release);
std::string event_stem(EventNumber event);
std::string join_stem(const ClaimKey& claim);

graph::Claim claim_of(const ClaimKey& key, ClaimRecord record);
// Fails with corrupt when there is no such claim: what leads to claims must lead to claims that exist.
Result<graph::Claim> load_claim(const TableView& view, const ClaimKey& key);
// The claims of one reading, in their order.
Result<std::vector<graph::Claim>> load_claims(const TableView& view, ReleaseNumber release, std::uint32_t revision);

// The release as it stood, with its text; absent when it was not there yet.
Result<std::optional<graph::Release>> load_release(const TableView& view, ReleaseNumber release, RecordedTime at);
Result<std::string> load_text(const TableView& view, ReleaseNumber release, std::uint32_t text_revision);

// When a claim told of which event, from the versions of what it was joined to, the oldest first, and the claim's own
// lifetime. One that it told of twice is taken to have been told of between, too.
struct Telling {
  EventNumber event = 0;
  Lifetime lifetime;
};
std::vector<Telling> tellings(const std::vector<JoinRecord>& versions, const Lifetime& claim);
// The versions of what a claim is joined to, the oldest first; corrupt when there is none.
Result<std::vector<JoinRecord>> load_joins(const TableView& view, const ClaimKey& claim);

// What an event adds up to from these claims, each with its release's publisher.
// REQUIRES: each is an event claim that stands.
Result<graph::Event> add_up_stored(const TableView& view, const graph::EventId& id,
                                   const std::vector<graph::ClaimId>& claims);

}  // namespace entente::storage
