// A question as a line of JSON, its answer as another: what `entente ask --batch` and the network give.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/query/engine.h"

namespace entente::graph::query {

struct LineAnswer {
  std::string text;       // one JSON object, without a line end
  bool answered = false;  // false: it tells of a problem
  ErrorCode code = ErrorCode::invalid_argument;  // of the problem
};

// {"ask": …, "as_of": …, "rows": […], "whole": true, "next": null, "parameters": {…}}, or {"ask": …, "error": {…}}:
// rows of an answer that broke off are not given. `line` is its number in a batch, named in errors; 0: none.
LineAnswer answer_line(Engine& engine, std::string_view question, std::uint64_t line);

// The same object in pieces, so that it can be sent while it is worked out. Head, rows with commas between them, and
// tail are the object; when there is a problem, that stands for the whole of it and what came before is void.
struct LinePart {
  std::string head;               // of the first part
  std::vector<std::string> rows;  // each a JSON object
  bool done = false;              // no more parts
  std::string tail;               // of the last part
  std::string problem;            // instead of the tail
};

// One answer under way. Used on one thread at a time, and gone before its engine.
class LineStream {
 public:
  // Nothing is looked at before the first part is asked for.
  LineStream(Engine& engine, std::string question, std::uint64_t line)
      : engine_(engine), question_(std::move(question)), line_(line) {}

  // At most so many rows, and no further one when they have so many bytes. `cancelled` may be set from any thread and
  // ends the answer with a problem. REQUIRES: no part so far was the last.
  LinePart next(std::size_t rows_max, std::size_t bytes_max, const std::atomic<bool>* cancelled);

 private:
  static LinePart failed(std::string problem);

  Engine& engine_;
  std::string question_;
  std::uint64_t line_ = 0;
  Query query_;
  std::unique_ptr<Answer> answer_;
};

}  // namespace entente::graph::query
