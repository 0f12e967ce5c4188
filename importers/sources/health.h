// Whether a source still works, told from what is remembered of its pages alone. A source is broken when it has gone
// quiet against its own rhythm, or when its newest pages no longer give what the older ones gave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/clock.h"
#include "base/result.h"
#include "graph/view/source_state.h"
#include "importers/sources/state.h"

namespace entente::importers {

struct Health {
  bool pulled = false;  // at all
  std::optional<RecordedTime> last_success;
  std::optional<RecordedTime> last_new;  // when a release of it was last new here
  std::optional<CivilDate> last_published;
  std::uint64_t releases = 0;
  std::uint64_t pending = 0;  // pages still to be read
  std::uint64_t same = 0;
  std::uint64_t vanished = 0;  // releases whose page is no more
  std::uint64_t refused = 0;
  double per_week = 0;                // over the last quarter of a year, or as long as it is known
  double with_events = 0;             // share of releases that gave events
  std::vector<std::string> evidence;  // why it is broken; none: it is not

  bool broken() const { return !evidence.empty(); }
};

Health health_of(const SourceState& source, const std::vector<PageState>& pages, RecordedTime now);
// From the store. Fails as the store does.
Result<Health> load_health(graph::SourceStates& states, const std::string& source, RecordedTime now);

}  // namespace entente::importers
