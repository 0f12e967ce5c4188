// The files that import and extract read: named ones and those in folders, sorted.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "importers/line.h"

namespace entente::app {

struct Inputs {
  std::vector<std::filesystem::path> files;
  std::vector<Error> errors;  // folders that could not be read, paths that are not there
};

// In the order of the paths; those of a folder sorted, its release files (.html .htm .txt .json) alone.
Inputs find_inputs(const std::vector<std::string>& paths);

// Fails with not_found, permission, too_large (without reading it) or io.
Result<importers::Document> load_document(const std::filesystem::path& file, const std::string& publisher,
                                          const std::optional<CivilDate>& date);

// "" gives no date. Fails with invalid_argument for what is no date.
Result<std::optional<CivilDate>> parse_date_option(const std::string& text);

}  // namespace entente::app
