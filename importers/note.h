// What a room left out, where and why: text that was not understood is never an error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/model/claim.h"

namespace entente::importers {

struct Note {
  std::string room;  // "resolve"
  std::string text;  // "'the two sides' names nobody"
  std::optional<graph::Span> where;
};

using Notes = std::vector<Note>;

}  // namespace entente::importers
