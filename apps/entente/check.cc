// check: whether the orders of a store agree, opened here or served. Nothing is mended.
#include "storage/care/check.h"

#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "rpc/client/admin.h"

namespace entente::app {
namespace {

void print_json(const storage::CheckReport& report) {
  nlohmann::json out{{"agrees", report.agrees()}, {"rows", report.rows}, {"disagreements", report.disagreements}};
  out["shown"] = nlohmann::json::array();
  for (const auto& one : report.shown)
    out["shown"].push_back({{"family", one.family}, {"row", one.row}, {"what", one.what}});
  fmt::print("{}\n", out.dump());
}

void print_text(const storage::CheckReport& report, const std::string& db) {
  for (const auto& one : report.shown) fmt::print("{} {}: {}\n", one.family, one.row, one.what);
  if (report.shown.size() < report.disagreements)
    fmt::print("and {} more\n", report.disagreements - report.shown.size());
  if (report.agrees()) fmt::print("{}: {} rows, all orders agree\n", db, report.rows);
}

Result<storage::CheckReport> check_server(const Place& place) {
  const auto source = Source::open(place, false, "entente check");
  if (!source) return source.error();
  const auto seen = (*source)->client()->admin()->check();
  if (!seen) return seen.error();
  storage::CheckReport report{seen->rows, seen->disagreements, {}};
  for (const auto& one : seen->shown) report.shown.push_back({one.family, one.row, one.what});
  return report;
}

Result<storage::CheckReport> check_folder(const std::filesystem::path& db) {
  SystemClock clock;
  storage::StoreOptions options;
  options.create = false;
  options.holder = "entente check";
  const auto store = storage::Store::open(db, options, clock);
  if (!store) return store.error();
  auto report = storage::check(**store);
  if (!report) return report.error().during("checking " + db.string());
  return report;
}

int run(const Place& place) {
  const std::string db = names_server(place) ? "the server's store" : store_folder(place).string();
  const auto report = names_server(place) ? check_server(place) : check_folder(db);
  if (!report) return fail(report.error());
  if (place.json)
    print_json(*report);
  else
    print_text(*report, db);
  if (report->agrees()) return kOk;
  // Files that cannot be read are all that is told: nothing else was looked at.
  if (report->rows == 0)
    return fail(Error{ErrorCode::corrupt,
                      fmt::format("{}: {} damaged; nothing was changed: what to do is said of each above", db,
                                  report->disagreements == 1 ? "a file is" : fmt::format("{} files are", report->disagreements)),
                      {}});
  return fail(
      Error{ErrorCode::corrupt,
            fmt::format("{}: {} of {} rows disagree; nothing was changed: import the releases again into a new store",
                        db, report->disagreements, report->rows),
            {}});
}

}  // namespace

void add_check(CLI::App& program, int& code) {
  auto place = std::make_shared<Place>();
  CLI::App* const command = program.add_subcommand("check", "Whether what a store holds agrees with itself");
  command->add_option("--db", place->db, "The store's folder (also ENTENTE_DB)");
  add_server_options(*command, *place);
  add_json_option(*command, *place);
  command->footer("Example: entente check --db relations.db");
  command->callback([place, &code] { code = run(*place); });
}

}  // namespace entente::app
