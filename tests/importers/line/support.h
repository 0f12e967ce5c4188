// The text line over the repository's tables, and its answers as the gold files have them.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "importers/line.h"

namespace entente::test {

// Of data/ with `added` folders; the process ends when they cannot be loaded.
importers::Lexicon load_lexicon(const std::vector<std::filesystem::path>& added = {});

// The events of a text, sorted, each with the fields of the extraction guide but for forum, edition, count and evidence.
std::vector<nlohmann::json> events_of(const importers::LineResult& result);
// The same of a gold file.
std::vector<nlohmann::json> events_of(const nlohmann::json& gold);

// The text with a publisher and a day, read.
importers::LineResult read_text(const importers::Lexicon& lexicon, const std::string& text, const std::string& publisher, CivilDate published);

// The events of a text of 15 May 2024, by the repository's own tables.
std::vector<nlohmann::json> told(const std::string& text, const std::string& publisher = "SE-MFA");

// Those of a type.
std::vector<nlohmann::json> of_type(const std::vector<nlohmann::json>& events, const std::string& type);

// The one event of a type that a text tells; the test fails where it tells none, or several.
nlohmann::json only(const std::string& text, const std::string& type, const std::string& publisher = "SE-MFA");

// Whether an array of ids has one.
bool has(const nlohmann::json& ids, const std::string& id);

}  // namespace entente::test
