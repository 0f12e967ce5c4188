// Drafts become events: dated, joined where two sentences tell of one happening, with roles, ranks and places.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "graph/model/claim.h"
#include "importers/detect/draft.h"

namespace entente::importers {

struct Composed {
  graph::EventFacts facts;
  std::vector<graph::Span> evidence;
  std::string rule;
  double confidence = 0;       // that its facts are right
  double rule_confidence = 0;  // of the rule that told it
  Signs signs;
};

// A draft that tells more of an event told before.
struct Joined {
  std::string rule;
  std::uint32_t sentence = 0;
  std::size_t event = 0;  // Composition::events
};

struct Composition {
  std::vector<Composed> events;
  std::vector<Joined> joined;
  std::vector<SetAside> set_aside;
  std::vector<graph::OfficialFacts> officials;
  std::vector<graph::ForumFacts> forums;
  std::vector<graph::Span> official_spans;  // one for each official
  std::vector<graph::Span> forum_spans;
};

Composition compose(const TextView& view, Cast& cast, std::vector<Draft> drafts, std::optional<CivilDate> published);

}  // namespace entente::importers
