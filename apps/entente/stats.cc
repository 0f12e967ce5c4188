// stats: how much the record holds and, of a store opened here, what it takes on disk.
#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"

namespace entente::app {
namespace {

using nlohmann::json;

struct Options {
  bool disk = false;
  Place place;
};

json sizes_json(const std::vector<storage::FamilySize>& sizes) {
  json out = json::object();
  for (const auto& one : sizes) out[one.name] = {{"rows", one.rows}, {"files", one.files}, {"bytes", one.bytes}};
  return out;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1000;
  if (bytes < 10 * kKilo) return fmt::format("{} B", bytes);
  if (bytes < 10 * kKilo * kKilo) return fmt::format("{} kB", bytes / kKilo);
  return fmt::format("{} MB", bytes / kKilo / kKilo);
}

void print_sizes(const std::vector<storage::FamilySize>& sizes) {
  std::uint64_t all = 0;
  for (const auto& one : sizes) all += one.bytes;
  fmt::print("{} on disk\n", size_text(all));
  for (const auto& one : sizes)
    if (one.files > 0) fmt::print("  {:<18} {:>12} rows {:>5} files {:>10}\n", one.name, one.rows, one.files, size_text(one.bytes));
}

int run(const Options& options) {
  auto source = Source::open(options.place, false, "entente stats");
  if (!source) return fail(source.error());
  if (auto view = (*source)->take_view(options.place.as_of); !view) return fail(view.error());
  graph::Reader& reader = (*source)->reader();
  const auto counts = reader.counts();
  if (!counts) return fail(counts.error());
  const auto recorded = reader.recorded();
  if (!recorded) return fail(recorded.error());
  std::vector<storage::FamilySize> sizes;
  if (options.disk) {
    storage::Store* const store = (*source)->store();
    if (store == nullptr)
      return fail(Error{ErrorCode::invalid_argument, "what a store takes on disk is told of a store opened here: name it with --db", {}});
    auto found = store->sizes();
    if (!found) return fail(found.error());
    sizes = std::move(*found);
  }
  const std::size_t tables = reader.rows() == nullptr ? 0 : reader.rows()->tables().size();
  if (options.place.json) {
    json out{{"releases", counts->releases}, {"claims", counts->claims}, {"events", counts->events}, {"entities", counts->entities}};
    out["recorded"] = recorded->micros == 0 ? json() : json(recorded->to_text());
    if (reader.rows() != nullptr) out["tables"] = tables;
    if (options.disk) out["families"] = sizes_json(sizes);
    fmt::print("{}\n", out.dump());
    return kOk;
  }
  fmt::print("{} releases, {} claims, {} events, {} entities\n", counts->releases, counts->claims, counts->events, counts->entities);
  if (recorded->micros != 0) fmt::print("last recorded {}\n", recorded->to_text());
  if (tables > 0) fmt::print("{} {} loaded\n", tables, tables == 1 ? "table" : "tables");
  if (!sizes.empty()) print_sizes(sizes);
  return kOk;
}

}  // namespace

void add_stats(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("stats", "How much the record holds, and what it takes on disk");
  command->add_flag("--disk", options->disk, "What each kind of rows takes (with --db)");
  add_place_options(*command, options->place);
  command->footer("Example: entente stats --disk --db relations.db");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
