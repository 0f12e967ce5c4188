#include "graph/query/line.h"

#include <fmt/format.h>

#include <iterator>

#include "graph/query/json.h"

namespace entente::graph::query {
namespace {

std::string problem_text(std::string_view ask, const std::string& id, const Problem& problem, std::uint64_t line) {
  std::string out = "{";
  if (!ask.empty()) out += "\"ask\":\"" + std::string(ask) + "\",";
  if (!id.empty()) out += "\"id\":" + id + ",";
  if (line != 0) fmt::format_to(std::back_inserter(out), "\"line\":{},", line);
  return out + "\"error\":" + to_json(problem) + "}";
}

// Up to the first row.
std::string head_text(const Query& query, const Summary& summary) {
  std::string out = "{\"ask\":\"" + std::string(to_string(query.ask)) + "\",";
  if (!query.id.empty()) out += "\"id\":" + query.id + ",";
  return out + "\"as_of\":\"" + summary.as_of + "\",\"rows\":[";
}

// From the last row on.
std::string tail_text(const Summary& summary) {
  std::string out = "],\"whole\":";
  out += summary.whole ? "true,\"next\":null" : "false,\"next\":";
  if (!summary.whole) append_json_text(out, summary.next);
  if (!summary.parameters.empty()) {
    out += ",\"parameters\":";
    append_json(out, summary.parameters);
  }
  if (!summary.explain.empty()) {
    out += ",\"explain\":";
    append_json(out, summary.explain);
  }
  return out + "}";
}

}  // namespace

LineAnswer answer_line(Engine& engine, std::string_view question, std::uint64_t line) {
  auto query = parse_query(question);
  if (!query) return {problem_text({}, {}, query.problem(), line), false, query.problem().code};
  const auto failed = [&](const Problem& problem) {
    return LineAnswer{problem_text(to_string(query->ask), query->id, problem, line), false, problem.code};
  };
  auto answer = engine.ask(*query);
  if (!answer) return failed(answer.problem());
  std::string text = head_text(*query, (*answer)->summary());
  for (bool first = true;; first = false) {
    const auto row = (*answer)->next();
    if (!row) return failed(row.problem());
    if (*row == nullptr) break;
    if (!first) text += ',';
    append_json(text, **row);
  }
  return {text + tail_text((*answer)->summary()), true};
}

LinePart LineStream::failed(std::string problem) {
  LinePart out;
  out.done = true;
  out.problem = std::move(problem);
  return out;
}

LinePart LineStream::next(std::size_t rows_max, std::size_t bytes_max, const std::atomic<bool>* cancelled) {
  LinePart out;
  if (answer_) {
    answer_->go_on(cancelled);
  } else {
    auto query = parse_query(question_);
    if (!query) return failed(problem_text({}, {}, query.problem(), line_));
    query_ = std::move(*query);
    auto answer = engine_.ask(query_, cancelled);
    if (!answer) return failed(problem_text(to_string(query_.ask), query_.id, answer.problem(), line_));
    answer_ = std::move(*answer);
    out.head = head_text(query_, answer_->summary());
  }
  for (std::size_t bytes = 0; out.rows.size() < rows_max && bytes < bytes_max;) {
    const auto row = answer_->next();
    if (!row) return failed(problem_text(to_string(query_.ask), query_.id, row.problem(), line_));
    if (*row == nullptr) {
      out.done = true;
      out.tail = tail_text(answer_->summary());
      return out;
    }
    append_json(out.rows.emplace_back(), **row);
    bytes += out.rows.back().size();
  }
  return out;
}

}  // namespace entente::graph::query
