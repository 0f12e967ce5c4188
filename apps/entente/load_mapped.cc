#include "apps/entente/load_mapped.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "apps/entente/load_bar.h"
#include "base/clock.h"
#include "importers/line.h"
#include "importers/mapping/mapped_rows.h"

namespace entente::app {
namespace {

namespace fs = std::filesystem;

fs::path mapping_file(const MappedLoad& options) {
  if (options.mapping.find('/') != std::string::npos || options.mapping.ends_with(".yaml")) return options.mapping;
  return data_folder(options.place) / "mappings" / (options.mapping + ".yaml");
}

// A folder stands for the files in it, in the order of their names.
Result<std::vector<fs::path>> files_of(const std::vector<std::string>& tables) {
  std::vector<fs::path> files;
  for (const std::string& table : tables) {
    std::error_code code;
    if (!fs::is_directory(table, code)) {
      files.emplace_back(table);
      continue;
    }
    const std::size_t before = files.size();
    for (fs::directory_iterator at(table, code); !code && at != fs::directory_iterator(); at.increment(code))
      if (at->is_regular_file() && !at->path().filename().string().starts_with('.')) files.push_back(at->path());
    if (code) return Error{ErrorCode::permission, fmt::format("{}: {}", table, code.message()), {}};
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end());
  }
  if (files.empty()) return Error{ErrorCode::invalid_argument, "no table to load: name files or folders", {}};
  return files;
}

struct Totals {
  std::uint64_t rows = 0;
  std::uint64_t fresh = 0;
  std::uint64_t revised = 0;
  std::uint64_t known = 0;
  std::uint64_t left_out = 0;
  std::uint64_t bad = 0;
  std::uint64_t claims = 0;
  std::uint64_t events = 0;
};

class Loading {
 public:
  Loading(const MappedLoad& options, const importers::TableMapping& mapping, const importers::MappedRows& rows, Source& source)
      : options_(options), mapping_(mapping), rows_(rows), source_(source), bar_(::isatty(STDERR_FILENO) == 1) {}

  Result<void> load(const fs::path& file) {
    auto reader = importers::open_rows(file, mapping_.layout);
    if (!reader) return reader.error();
    importers::TableRow row;
    for (std::uint64_t number = 1;; ++number) {
      const auto more = (*reader)->next(row);
      if (more && !*more) break;
      if (!more && more.error().code != ErrorCode::invalid_argument) return more.error();
      const auto taken = more ? take(row) : Result<void>(more.error());
      if (!taken) {
        if (taken.error().code != ErrorCode::invalid_argument) return taken.error();
        if (const auto noted = note_bad(file, row.line, taken.error()); !noted) return noted.error();
      }
      if (number % kDrawEvery == 0) bar_.draw({"reading " + file.filename().string(), (*reader)->part(), number});
    }
    bar_.clear();
    return {};
  }

  const Totals& totals() const { return totals_; }
  void clear() const { bar_.clear(); }

 private:
  static constexpr std::uint64_t kDrawEvery = 64;

  Result<void> take(const importers::TableRow& row) {
    ++totals_.rows;
    auto reading = rows_.read(row);
    if (!reading) return reading.error();
    if (!*reading) {
      ++totals_.left_out;
      return {};
    }
    (*reading)->release.fetched = clock_.now();
    const auto report = source_.sink().record(**reading);
    if (!report) return report.error();
    ++(report->outcome == graph::Outcome::fresh ? totals_.fresh : report->outcome == graph::Outcome::revised ? totals_.revised : totals_.known);
    totals_.claims += report->claims;
    totals_.events += report->events_new;
    return {};
  }

  Result<void> note_bad(const fs::path& file, std::uint64_t line, const Error& error) {
    bar_.clear();
    fmt::print(stderr, "entente: {}:{}: {}\n", file.string(), line, error.message);
    if (++totals_.bad <= options_.errors_max) return {};
    return Error{ErrorCode::invalid_argument,
                 fmt::format("more than {} bad rows: what stands before is recorded, and loading again goes on; mend the table or the mapping, or give a larger --max-errors", options_.errors_max),
                 {}};
  }

  const MappedLoad& options_;
  const importers::TableMapping& mapping_;
  const importers::MappedRows& rows_;
  Source& source_;
  SystemClock clock_;
  Bar bar_;
  Totals totals_;
};

void print(const MappedLoad& options, const Totals& totals) {
  if (options.place.json)
    fmt::print("{}\n", nlohmann::json{{"rows", totals.rows},
                                      {"new", totals.fresh},
                                      {"revised", totals.revised},
                                      {"known", totals.known},
                                      {"left_out", totals.left_out},
                                      {"bad_rows", totals.bad},
                                      {"claims", totals.claims},
                                      {"events", totals.events}}
                           .dump());
  else
    fmt::print("{} rows: {} new, {} revised, {} known, {} left out; {} bad rows; {} claims, {} new events{}\n", totals.rows, totals.fresh, totals.revised,
               totals.known, totals.left_out, totals.bad, totals.claims, totals.events, totals.fresh + totals.revised == 0 ? "; nothing changed" : "");
}

}  // namespace

int load_mapped(const MappedLoad& options) {
  const auto mapping = importers::load_mapping(mapping_file(options));
  if (!mapping) return fail(mapping.error());
  const auto files = files_of(options.tables);
  if (!files) return fail(files.error());
  auto lexicon = load_lexicon(options.place);
  if (!lexicon) return fail(lexicon.error());
  auto source = Source::open(options.place, true, "entente load");
  if (!source) return fail(source.error());
  if (storage::Store* store = (*source)->store())
    if (auto put = store->put_gazetteer(lexicon->entities(), lexicon->version()); !put) return fail(put.error());
  const importers::TextLine line(*lexicon);
  const importers::MappedRows rows(*mapping, *lexicon, line);
  Loading loading(options, *mapping, rows, **source);
  std::optional<Error> stopped;
  for (const fs::path& file : *files)
    if (const auto loaded = loading.load(file); !loaded) {
      stopped = loaded.error().during("loading " + file.string());
      break;
    }
  loading.clear();
  if (storage::Store* store = (*source)->store())
    if (auto closed = store->close(); !closed) return fail(closed.error());
  const Totals& totals = loading.totals();
  if (!stopped || totals.rows > 0) print(options, totals);
  if (stopped) {
    const int code = fail(*stopped);
    return totals.fresh + totals.revised + totals.known > 0 ? kPartial : code;
  }
  return totals.bad == 0 ? kOk : kPartial;
}

}  // namespace entente::app
