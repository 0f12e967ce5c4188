// Asking the query layer, over a store opened here or a server, and printing what it answers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "apps/entente/common.h"
#include "graph/query/line.h"

namespace entente::app {

enum class Form : std::uint8_t { table, json, csv };

class Asker {
 public:
  static Result<std::unique_ptr<Asker>> open(const Place& place);
  // The answer as a line of JSON; `line` as answer_line has it. Fails when nobody can be asked any more.
  Result<graph::query::LineAnswer> answer(const std::string& question, std::uint64_t line);
  // The same with its rows, each a JSON object, given as they come; the answer then has none. When it tells of a problem,
  // what was given is not the whole.
  Result<graph::query::LineAnswer> stream(const std::string& question, const std::function<void(std::string_view)>& row);

 private:
  SystemClock clock_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<graph::query::Engine> engine_;  // over the store, or
  std::unique_ptr<rpc::Client> client_;
  std::unique_ptr<rpc::Asker> asker_;  // of the server
};

// Prints the problem that stands in an answer's "error", and gives the exit code.
int fail_with(const std::string& answer);

// Prints an array of objects as CSV (RFC 4180): a line of the fields that some row has, then a line a row.
void print_csv(const nlohmann::ordered_json& rows);

// Asks and prints; gives the exit code. An answer that is not whole says so, and how to go on.
int print_answer(Asker& asker, const std::string& question, Form form);

}  // namespace entente::app
