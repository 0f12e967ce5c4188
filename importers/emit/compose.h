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
  double confidence = 0;
};

struct Composition {
  std::vector<Composed> events;
  std::vector<graph::OfficialFacts> officials;
  std::vector<graph::ForumFacts> forums;
  std::vector<graph::Span> official_spans;  // one for each official
  std::vector<graph::Span> forum_spans;
};

Composition compose(const TextView& view, Cast& cast, std::vector<Draft> drafts, std::optional<CivilDate> published);

}  // namespace entente::importers
