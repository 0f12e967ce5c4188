// sources.yaml: read whole, with every fault named by file and line.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "importers/sources/source.h"

namespace entente::importers {

struct ConfigProblem {
  std::string file;
  int line = 0;  // from 1
  std::string what;

  std::string to_text() const;
};

struct SourcesConfig {
  std::string contact;  // who to write to: an address of mail or of a page
  std::string ca_file;
  std::vector<SourceConfig> sources;  // sorted by id

  const SourceConfig* find(std::string_view id) const;
};

struct LoadedSources {
  SourcesConfig config;  // without the entries that are off
  std::vector<ConfigProblem> problems;
};

// The built-in registry (every .yaml of a folder; may be absent) and a user's file over it: an entry with the id of one
// that is there changes what it says and leaves the rest. A file that is not there is a problem; nothing throws.
LoadedSources load_sources(const std::filesystem::path& registry,
                           const std::optional<std::filesystem::path>& user_file);
// The same from a text, as if it were the user's file `name`; for tests and for what is about to be written.
LoadedSources parse_sources(const std::string& text, const std::string& name);

// "1s", "500ms", "10m", "2h", "7d", "1.5" (seconds). Absent for anything else.
std::optional<std::int64_t> parse_duration_ms(std::string_view text);
// "16MB", "500KB", "2GB", "1000".
std::optional<std::size_t> parse_size(std::string_view text);

}  // namespace entente::importers
