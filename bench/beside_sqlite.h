// The questions of the workload asked of SQLite, as a person would set it up for them: a table for each way in, each
// its own index, everything in its cache.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace entente::bench {

class BesideSqlite {
 public:
  // Reads the tables of the workload into `file`, which is made anew and removed in the end.
  BesideSqlite(const std::filesystem::path& tables, std::filesystem::path file);
  ~BesideSqlite();
  BesideSqlite(const BesideSqlite&) = delete;
  BesideSqlite& operator=(const BesideSqlite&) = delete;

  // Whether it is asked this question.
  static bool knows(const std::string& question);
  // Works the answer out; parameters and answer as the workload has them.
  void ask(const std::string& question, const nlohmann::json& parameters);
  nlohmann::json answer() const { return answer_; }

 private:
  class Statement;
  void run(const char* sql);
  void fill(const std::filesystem::path& tables);
  std::int64_t path(std::int64_t from, std::int64_t to, bool officials_only);

  std::filesystem::path file_;
  sqlite3* db_ = nullptr;
  std::vector<Statement> statements_;
  std::vector<std::uint32_t> seen_[2];  // of a walk from both ends: by entity, the number of the walk
  std::uint32_t walk_ = 0;
  std::int64_t first_official_ = 0;
  std::int64_t first_forum_ = 0;
  nlohmann::json answer_;
};

}  // namespace entente::bench
