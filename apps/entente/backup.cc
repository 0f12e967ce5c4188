// backup, restore: copies of a store that share what has not changed.
#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "rpc/client/admin.h"

namespace entente::app {
namespace {

struct Options {
  std::string folder;
  Place place;
};

// The server's folder is on its own machine.
int back_up_server(const Options& options) {
  const auto source = Source::open(options.place, false, "entente backup");
  if (!source) return fail(source.error());
  std::error_code code;
  const std::string folder = std::filesystem::absolute(options.folder, code).string();
  if (auto done = (*source)->client()->admin()->back_up(folder); !done) return fail(done.error());
  fmt::print("the server's store is copied to {}\n", folder);
  return kOk;
}

int back_up(const Options& options) {
  if (names_server(options.place)) return back_up_server(options);
  SystemClock clock;
  storage::StoreOptions how;
  how.create = false;
  how.holder = "entente backup";
  const auto store = storage::Store::open(store_folder(options.place), how, clock);
  if (!store) return fail(store.error());
  if (auto done = (*store)->back_up(options.folder); !done) return fail(done.error());
  fmt::print("{} is copied to {}\n", store_folder(options.place).string(), options.folder);
  return kOk;
}

int restore(const Options& options) {
  const auto folder = store_folder(options.place);
  if (auto done = storage::Store::restore(options.folder, folder); !done) return fail(done.error());
  fmt::print("{} is restored to {}\n", options.folder, folder.string());
  return kOk;
}

std::pair<CLI::App*, std::shared_ptr<Options>> add(CLI::App& program, int& code, const char* name, const char* help, const char* what, int (*run)(const Options&)) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand(name, help);
  command->add_option("folder", options->folder, what)->required();
  command->add_option("--db", options->place.db, "The store's folder (also ENTENTE_DB)");
  command->footer(fmt::format("Example: entente {} copies/ --db relations.db", name));
  command->callback([options, &code, run] { code = run(*options); });
  return {command, options};
}

}  // namespace

void add_backup(CLI::App& program, int& code) {
  const auto [command, options] = add(program, code, "backup", "Copy a store; a later copy takes only what came since", "The folder of copies; with --server, on its machine", back_up);
  add_server_options(*command, options->place);
  add(program, code, "restore", "Make a store of the newest copy", "The folder of copies", restore);
}

}  // namespace entente::app
