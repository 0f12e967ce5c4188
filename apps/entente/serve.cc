#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "base/log.h"
#include "rpc/server/server.h"

namespace entente::app {
namespace {

struct Options {
  std::string listen;
  std::string log_level = "info";
  bool allow_remote = false;
  Place place;
};

int run(const Options& options) {
  log::start(options.log_level);
  rpc::capture_stop_signals();
  const auto address = rpc::parse_address(options.listen);
  if (!address) return fail(address.error());
  if (!address->loopback && !options.allow_remote)
    return fail(Error{ErrorCode::invalid_argument, options.listen + " can be reached from other machines, and nobody is asked who they are yet; add --allow-remote if the network is yours", {}});
  auto lexicon = load_lexicon(options.place);
  if (!lexicon) return fail(lexicon.error());
  Place store_only = options.place;
  if (store_only.db.empty()) return fail(Error{ErrorCode::invalid_argument, "serve needs the store's folder: --db DIR", {}});
  auto source = Source::open(store_only, true, "entente serve, listening at " + options.listen);
  if (!source) return fail(source.error());
  storage::Store& store = *(*source)->store();
  if (auto put = store.put_gazetteer(lexicon->entities(), lexicon->version()); !put) return fail(put.error());
  const auto served = rpc::serve(store, *address, [] {
    fmt::print("ready\n");
    std::fflush(stdout);
  });
  const auto closed = store.close();
  if (!served) return fail(served.error());
  if (!closed) return fail(closed.error());
  return kOk;
}

}  // namespace

void add_serve(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("serve", "Serve a store over Cap'n Proto RPC");
  command->add_option("--db", options->place.db, "The store's folder")->required();
  command->add_option("--listen", options->listen, "unix:PATH or HOST:PORT")->required();
  command->add_option("--data", options->place.data, "Folder of lexicon and gazetteer (also ENTENTE_DATA)");
  command->add_option("--log", options->log_level, "trace, debug, info, warn, error, off");
  command->add_flag("--allow-remote", options->allow_remote, "Listen where other machines can connect");
  command->footer("Example: entente serve --db relations.db --listen unix:/tmp/entente.sock");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
