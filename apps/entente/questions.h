// ask, and a subcommand for each question about the graph.
#pragma once

#include <CLI/CLI.hpp>

namespace entente::app {

void add_ask(CLI::App& program, int& code);
void add_questions(CLI::App& program, int& code);

}  // namespace entente::app
