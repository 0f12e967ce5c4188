#include "graph/query/problem.h"

#include <fmt/format.h>

namespace entente::graph::query {

std::string_view to_string(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::not_json:
      return "not_json";
    case ProblemKind::unknown_question:
      return "unknown_question";
    case ProblemKind::unknown_field:
      return "unknown_field";
    case ProblemKind::missing_field:
      return "missing_field";
    case ProblemKind::bad_value:
      return "bad_value";
    case ProblemKind::impossible_date:
      return "impossible_date";
    case ProblemKind::period_reversed:
      return "period_reversed";
    case ProblemKind::unknown_id:
      return "unknown_id";
    case ProblemKind::ambiguous_name:
      return "ambiguous_name";
    case ProblemKind::pattern_syntax:
      return "pattern_syntax";
    case ProblemKind::foreign_cursor:
      return "foreign_cursor";
    case ProblemKind::past_limit:
      return "past_limit";
    case ProblemKind::past_deadline:
      return "past_deadline";
    case ProblemKind::cancelled:
      return "cancelled";
    case ProblemKind::failed:
      return "failed";
  }
  return "failed";
}

Error Problem::to_error() const {
  std::string text;
  if (line != 0)
    text += fmt::format("line {}, column {}: ", line, column);
  else if (!at.empty())
    text += at + ": ";
  text += message;
  if (!remedy.empty()) text += "; " + remedy;
  for (const std::string& candidate : candidates) text += "\n  " + candidate;
  return Error{code, text, {}};
}

Problem problem_of(const Error& error) {
  Problem out;
  out.code = error.code;
  out.message = error.to_text();
  switch (error.code) {
    case ErrorCode::too_large:
      out.kind = ProblemKind::past_limit;
      break;
    case ErrorCode::cancelled:
      out.kind = ProblemKind::cancelled;
      break;
    default:
      out.kind = ProblemKind::failed;
  }
  return out;
}

}  // namespace entente::graph::query
