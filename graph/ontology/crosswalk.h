// How the types of this ontology read in the event codes of the field, for comparison with machine-coded data sets.
// CAMEO: Schrodt, "CAMEO Conflict and Mediation Event Observations: Event and Actor Codebook" (2012). Goldstein scale:
// Goldstein, "A Conflict-Cooperation Scale for WEIS Events Data", Journal of Conflict Resolution 36 (1992), as the
// GDELT project maps it to CAMEO. PLOVER: Open Event Data Alliance, "PLOVER Exchange Event Coding Guide" (2021).
#pragma once

#include <optional>
#include <string_view>

#include "graph/ontology/event_types.h"

namespace entente::graph {

struct Crosswalk {
  std::string_view cameo;         // "042"; empty where CAMEO has nothing of the kind
  std::string_view plover_type;   // "CONSULT"
  std::string_view plover_mode;   // "visit"; empty where there is none
  std::optional<double> goldstein;  // -10 to 10
  int quad_class = 0;  // 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 none
};

// The part of an event that its codes depend on.
struct Act {
  EventType type = EventType::meeting;
  Status status = Status::occurred;
  std::optional<Mode> mode;
  std::optional<Stage> stage;
  std::optional<Stance> stance;
};

Crosswalk crosswalk(const Act& act);

}  // namespace entente::graph
