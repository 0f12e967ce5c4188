// Other programs beside ours, as npm has them: a script of ours in bench/ that node runs with a package which the user
// installed somewhere, on the same tables, in the same run.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"

namespace entente::bench {

struct BesideScript {
  std::string script;              // its name in bench/
  std::filesystem::path packages;  // where npm installed what it needs
  std::filesystem::path tables;
  std::filesystem::path file;      // made anew by the script, and removed in the end
  std::filesystem::path expected;  // empty: only the load
};

// What the script measured. Fails when node or the package is not there, and when an answer is not the expected one;
// the script has then told on standard error which.
Result<nlohmann::json> run_beside(const BesideScript& how);

// A line on its load: name, version, seconds, memory, room on disk, and what its questions need besides.
std::string load_line(const nlohmann::json& told);

}  // namespace entente::bench
