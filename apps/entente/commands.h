// The subcommands: each adds itself to the program and sets `code` to what the process leaves with.
#pragma once

#include <CLI/CLI.hpp>

namespace entente::app {

void add_import(CLI::App& program, int& code);
void add_pull(CLI::App& program, int& code);
void add_sources(CLI::App& program, int& code);
void add_extract(CLI::App& program, int& code);
void add_serve(CLI::App& program, int& code);
void add_token(CLI::App& program, int& code);
void add_timeline(CLI::App& program, int& code);
void add_entity(CLI::App& program, int& code);
void add_event(CLI::App& program, int& code);
void add_why(CLI::App& program, int& code);
void add_resolve(CLI::App& program, int& code);
void add_stats(CLI::App& program, int& code);
void add_corrections(CLI::App& program, int& code);
void add_backup(CLI::App& program, int& code);
void add_export(CLI::App& program, int& code);
void add_load(CLI::App& program, int& code);
void add_dump(CLI::App& program, int& code);
void add_reread(CLI::App& program, int& code);
void add_check(CLI::App& program, int& code);
void add_lexicon(CLI::App& program, int& code);
void add_ontology(CLI::App& program, int& code);
void add_watch(CLI::App& program, int& code);
void add_admin(CLI::App& program, int& code);
void add_version(CLI::App& program, int& code);

}  // namespace entente::app
