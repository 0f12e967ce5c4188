// join, split, retract, same: what a person knows better than the record.
#include <fmt/format.h>

#include <span>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"

namespace entente::app {
namespace {

struct Options {
  std::string first;
  std::string second;
  std::string by;
  std::string because;
  bool undo = false;
  Place place;
};

int run(const Options& options, graph::CorrectionAct act) {
  graph::Correction correction;
  correction.act = act;
  correction.undo = options.undo;
  correction.author = options.by;
  correction.reason = options.because;
  if (act == graph::CorrectionAct::retract) {
    correction.claim = graph::ClaimId(options.first);
  } else if (act == graph::CorrectionAct::same) {
    correction.entity = graph::EntityId(options.first);
    correction.other_entity = graph::EntityId(options.second);
  } else {
    correction.event = graph::EventId(options.first);
    if (act == graph::CorrectionAct::join)
      correction.other = graph::EventId(options.second);
    else
      correction.claim = graph::ClaimId(options.second);
  }
  auto source = Source::open(options.place, false, "entente correction");
  if (!source) return fail(source.error());
  if (rpc::Client* const client = (*source)->client()) {
    const graph::WriteStep step(correction);
    if (const auto corrected = client->record_steps(options.by, std::span(&step, 1)); !corrected) return fail(corrected.error());
  } else {
    storage::Store& store = *(*source)->store();
    if (auto corrected = store.correct(correction); !corrected) return fail(corrected.error());
    if (auto closed = store.close(); !closed) return fail(closed.error());
  }
  fmt::print("{} {}{}{} by {}\n", options.undo ? "taken back:" : "recorded:", options.first,
             options.second.empty() ? "" : " ", options.second, options.by);
  return kOk;
}

CLI::App* add(CLI::App& program, int& code, const char* name, const char* help, graph::CorrectionAct act,
              const char* first, const char* second) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand(name, help);
  command->add_option("first", options->first, first)->required();
  if (*second != '\0') command->add_option("second", options->second, second)->required();
  command->add_option("--by", options->by, "Who says so")->required();
  command->add_option("--because", options->because, "Why");
  command->add_flag("--undo", options->undo, "Takes it back");
  command->add_option("--db", options->place.db, "The store's folder (also ENTENTE_DB)");
  add_server_options(*command, options->place);
  command->callback([options, &code, act] { code = run(*options, act); });
  return command;
}

}  // namespace

void add_corrections(CLI::App& program, int& code) {
  add(program, code, "join", "Two events are one: what tells of the second tells of the first", graph::CorrectionAct::join,
      "The event that stays", "The event that is the same")
      ->footer("Example: entente join event:0123456789abcdef event:fedcba9876543210 --by 'A. Archivist' --db relations.db");
  add(program, code, "split", "A claim tells of an event of its own", graph::CorrectionAct::split, "The event",
      "One of its claims")
      ->footer("Example: entente split event:0123456789abcdef claim:00112233445566ff/1/0 --by 'A. Archivist'");
  add(program, code, "same", "Two ids are one: what is told of the second is told of the first", graph::CorrectionAct::same,
      "The id that stays", "The id that is the same")
      ->footer("Example: entente same official:KR/kim-gunn official:KR/kim-gun --by 'A. Archivist' --because 'one spelling'");
  add(program, code, "retract", "A claim is wrong and does not count", graph::CorrectionAct::retract, "The claim", "")
      ->footer("Example: entente retract claim:00112233445566ff/1/0 --by 'A. Archivist' --because 'misread'");
}

}  // namespace entente::app
