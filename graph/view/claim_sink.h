// Where readings of releases go: what importers give to, and what the store, the RPC client and tests are.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/model/claim.h"
#include "graph/model/release.h"

namespace entente::graph {

// One release with the claims that one reading of it gave. The ids, recorded times and supersessions of the claims are
// the sink's to set; what stands in them is ignored.
struct Reading {
  Release release;
  std::vector<Claim> claims;
};

enum class Outcome : std::uint8_t {
  fresh = 1,    // a release that was not there
  revised = 2,  // it was there with another text or other claims: the old claims are superseded
  known = 3,    // it was there just so: nothing changed
};

std::string_view to_string(Outcome outcome);

struct RecordReport {
  Outcome outcome = Outcome::fresh;
  ReleaseId release;
  std::uint64_t claims = 0;      // event claims recorded now
  std::uint64_t events_new = 0;  // events that no earlier claim told of
};

// What one more reading of a release changes. Claims are given as the release says them.
struct ReadingChange {
  Outcome outcome = Outcome::fresh;
  std::vector<Claim> gone;     // are no longer asserted
  std::vector<Claim> fresh;    // were not asserted before
  std::uint64_t restated = 0;  // say the same by other words, by another rule or with another confidence
};

class ClaimSink {
 public:
  virtual ~ClaimSink() = default;
  // All or nothing, durable when it returns. Fails with invalid_argument when a claim breaks graph/model/validate.h.
  virtual Result<RecordReport> record(const Reading& reading) = 0;
};

}  // namespace entente::graph
