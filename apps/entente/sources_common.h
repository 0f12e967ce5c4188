// What pull and sources share: the configuration, and where the store is.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "apps/entente/common.h"
#include "importers/sources/config.h"

namespace entente::app {

// For pull and sources alone; docs/exit-codes.md.
enum SourcesExit : int { kBadConfiguration = 6, kHeld = 7 };

struct SourcesPlace {
  Place place;
  std::string file;      // --sources
  std::string registry;  // --registry
  std::string contact;   // --contact
};

void add_sources_options(CLI::App& command, SourcesPlace& place);

// --sources, ENTENTE_SOURCES, or the user's own where that is there.
std::optional<std::filesystem::path> user_sources(const SourcesPlace& place);
// Where the user's own is, be it there or not.
std::filesystem::path usual_sources_file(const SourcesPlace& place);
// Both files, with --contact over what they say.
importers::LoadedSources load_sources_of(const SourcesPlace& place);
// One line a problem, to standard error.
void print_problems(const importers::LoadedSources& loaded);
std::string agent_of(const importers::SourcesConfig& config);

// The store, or the server that has it open. With `create` an empty store is made where there is none; without it,
// null where there is none.
struct StatesPlace {
  std::unique_ptr<Source> source;
  graph::SourceStates* states = nullptr;
  storage::Store* store = nullptr;  // null: a server's
};
Result<StatesPlace> open_states(const Place& place, bool create, const std::string& holder);

}  // namespace entente::app
