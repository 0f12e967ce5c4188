// lexicon check: whether the tables under data/ can be loaded, before a program relies on them; every row that is off, by file and line.
#include "importers/lexicon/lexicon.h"

#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"

namespace entente::app {
namespace {

struct Counts {
  std::size_t entities = 0;
  std::size_t names = 0;
};

Counts count(const importers::Lexicon& lexicon) {
  Counts counts;
  counts.entities = lexicon.entities().size();
  for (const auto& entity : lexicon.entities()) counts.names += entity.names.size();
  return counts;
}

int complain(const Place& place, const std::filesystem::path& folder, const std::vector<Error>& problems) {
  if (place.json) {
    nlohmann::json out{{"folder", folder.string()}, {"sound", false}, {"error", problems.front().message}};
    out["problems"] = nlohmann::json::array();
    for (const Error& problem : problems) out["problems"].push_back(problem.message);
    fmt::print("{}\n", out.dump());
  }
  int code = kOk;
  for (const Error& problem : problems) {
    const int own = fail(problem);
    if (code == kOk) code = own;
  }
  // The words of the command are right; it is the tables that are off.
  return code == kUsage ? kFailed : code;
}

int run_check(const Place& place) {
  const std::filesystem::path folder = data_folder(place);
  const std::vector<std::filesystem::path> added = added_folders(place);
  if (const auto problems = importers::Lexicon::problems(folder, added); !problems.empty())
    return complain(place, folder, problems);
  const auto lexicon = importers::Lexicon::load(folder, added);
  if (!lexicon) return complain(place, folder, {lexicon.error()});
  const Counts counts = count(*lexicon);
  if (place.json)
    fmt::print("{}\n", nlohmann::json{{"folder", folder.string()},
                                      {"sound", true},
                                      {"entities", counts.entities},
                                      {"names", counts.names},
                                      {"languages", lexicon->languages()},
                                      {"version", lexicon->version()}}
                           .dump());
  else
    fmt::print("{}: sound; {} entities with {} names; version {}\n", folder.string(), counts.entities, counts.names,
               lexicon->version());
  return kOk;
}

}  // namespace

void add_lexicon(CLI::App& program, int& code) {
  auto place = std::make_shared<Place>();
  CLI::App* const lexicon = program.add_subcommand("lexicon", "The tables that say how texts say things");
  lexicon->require_subcommand(1);
  lexicon->footer("Example: entente lexicon check data/");
  CLI::App* const command = lexicon->add_subcommand("check", "Load the tables and name every row that is off");
  command->add_option("folder", place->data,
                      "Folder of lexicon and gazetteer (else ENTENTE_DATA, else the program's own)");
  command->add_option("--lexicon", place->lexicons, "Folder of tables of your own, added to it; may be given again");
  add_json_option(*command, *place);
  command->footer("Example: entente lexicon check --lexicon my-world/");
  command->callback([place, &code] { code = run_check(*place); });
}

}  // namespace entente::app
