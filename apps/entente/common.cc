#include "apps/entente/common.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>

namespace entente::app {
namespace {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string default_db() {
  const std::string home = environment("XDG_DATA_HOME");
  return (home.empty() ? environment("HOME") + "/.local/share" : home) + "/entente/db";
}

}  // namespace

Result<rpc::ConnectOptions> connect_options(const Place& place) {
  rpc::ConnectOptions options;
  options.token = environment("ENTENTE_TOKEN");
  if (!place.token_file.empty()) {
    std::ifstream in(place.token_file);
    if (!in || !(in >> options.token)) return Error{ErrorCode::invalid_argument, "there is no token in " + place.token_file, {}};
  }
  options.tls_authorities = place.tls_authorities.empty() ? environment("ENTENTE_TLS_CA") : place.tls_authorities;
  return options;
}

std::string server_of(const Place& place) {
  if (!place.server.empty() || !place.db.empty()) return place.server;
  return environment("ENTENTE_SERVER");
}

Result<std::optional<RecordedTime>> as_of(const Place& place) {
  if (place.as_of.empty()) return std::optional<RecordedTime>();
  auto time = RecordedTime::parse(place.as_of);
  if (time) return time;
  return Error{
      ErrorCode::invalid_argument, "'" + place.as_of + "' is no time; write 2026-11-24 or 2026-11-24T05:00:00Z", {}};
}

Result<std::unique_ptr<rpc::Client>> connect(const Place& place) {
  auto address = rpc::parse_address(server_of(place));
  if (!address) return address.error();
  auto options = connect_options(place);
  if (!options) return options.error();
  return rpc::Client::connect(*address, *options);
}

int exit_code(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid_argument:
    case ErrorCode::ambiguous:
      return kUsage;
    case ErrorCode::locked:
    case ErrorCode::unavailable:
      return kUnavailable;
    case ErrorCode::not_found:
      return kNotFound;
    default:
      return kFailed;
  }
}

int fail(const Error& error) {
  fmt::print(stderr, "entente: {}\n", error.to_text());
  return exit_code(error);
}

bool is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

void add_json_option(CLI::App& command, Place& place) { command.add_flag("--json", place.json, "Answer as JSON"); }

void add_durability_option(CLI::App& command, storage::Durability& durability) {
  const std::map<std::string, storage::Durability> names{{"durable", storage::Durability::synced}, {"relaxed", storage::Durability::relaxed}};
  command.add_option("--durability", durability, std::string(kDurabilityHelp))->transform(CLI::CheckedTransformer(names));
}

void add_release_options(CLI::App& command, std::vector<std::string>& paths, std::string& date, std::string& publisher) {
  command.add_option("paths", paths, "Files (.html .txt .json) and folders")->required();
  command.add_option("--date", date, "Publication date of releases that say none: 2020-11-19");
  command.add_option("--publisher", publisher, "Publisher: state and body, KR-MOFA");
}

CLI::Validator whole_number(std::uint64_t least) {
  return {[least](const std::string& text) {
            std::uint64_t number = 0;
            const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (code == std::errc() && end == text.data() + text.size() && number >= least) return std::string();
            return fmt::format("'{}' is no whole number from {} to {}", text, least, std::numeric_limits<std::uint64_t>::max());
          },
          ""};
}

void add_jobs_option(CLI::App& command, int& jobs) {
  constexpr int kJobsMax = 256;
  command
      .add_option("--jobs", jobs, fmt::format("Threads that read; the answer is the same for any number ({})", jobs))
      ->check(CLI::Range(1, kJobsMax));
}

void add_server_options(CLI::App& command, Place& place) {
  command.add_option("--server", place.server, "A running server: unix:PATH, HOST:PORT or tls:HOST:PORT (also ENTENTE_SERVER)");
  command.add_option("--token-file", place.token_file, "File with the token to show a server (or the token itself in ENTENTE_TOKEN)");
  command.add_option("--tls-ca", place.tls_authorities, "PEM file of whom to trust for tls: (the system's; also ENTENTE_TLS_CA)");
}

bool names_server(const Place& place) { return !place.server.empty() || (place.db.empty() && !environment("ENTENTE_SERVER").empty()); }

void add_place_options(CLI::App& command, Place& place) {
  command.add_option("--db", place.db, "The store's folder (also ENTENTE_DB)");
  add_server_options(command, place);
  command.add_option("--as-of", place.as_of, "Answer as it would have been answered then: 2026-11-24T05:00:00Z");
  add_json_option(command, place);
}

std::filesystem::path store_folder(const Place& place) {
  if (!place.db.empty()) return place.db;
  if (std::string db = environment("ENTENTE_DB"); !db.empty()) return db;
  return default_db();
}

std::filesystem::path data_folder(const Place& place) {
  if (!place.data.empty()) return place.data;
  if (const std::string data = environment("ENTENTE_DATA"); !data.empty()) return data;
  std::error_code code;
  const auto binary = std::filesystem::read_symlink("/proc/self/exe", code);
  const auto installed = binary.parent_path().parent_path() / "share" / "entente" / "data";
  if (!code && std::filesystem::exists(installed / "gazetteer", code)) return installed;
  return ENTENTE_SOURCE_DATA;
}

std::vector<std::filesystem::path> added_folders(const Place& place) { return {place.lexicons.begin(), place.lexicons.end()}; }

Result<importers::Lexicon> load_lexicon(const Place& place) {
  return importers::Lexicon::load(data_folder(place), added_folders(place));
}

