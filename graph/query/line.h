// A question as a line of JSON, its answer as another: what `entente ask --batch` and the network give.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "graph/query/engine.h"

namespace entente::graph::query {

struct LineAnswer {
  std::string text;       // one JSON object, without a line end
  bool answered = false;  // false: it tells of a problem
};

// {"ask": …, "as_of": …, "rows": […], "whole": true, "next": null, "parameters": {…}}, or {"ask": …, "error": {…}}:
// rows of an answer that broke off are not given. `line` is its number in a batch, named in errors; 0: none.
LineAnswer answer_line(Engine& engine, std::string_view question, std::uint64_t line);

}  // namespace entente::graph::query
