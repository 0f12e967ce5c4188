// What the subcommands share: options, where the store or server is, answers as text and JSON, exit codes.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "graph/ontology/crosswalk.h"
#include "graph/view/claim_sink.h"
#include "graph/view/reader.h"
#include "graph/view/source_state.h"
#include "importers/lexicon/lexicon.h"
#include "rpc/client/client.h"
#include "storage/store.h"

namespace entente::app {

// docs/exit-codes.md
enum Exit : int { kOk = 0, kFailed = 1, kUsage = 2, kPartial = 3, kUnavailable = 4, kNotFound = 5 };

int exit_code(const Error& error);
// Prints "entente: <what, where, what to do>" to standard error and gives the code to leave with.
int fail(const Error& error);

struct Place {
  std::string db;
  std::string server;
  std::string token_file;
  std::string tls_authorities;
  std::string data;
  std::vector<std::string> lexicons;  // folders of tables of the user's own
  std::string as_of;
  bool json = false;
  storage::Durability durability = storage::Durability::synced;  // of a store opened here
};

void add_place_options(CLI::App& command, Place& place);
void add_json_option(CLI::App& command, Place& place);
inline constexpr std::string_view kDurabilityHelp =
    "durable: what was acknowledged survives the loss of power; relaxed: quicker, and with the power the last seconds of it can go, "
    "never a part of a release (durable)";
// --durability durable|relaxed, for what writes to a store.
void add_durability_option(CLI::App& command, storage::Durability& durability);
// PATH..., --date and --publisher of what reads releases.
void add_release_options(CLI::App& command, std::vector<std::string>& paths, std::string& date, std::string& publisher);
// What an option that counts something takes: a whole number, `least` or more.
CLI::Validator whole_number(std::uint64_t least);
// --jobs N; `jobs` holds what is used without it.
void add_jobs_option(CLI::App& command, int& jobs);

// The server that is asked: --server, or ENTENTE_SERVER when no store is named. Empty: none, the store is opened here.
std::string server_of(const Place& place);
// What a server is shown and whom it must be: ENTENTE_TOKEN, --token-file, --tls-ca, ENTENTE_TLS_CA. A token is no argument
// of a command: every user of the machine can read those.
Result<rpc::ConnectOptions> connect_options(const Place& place);
// The client of server_of(place). REQUIRES: there is one.
Result<std::unique_ptr<rpc::Client>> connect(const Place& place);
// The recorded time of --as-of.
Result<std::optional<RecordedTime>> as_of(const Place& place);
// --server, --token-file and --tls-ca alone: for what has a --db of its own meaning.
void add_server_options(CLI::App& command, Place& place);
// A server is named by an option or the environment, and no store by an option.
bool names_server(const Place& place);

// The folder of the store, for what needs one and no server: --db, ENTENTE_DB, or the user's own.
std::filesystem::path store_folder(const Place& place);

// The folder that holds gazetteer/ and lexicon/: --data, ENTENTE_DATA, beside the binary, or the source's.
std::filesystem::path data_folder(const Place& place);
// With the folders that --lexicon adds to it.
Result<importers::Lexicon> load_lexicon(const Place& place);
std::vector<std::filesystem::path> added_folders(const Place& place);
// --data DIR and --lexicon DIR
void add_lexicon_options(CLI::App& command, Place& place);

// A store opened here or a server: the one that the options name. With both named, the server.
class Source {
 public:
  static Result<std::unique_ptr<Source>> open(const Place& place, bool create, const std::string& holder);
  graph::ClaimSink& sink();
  graph::SourceStates& states();
  graph::Reader& reader() { return *reader_; }
  Result<void> take_view(const std::string& as_of);
  // Of these two, one is there; null is the other.
  storage::Store* store() { return store_.get(); }
  rpc::Client* client() { return client_.get(); }

 private:
  SystemClock clock_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<rpc::Client> client_;
  std::unique_ptr<graph::Reader> reader_;
};

// The entity that a person's words mean. Fails with ambiguous, listing the candidates, or not_found.
Result<graph::EntityId> entity_of(graph::Reader& reader, const std::string& words);

nlohmann::json to_json(const graph::EventFacts& facts);
// cameo, plover, goldstein, quad_class; null where the scheme has nothing of the kind.
nlohmann::json codes_json(const graph::Crosswalk& codes);
nlohmann::json to_json(const graph::Event& event);
bool is_terminal();

}  // namespace entente::app
