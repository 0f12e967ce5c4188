#include <fmt/format.h>
#include <pthread.h>

#include <csignal>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "apps/entente/notify.h"
#include "apps/entente/serve_options.h"
#include "base/log.h"
#include "base/log_format.h"
#include "rpc/server/server.h"

namespace entente::app {
namespace {

struct Options {
  std::string config;
  bool check_config = false;
  ServeOptions flags;
};

// SIGTERM, SIGINT and SIGHUP, waited for rather than handled: no code runs in a handler.
class Signals {
 public:
  // REQUIRES: before any thread is started, the store's among them: threads take over what is blocked.
  Signals() {
    ::sigemptyset(&set_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set_, signal);
    ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  int wait() const {
    int signal = 0;
    while (::sigwait(&set_, &signal) != 0) {
    }
    return signal;
  }

 private:
  sigset_t set_{};
};

// The flags go before the file, which is read anew.
Result<ServeOptions> settled(const Options& options) {
  ServeOptions out = options.flags;
  if (!options.config.empty())
    if (auto read = read_config(options.config, out); !read) return read.error();
  if (auto checked = check_options(out); !checked) return checked.error();
  return out;
}

void reload(rpc::Server& server, const Options& options) {
  if (const auto loaded = server.reload_tokens(); !loaded) log::error("the tokens stay as they were: {}", loaded.error().to_text());
  const auto fresh = settled(options);
  if (!fresh) {
    log::error("the configuration stays as it was: {}", fresh.error().to_text());
    return;
  }
  log::set_level(fresh->log.empty() ? "info" : fresh->log);
  log::info("the tokens and the level of the log were read again");
}

Result<void> serve(storage::Store& store, const ServeOptions& settings, const Options& options, const Signals& signals) {
  SystemClock clock;
  auto server = rpc::Server::start(store, clock, settings.server);
  if (!server) return server.error();
  fmt::print("ready\n");
  std::fflush(stdout);
  notify_manager("READY=1");
  while (signals.wait() == SIGHUP) reload(**server, options);
  notify_manager("STOPPING=1");
  log::info("stopping: calls in flight have {} ms", settings.server.limits.drain_ms_max);
  (*server)->stop();
  return {};
}

int run(const Options& options) {
  const auto settings = settled(options);
  if (!settings) return fail(settings.error());
  if (options.check_config) {
    fmt::print("the configuration is good: {} at {}{}{}\n", settings->db, fmt::join(settings->listen, ", "), settings->http.empty() ? "" : ", HTTP at ", fmt::join(settings->http, ", "));
    return kOk;
  }
  log::start(settings->log.empty() ? "info" : settings->log);
  if (settings->log_format == "json") log::write_json();
  const Signals signals;
  Place place;
  place.db = settings->db;
  place.data = settings->data;
  if (settings->durability == "relaxed") place.durability = storage::Durability::relaxed;
  auto lexicon = load_lexicon(place);
  if (!lexicon) return fail(lexicon.error());
  auto source = Source::open(place, true, "entente serve, listening at " + settings->listen.front());
  if (!source) return fail(source.error());
  storage::Store& store = *(*source)->store();
  if (auto put = store.put_gazetteer(lexicon->entities(), lexicon->version()); !put) return fail(put.error());
  const auto served = serve(store, *settings, options, signals);
  const auto closed = store.close();
  if (!served) return fail(served.error());
  if (!closed) return fail(closed.error());
  return kOk;
}

}  // namespace

void add_serve(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  ServeOptions& flags = options->flags;
  CLI::App* const command = program.add_subcommand("serve", "Serve a store over Cap'n Proto RPC");
  command->add_option("--config", options->config, "A TOML file of these settings; flags go before it");
  command->add_flag("--check-config", options->check_config, "Say whether the settings are good, and start nothing");
  command->add_option("--db", flags.db, "The store's folder");
  command->add_option("--listen", flags.listen, "unix:PATH or HOST:PORT; several may be given");
  command->add_option("--data", flags.data, "Folder of lexicon and gazetteer (also ENTENTE_DATA)");
  command->add_option("--log", flags.log, "trace, debug, info, warn, error, off");
  command->add_option("--log-format", flags.log_format, "text or json");
  command->add_option("--durability", flags.durability, std::string(kDurabilityHelp));
  command->add_option("--tokens", flags.tokens, "File of the tokens (DIR.tokens beside the store)");
  command->add_option("--tls-cert", flags.server.tls_certificate, "Certificate chain for TCP, a PEM file");
  command->add_option("--tls-key", flags.server.tls_key, "Its key, a PEM file");
  command->add_flag("--insecure-plain-tcp", flags.server.plain_tcp, "TCP without TLS where other machines can connect: tokens go in the clear");
  command->add_option("--http", flags.http, "Answer HTTP there too, read-only: HOST:PORT; several may be given");
  command->add_option("--http-origin", flags.server.http_origins, "Pages of this origin may ask over HTTP (CORS); * for any");
  command->add_flag("--http-open", flags.server.http_open, "Who can connect may read over HTTP, without a token");
  command->add_option("--loops", flags.server.loops, "Threads for the network")->check(CLI::Range(1, 256));
  command->add_option("--workers", flags.server.workers, "Threads for the store")->check(CLI::Range(1, 256));
  command->footer("Example: entente serve --db relations.db --listen unix:/tmp/entente.sock");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
