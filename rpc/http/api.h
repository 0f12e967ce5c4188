// The questions that HTTP may ask: read-only, JSON of the wire's schema. Works on frozen views; blocking, for a worker.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "graph/view/changes.h"
#include "graph/view/reader.h"
#include "graph/query/line.h"
#include "rpc/http/asked.h"

namespace entente::rpc {

struct HttpAnswer {
  unsigned status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::optional<RecordedTime> recorded;  // what the answer depends on: it stays the same as long as this does
  bool for_ever = false;                 // of a past recorded time: it never changes
};

// What the gate is let to use of the server.
struct HttpSource {
  std::function<Result<std::unique_ptr<graph::Reader>>(std::optional<RecordedTime>)> view;
  std::function<Result<graph::Changes>(RecordedTime after, std::size_t max)> changes;
  // A question of the query layer in JSON, and its answer.
  std::function<graph::query::LineAnswer(const std::string& question)> ask;
  std::uint64_t rows_max = 1'000'000;
};

struct Parameter {
  std::string_view name;
  std::string_view what;
  bool in_path = false;
};

// One row for each thing that can be asked: what answers is what is documented.
struct Route {
  std::string_view path;  // "/api/event/{id}"
  std::string_view what;
  std::vector<Parameter> parameters;
  std::string_view answer;  // the name of a schema of the OpenAPI page
  Result<HttpAnswer> (*run)(const HttpSource&, const Asked&);
  bool post = false;
};

const std::vector<Route>& routes();
// The fields of /api/watch, which the server answers by itself.
const std::vector<Parameter>& watch_parameters();
// Fails with invalid_argument for a field that is none of these: a slip would answer another question.
Result<void> check_fields(const Asked& asked, const std::vector<Parameter>& known);

// A failure is an answer, too: its status and the sentence.
HttpAnswer answer(const HttpSource& source, const Asked& asked, bool post);
HttpAnswer failure(const Error& error);
unsigned status_of(ErrorCode code);

// The page that tells programs all this, made of routes() and of the wire's schema itself.
std::string openapi_page();

// The filter of a watch, as its fields say: of, with, type, level, status, from, to.
Result<graph::TimelineQuery> filter_of(graph::Reader& reader, const Asked& asked, bool whole_record_too);
// One change, as JSON.
std::string change_json(const graph::Change& change, graph::ChangeKind told_as);

}  // namespace entente::rpc
