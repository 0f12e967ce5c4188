#include "apps/entente/load_mapped.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <future>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

#include "apps/entente/load_bar.h"
#include "base/clock.h"
#include "importers/line.h"
#include "importers/mapping/mapped_rows.h"
#include "storage/record/bulk_recording.h"

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

using Record = std::function<Result<graph::RecordReport>(const graph::Reading&)>;

// Rows that are worked out while those before them are recorded.
class Loading {
 public:
  Loading(const MappedLoad& options, const importers::TableMapping& mapping, const importers::MappedRows& rows, Record record)
      : options_(options), mapping_(mapping), rows_(rows), record_(std::move(record)), bar_(::isatty(STDERR_FILENO) == 1) {}

  Result<void> load(const fs::path& file) {
    auto reader = importers::open_rows(file, mapping_.layout);
    if (!reader) return reader.error();
    std::uint64_t number = 0;
    std::vector<std::future<Stretch>> ahead;
    std::optional<Error> broken;
    for (bool more = true;;) {
      std::vector<std::future<Stretch>> next;
      for (std::size_t i = 0; more && i < kStretchesAhead; ++i) {
        auto stretch = read_stretch(**reader, broken);
        more = !broken && stretch.size() == kStretchRows;
        if (!stretch.empty()) next.push_back(std::async(std::launch::async, [this, rows = std::move(stretch)]() mutable { return work_out(std::move(rows)); }));
      }
      for (auto& stretch : ahead)
        for (Row& row : stretch.get()) {
          ++number;
          if (auto taken = take(file, row); !taken) return taken;
        }
      if (next.empty()) break;
      bar_.draw({"loading " + file.filename().string(), (*reader)->part(), number});
      ahead = std::move(next);
    }
    bar_.clear();
    return broken ? Result<void>(*broken) : Result<void>();
  }

  const Totals& totals() const { return totals_; }
  void clear() const { bar_.clear(); }

 private:
  static constexpr std::size_t kStretchRows = 128;
  static constexpr std::size_t kStretchesAhead = 2;

  struct Row {
    importers::TableRow cells;
    std::optional<Error> unreadable;
    std::optional<Result<std::optional<graph::Reading>>> read;
  };
  using Stretch = std::vector<Row>;

  // `broken`: why the file cannot be read on.
  static Stretch read_stretch(importers::RowReader& reader, std::optional<Error>& broken) {
    Stretch out;
    while (out.size() < kStretchRows) {
      Row row;
      const auto more = reader.next(row.cells);
      if (more && !*more) break;
      if (!more && more.error().code != ErrorCode::invalid_argument) {
        broken = more.error();
        break;
      }
      if (!more) row.unreadable = more.error();
      out.push_back(std::move(row));
    }
    return out;
  }

  Stretch work_out(Stretch rows) const {
    for (Row& row : rows)
      if (!row.unreadable) row.read = rows_.read(row.cells);
    return rows;
  }

  // Fails where the load ends.
  Result<void> take(const fs::path& file, Row& row) {
    const auto taken = record(row);
    if (taken) return taken;
    if (taken.error().code != ErrorCode::invalid_argument && taken.error().code != ErrorCode::too_large) return taken;
    return note_bad(file, row.cells.line, taken.error());
  }

  Result<void> record(Row& row) {
    if (row.unreadable) return *row.unreadable;
    ++totals_.rows;
    auto& reading = *row.read;
    if (!reading) return reading.error();
    if (!*reading) {
      ++totals_.left_out;
      return {};
    }
    (*reading)->release.fetched = clock_.now();
    const auto report = record_(**reading);
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
  const Record record_;
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
  // Into a store of this process the rows go together; to a server one by one.
  auto bulk = (*source)->store() != nullptr ? storage::record_in_bulk(*(*source)->store()) : nullptr;
  Loading loading(options, *mapping, rows, [&](const graph::Reading& reading) { return bulk ? bulk->record(reading) : (*source)->sink().record(reading); });
  std::optional<Error> stopped;
  for (const fs::path& file : *files)
    if (const auto loaded = loading.load(file); !loaded) {
      stopped = loaded.error().during("loading " + file.string());
      break;
    }
  if (bulk)
    if (auto put = bulk->commit(); !put) return fail(put.error());
  bulk.reset();
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
