#include "apps/entente/sources_common.h"

#include <fmt/format.h>

#include <cstdlib>

namespace entente::app {
namespace {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// "... is held by entente serve, listening at unix:/run/entente.sock (process 7 ..." -> "unix:/run/entente.sock"
std::optional<std::string> server_in(const std::string& message) {
  constexpr std::string_view kSays = "listening at ";
  auto at = message.find(kSays);
  if (at == std::string::npos) return std::nullopt;
  at += kSays.size();
  const std::string address = message.substr(at, message.find(" (process", at) - at);
  return rpc::parse_address(address) ? std::optional(address) : std::nullopt;
}

}  // namespace

void add_sources_options(CLI::App& command, SourcesPlace& place) {
  command.add_option("--sources", place.file,
                     "Your sources.yaml (also ENTENTE_SOURCES; else ~/.config/entente/sources.yaml)");
  command.add_option("--registry", place.registry, "Folder of the built-in sources (else the program's own)");
  command.add_option("--contact", place.contact, "Who the sites that are read can write to: desk@example.org");
  command.add_option("--db", place.place.db, "The store's folder (also ENTENTE_DB)");
  command.add_option("--server", place.place.server, "A running server: unix:PATH or HOST:PORT (also ENTENTE_SERVER)");
  command.add_option("--data", place.place.data, "Folder of lexicon and gazetteer (also ENTENTE_DATA)");
  add_json_option(command, place.place);
}

std::filesystem::path usual_sources_file(const SourcesPlace& place) {
  if (!place.file.empty()) return place.file;
  if (const std::string file = environment("ENTENTE_SOURCES"); !file.empty()) return file;
  const std::string home = environment("XDG_CONFIG_HOME");
  return std::filesystem::path(home.empty() ? environment("HOME") + "/.config" : home) / "entente" / "sources.yaml";
}

std::optional<std::filesystem::path> user_sources(const SourcesPlace& place) {
  const auto file = usual_sources_file(place);
  const bool named = !place.file.empty() || !environment("ENTENTE_SOURCES").empty();
  std::error_code code;
  return named || std::filesystem::exists(file, code) ? std::optional(file) : std::nullopt;
}

importers::LoadedSources load_sources_of(const SourcesPlace& place) {
  const auto registry =
      place.registry.empty() ? data_folder(place.place) / "sources" : std::filesystem::path(place.registry);
  auto loaded = importers::load_sources(registry, user_sources(place));
  if (!place.contact.empty()) loaded.config.contact = place.contact;
  return loaded;
}

void print_problems(const importers::LoadedSources& loaded) {
  for (const auto& problem : loaded.problems) fmt::print(stderr, "entente: {}\n", problem.to_text());
}

std::string agent_of(const importers::SourcesConfig& config) {
  const bool mail = config.contact.find('@') != std::string::npos && !config.contact.starts_with("http") &&
                    !config.contact.starts_with("mailto:");
  return fmt::format("entente/{} (+{}{})", ENTENTE_VERSION, mail ? "mailto:" : "", config.contact);
}

Result<StatesPlace> open_states(const Place& place, bool create, const std::string& holder) {
  StatesPlace out;
  auto source = Source::open(place, create, holder);
  if (!source && source.error().code == ErrorCode::not_found && !create) return out;
  if (!source && source.error().code == ErrorCode::locked) {
    // A server has it: then the server is asked.
    const auto server = server_in(source.error().message);
    if (!server) return source.error();
    Place there = place;
    there.db.clear();
    there.server = *server;
    source = Source::open(there, create, holder);
  }
  if (!source) return source.error();
  out.source = std::move(*source);
  out.states = &out.source->states();
  out.store = out.source->store();
  return out;
}

}  // namespace entente::app
