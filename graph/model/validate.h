// Whether a claim can be stored: ids of the right kinds, fields that its type allows, evidence inside its text.
#pragma once

#include "base/result.h"
#include "graph/model/claim.h"
#include "graph/model/release.h"

namespace entente::graph {

// Fails with invalid_argument, naming the field and the offending value.
Result<void> validate(const EventFacts& facts);
// Also: spans in order and inside the release's text, confidence within 0 to 1.
Result<void> validate(const Claim& claim, const Release& release);

}  // namespace entente::graph
