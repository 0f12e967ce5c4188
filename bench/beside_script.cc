#include "bench/beside_script.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

namespace entente::bench {
namespace {

// As one word of the shell.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

}  // namespace

Result<nlohmann::json> run_beside(const BesideScript& how) {
  const auto script = std::filesystem::path(ENTENTE_SOURCE) / "bench" / how.script;
  const std::filesystem::path out = how.file.string() + ".json";
  std::string command = fmt::format("node {} --packages {} --tables {} --file {} --out {}", quoted(script.string()),
                                    quoted(how.packages.string()), quoted(how.tables.string()),
                                    quoted(how.file.string()), quoted(out.string()));
  if (!how.expected.empty()) command += " --expected " + quoted(how.expected.string());
  const int left = std::system(command.c_str());
  if (WIFEXITED(left) && WEXITSTATUS(left) == 127)
    return Error{ErrorCode::not_found, "node is not there, which runs " + how.script + ": apt-get install nodejs", ""};
  if (left != 0)
    return Error{ErrorCode::unavailable, how.script + " did not come to its end: what it said stands above", ""};
  std::ifstream file(out);
  auto told = nlohmann::json::parse(file, nullptr, false);
  std::filesystem::remove(out);
  if (!told.is_object()) return Error{ErrorCode::corrupt, how.script + " left no figures in " + out.string(), ""};
  return told;
}

std::string load_line(const nlohmann::json& told) {
  std::string line = fmt::format(
      "{:<8} {}, {} threads, the tables alone: {:.2f} s ({:.2f} s of processors), peak {:.0f} MB; {:.1f} MB on disk",
      told["name"].get<std::string>(), told["version"].get<std::string>(), told["threads"].get<int>(),
      told["load_s"].get<double>(), told["load_processor_s"].get<double>(), told["load_peak_mb"].get<double>(),
      told["disk_mb"].get<double>());
  if (told.contains("tables_s"))
    line += fmt::format("; the tables that answer the questions {:.2f} s more", told["tables_s"].get<double>());
  return line;
}

}  // namespace entente::bench