void add_lexicon_options(CLI::App& command, Place& place) {
  command.add_option("--data", place.data, "Folder of lexicon and gazetteer (also ENTENTE_DATA)");
  command.add_option("--lexicon", place.lexicons,
                     "Folder of tables of your own, laid out alike and added to it; may be given again (docs/lexicon.md)");
}

Result<std::unique_ptr<Source>> Source::open(const Place& place, bool create, const std::string& holder) {
  auto source = std::make_unique<Source>();
  if (!server_of(place).empty()) {
    auto client = connect(place);
    if (!client) return client.error();
    source->client_ = std::move(*client);
    return source;
  }
  storage::StoreOptions options;
  options.create = create;
  options.holder = holder;
  options.durability = place.durability;
  auto store = storage::Store::open(store_folder(place), options, source->clock_);
  if (!store) return store.error();
  source->store_ = std::move(*store);
  return source;
}

graph::ClaimSink& Source::sink() {
  if (store_) return *store_;
  return *client_;
}

graph::SourceStates& Source::states() {
  if (store_) return *store_;
  return *client_;
}

Result<void> Source::take_view(const std::string& as_of) {
  std::optional<RecordedTime> time;
  if (!as_of.empty() && !(time = RecordedTime::parse(as_of)))
    return Error{
        ErrorCode::invalid_argument, "'" + as_of + "' is no time; write 2026-11-24 or 2026-11-24T05:00:00Z", {}};
  auto reader = store_ ? store_->snapshot(time) : client_->reader(time);
  if (!reader) return reader.error();
  reader_ = std::move(*reader);
  return {};
}

Result<graph::EntityId> entity_of(graph::Reader& reader, const std::string& words) {
  constexpr std::size_t kCandidates = 10;
  constexpr double kSure = 0.999;
  // "KR": the code of a state, as ids have it.
  if (words.size() == 2 || words.size() == 4) {
    std::string code = words;
    for (char& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    auto state = reader.find_entity(graph::EntityId("country:" + code));
    if (!state) return state.error();
    if (*state) return (*state)->id;
  }
  auto candidates = reader.resolve(words, kCandidates);
  if (!candidates) return candidates.error();
  if (candidates->empty())
    return Error{
        ErrorCode::not_found, "nothing is called '" + words + "'; try `entente resolve` with a part of the name", {}};
  const graph::Candidate& best = candidates->front();
  const bool alone = candidates->size() == 1 || (*candidates)[1].score < best.score - 0.0001;
  if (alone && (best.score > kSure || candidates->size() == 1 || (*candidates)[1].score + 0.1 < best.score))
    return best.id;
  std::string list;
  for (const graph::Candidate& candidate : *candidates)
    list += fmt::format("\n  {:<40} {}", candidate.id.str(), candidate.label);
  return Error{ErrorCode::ambiguous, "'" + words + "' can mean several; ask again with an id:" + list, {}};
}

nlohmann::json to_json(const graph::EventFacts& facts) {
  using nlohmann::json;
  const auto optional = [](const auto& value) { return value ? json(graph::to_string(*value)) : json(); };
  json out;
  out["type"] = graph::to_string(facts.type);
  out["date"] = facts.date ? json(facts.date->text()) : json();
  out["status"] = graph::to_string(facts.status);
  out["parties"] = json::array();
  for (const auto& party : facts.parties) out["parties"].push_back(party.str());
  out["officials"] = json::array();
  for (const auto& official : facts.officials) out["officials"].push_back(official.str());
  out["roles"] = json::object();
  for (const auto& [id, role] : facts.roles) out["roles"][id.str()] = graph::to_string(role);
  out["forum"] = facts.forum ? json(facts.forum->str()) : json();
  out["edition"] = facts.edition ? json(*facts.edition) : json();
  out["place"] = json();
  if (facts.place)
    out["place"] = {{"city", facts.place->city.empty() ? json() : json(facts.place->city)},
                    {"country", facts.place->country.empty() ? json() : json(facts.place->country)}};
  out["mode"] = optional(facts.mode);
  out["level"] = optional(facts.level);
  out["stage"] = optional(facts.stage);
  out["stance"] = optional(facts.stance);
  out["count"] = facts.count ? json(*facts.count) : json();
  return out;
}

nlohmann::json codes_json(const graph::Crosswalk& codes) {
  using nlohmann::json;
  const auto text = [](std::string_view value) { return value.empty() ? json() : json(value); };
  return {{"cameo", text(codes.cameo)},
          {"plover", {{"type", text(codes.plover_type)}, {"mode", text(codes.plover_mode)}}},
          {"goldstein", codes.goldstein ? json(*codes.goldstein) : json()},
          {"quad_class", codes.quad_class == 0 ? json() : json(codes.quad_class)}};
}

nlohmann::json to_json(const graph::Event& event) {
  nlohmann::json out = to_json(event.facts);
  const graph::EventFacts& facts = event.facts;
  out.update(codes_json(graph::crosswalk({facts.type, facts.status, facts.mode, facts.stage, facts.stance})));
  out["id"] = event.id.str();
  out["sources"] = event.sources;
  out["publishers"] = event.publishers;
  out["differences"] = nlohmann::json::object();
  for (const auto& difference : event.differences) out["differences"][difference.field] = difference.values;
  out["confidence"] = event.confidence;
  out["evidence"] = event.evidence;
  return out;
}

}  // namespace entente::app
