// Why a question has no answer: which kind of mistake, which part of the question, and what to do about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.h"
#include "base/result.h"

namespace entente::graph::query {

enum class ProblemKind : std::uint8_t {
  not_json,          // the line is no JSON object
  unknown_question,  // `ask` names none
  unknown_field,     // the question has no such field
  missing_field,     // the question needs one
  bad_value,         // a field holds what it cannot
  impossible_date,   // 2021-02-30
  period_reversed,   // it ends before it starts
  unknown_id,        // no such entity, event or forum
  ambiguous_name,    // a name that means several; `candidates` lists them
  pattern_syntax,    // a pattern that does not parse; `line`, `column` and `expected` say where and why
  foreign_cursor,    // made by another store or for another question
  past_limit,        // the answer is larger than what is allowed
  past_deadline,     // time was up
  cancelled,         // stopped on request
  failed,            // the store could not answer; `message` says why
};

std::string_view to_string(ProblemKind kind);

struct Problem {
  ProblemKind kind = ProblemKind::failed;
  std::string at;       // the part of the question: "between[1]", "from"
  std::string value;    // what stands there
  std::string message;  // what is wrong with it
  std::string remedy;   // what to do
  std::vector<std::string> candidates;
  std::uint32_t line = 0;  // of a pattern, from 1; 0: not about a place in one
  std::uint32_t column = 0;
  std::string expected;
  ErrorCode code = ErrorCode::invalid_argument;  // what a caller that knows only codes is told

  Error to_error() const;
};

// A failure of the store as a problem of the question that met it.
Problem problem_of(const Error& error);

// A value or the problem that stood in its way.
template <class T>
class [[nodiscard]] Try {
 public:
  Try(T value) : state_(std::in_place_index<0>, std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Try(Problem problem) : state_(std::in_place_index<1>, std::move(problem)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  // REQUIRES: ok().
  T& operator*() & {
    require(ok());
    return *std::get_if<0>(&state_);
  }
  const T& operator*() const& {
    require(ok());
    return *std::get_if<0>(&state_);
  }
  T&& operator*() && {
    require(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T* operator->() { return &**this; }
  // REQUIRES: !ok().
  const Problem& problem() const {
    require(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  static void require(bool holds) { ENTENTE_CHECK(holds, "the other side of a Try was asked for"); }
  std::variant<T, Problem> state_;
};

}  // namespace entente::graph::query
