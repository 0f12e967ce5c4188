#include "graph/view/claim_sink.h"

namespace entente::graph {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::fresh: return "new";
    case Outcome::revised: return "revised";
    case Outcome::known: return "known";
  }
  return "?";
}

}  // namespace entente::graph
