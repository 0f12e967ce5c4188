// Makes a store of a dump: `entente load FILE.jsonl`.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace entente::app {

// A new store in `folder`, where none may be: all of the dump, or nothing. Reads standard input for "-". Fails with
// invalid_argument (a store is there, or a line of the dump is off), not_found, or as opening and writing do.
Result<void> load_dump(const std::string& file, const std::filesystem::path& folder);

}  // namespace entente::app
