#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <system_error>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "apps/entente/questions.h"
#include "base/check.h"
#include "base/log.h"

namespace {

// CLI11 says of an unknown first word only that a subcommand is missing.
bool names_no_subcommand(const CLI::App& program, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  const std::string word = argv[1];
  const auto all = program.get_subcommands([](const CLI::App*) { return true; });
  if (std::any_of(all.begin(), all.end(), [&](const CLI::App* one) { return one->get_name() == word; })) return false;
  std::string known;
  for (const CLI::App* one : all) known += " " + one->get_name();
  fmt::print(stderr, "entente: there is no subcommand '{}'; there are{}\n", word, known);
  return true;
}

// What CLI11 finds wrong in the words, of which command, and where its words stand.
std::string said_of(const CLI::App* program, const CLI::Error& error) {
  std::string command = program->get_name();
  for (const CLI::App* at = program; !at->get_subcommands().empty();) {
    at = at->get_subcommands().back();
    command += " " + at->get_name();
  }
  return fmt::format("{}: {}; `{} --help` tells more\n", command, error.what(), command);
}

int said_not_all() {
  std::fputs("entente: standard output took not all of it; is there room?\n", stderr);
  return entente::app::kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"Entente: the record of relations between states", "entente"};
  program.require_subcommand(1);
  program.failure_message(said_of);
  program.set_version_flag("--version", "entente " ENTENTE_VERSION);
  program.footer(
      "Examples:\n  entente import releases/ --db relations.db\n  entente serve --db relations.db --listen "
      "unix:/tmp/entente.sock\n"
      "  entente timeline ROK Kazakhstan --server unix:/tmp/entente.sock\n  entente extract release.html --date "
      "2020-11-19 --publisher KR-MOFA --json");
  int code = 0;
  entente::app::add_import(program, code);
  entente::app::add_pull(program, code);
  entente::app::add_sources(program, code);
  entente::app::add_extract(program, code);
  entente::app::add_serve(program, code);
  entente::app::add_timeline(program, code);
  entente::app::add_entity(program, code);
  entente::app::add_event(program, code);
  entente::app::add_why(program, code);
  entente::app::add_resolve(program, code);
  entente::app::add_stats(program, code);
  entente::app::add_ask(program, code);
  entente::app::add_questions(program, code);
  entente::app::add_export(program, code);
  entente::app::add_load(program, code);
  entente::app::add_dump(program, code);
  entente::app::add_reread(program, code);
  entente::app::add_backup(program, code);
  entente::app::add_corrections(program, code);
  entente::app::add_check(program, code);
  entente::app::add_watch(program, code);
  entente::app::add_admin(program, code);
  entente::app::add_token(program, code);
  entente::app::add_lexicon(program, code);
  entente::app::add_ontology(program, code);
  entente::app::add_version(program, code);
  entente::log::start("info");
  if (names_no_subcommand(program, argc, argv)) return entente::app::kUsage;
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int shown = program.exit(error);
    return shown == 0 ? entente::app::kOk : entente::app::kUsage;
  } catch (const std::system_error& failure) {
    // What fmt::print says of a file that takes no more.
    if (std::ferror(stdout) != 0) return said_not_all();
    std::fprintf(stderr, "entente: %s\n", failure.what());
    return entente::app::kFailed;
  } catch (const entente::CheckFailure& failure) {
    fmt::print(stderr, "entente: a mistake of ours: {}\n", failure.what());
    return entente::app::kFailed;
  }
  // A disk that is full says so late: an answer that did not get out whole is none.
  if (!std::cout.flush() || std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return said_not_all();
  return code;
}
