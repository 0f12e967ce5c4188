// Asking the query layer, over a store opened here or a server, and printing what it answers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "apps/entente/common.h"
#include "graph/query/line.h"

namespace entente::app {

enum class Form : std::uint8_t { table, json, csv };

class Asker {
 public:
  static Result<std::unique_ptr<Asker>> open(const Place& place);
  // The answer as a line of JSON; `line` as answer_line has it. Fails when nobody can be asked any more.
  Result<graph::query::LineAnswer> answer(const std::string& question, std::uint64_t line);

 private:
  SystemClock clock_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<rpc::Client> client_;
  std::unique_ptr<graph::query::Engine> engine_;
};

// Asks and prints; gives the exit code. An answer that is not whole says so, and how to go on.
int print_answer(Asker& asker, const std::string& question, Form form);

}  // namespace entente::app
