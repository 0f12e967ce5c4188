// A view that lies in this process can be walked whole: every entity and every event once, in no order that means
// anything, until `visit` gives false or an error. A view over the network cannot; the server is asked instead.
#pragma once

#include <functional>

#include "base/result.h"
#include "graph/model/entity.h"
#include "graph/model/event.h"
#include "graph/view/claim_sink.h"

namespace entente::graph {

class WholeView {
 public:
  virtual ~WholeView() = default;
  virtual Result<void> each_entity(const std::function<Result<bool>(const Entity&)>& visit) = 0;
  // Those of releases; what a loaded table holds is read by rows (graph/view/rows.h).
  virtual Result<void> each_event(const std::function<Result<bool>(const Event&)>& visit) = 0;
  // Each release with its text and the claims of its last reading that stand, as the release says them.
  virtual Result<void> each_reading(const std::function<Result<bool>(const Reading&)>& visit) = 0;
};

}  // namespace entente::graph
