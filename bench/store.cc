// How fast a RocksDB store takes generated readings, how much room it takes, and how soon it answers a timeline.
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/readings.h"
#include "bench/stopwatch.h"
#include "importers/lexicon/lexicon.h"
#include "storage/rocks/options.h"
#include "storage/store.h"

namespace entente::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::uint64_t releases = 20'000;
  std::uint64_t synced = 1'000;
  std::uint64_t questions = 5'000;
  std::uint64_t limit = 100;
  std::uint64_t seed = 1;
  std::string db;
  std::string data = ENTENTE_SOURCE "/data";
};

Error io_error(const rocksdb::Status& status) { return {ErrorCode::io, status.ToString(), {}}; }

std::uint64_t bytes_in(const fs::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

// Compacts every family to its last level and prints the room that each takes. The store must be closed.
Result<void> compact(const fs::path& folder) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  if (const auto status = rocksdb::DB::Open(storage::database_options(), (folder / "records").string(),
                                            storage::family_descriptors(), &handles, &raw);
      !status.ok())
    return io_error(status);
  const std::unique_ptr<rocksdb::DB> db(raw);
  rocksdb::CompactRangeOptions everything;
  everything.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  rocksdb::Status status;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    if (status.ok()) status = db->CompactRange(everything, handle, nullptr, nullptr);
    std::uint64_t bytes = 0;
    std::uint64_t keys = 0;
    db->GetIntProperty(handle, rocksdb::DB::Properties::kTotalSstFilesSize, &bytes);
    db->GetIntProperty(handle, rocksdb::DB::Properties::kEstimateNumKeys, &keys);
    if (bytes > 0)
      fmt::print("  {:<16} {:>10} rows {:>9.2f} MB {:>8.1f} bytes a row\n", handle->GetName(), keys,
                 static_cast<double>(bytes) / 1e6,
                 static_cast<double>(bytes) / static_cast<double>(std::max<std::uint64_t>(keys, 1)));
    db->DestroyColumnFamilyHandle(handle);
  }
  const auto closed = db->Close();
  if (!status.ok()) return io_error(status);
  if (!closed.ok()) return io_error(closed);
  return {};
}

struct Imported {
  std::uint64_t events = 0;
  std::uint64_t text_bytes = 0;
};

Result<Imported> import(storage::Store& store, const Options& options, std::uint64_t first, std::uint64_t count,
                        const char* how) {
  const ReadingGenerator generator(options.seed);
  Imported imported;
  double recording = 0;  // without the time that drawing the readings takes
  for (std::uint64_t i = first; i < first + count; ++i) {
    const graph::Reading reading = generator.reading(i);
    imported.text_bytes += reading.release.text.size();
    const Stopwatch watch;
    const auto report = store.record(reading);
    recording += watch.seconds();
    if (!report) return report.error();
    imported.events += report->events_new;
  }
  fmt::print("{:<8} {} releases in {:.1f} s: {:.0f} releases/s, {:.0f} events/s\n", how, count, recording,
             static_cast<double>(count) / recording, static_cast<double>(imported.events) / recording);
  return imported;
}

double percentile(const std::vector<double>& sorted, double part) {
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(part * static_cast<double>(sorted.size())))];
}

// Asks for the timelines of states or pairs of states, drawn as unevenly as the readings, and prints how long they
// take.
Result<void> ask(storage::Store& store, const Options& options, bool pairs) {
  std::vector<double> times;
  std::uint64_t rows = 0;
  for (std::uint64_t i = 0; i < options.questions; ++i) {
    graph::TimelineQuery query;
    query.limit = options.limit;
    query.left = {ReadingGenerator::state(mixed(2 * i))};
    if (pairs) query.right = {ReadingGenerator::state(mixed(2 * i + 1))};
    if (query.left == query.right) continue;
    const Stopwatch watch;
    const auto reader = store.snapshot();
    if (!reader) return reader.error();
    const auto cursor = (*reader)->timeline(query);
    if (!cursor) return cursor.error();
    while (true) {
      const auto event = (*cursor)->next();
      if (!event) return event.error();
      if (!*event) break;
      ++rows;
    }
    times.push_back(watch.seconds());
  }
  std::sort(times.begin(), times.end());
  fmt::print(
      "timeline of {:<6} newest {} of them: p50 {:.3f} ms, p95 {:.3f} ms, p99 {:.3f} ms; {:.1f} events an answer, {} "
      "questions\n",
      pairs ? "two," : "one,", options.limit, percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000,
      percentile(times, 0.99) * 1000, static_cast<double>(rows) / static_cast<double>(times.size()), times.size());
  return {};
}

Result<std::unique_ptr<storage::Store>> open_store(const fs::path& folder, storage::Durability durability,
                                                   Clock& clock) {
  storage::StoreOptions options;
  options.durability = durability;
  options.holder = "bench_store";
  return storage::Store::open(folder, options, clock);
}

Result<void> measure(const Options& options, const fs::path& folder) {
  SystemClock clock;
  const auto lexicon = importers::Lexicon::load(options.data);
  if (!lexicon) return lexicon.error();
  Imported all;
  for (const bool synced : {true, false}) {
    auto store = open_store(folder, synced ? storage::Durability::synced : storage::Durability::relaxed, clock);
    if (!store) return store.error();
    if (auto put = (*store)->put_gazetteer(lexicon->entities(), lexicon->version()); !put) return put;
    const auto imported = import(**store, options, synced ? 0 : options.synced,
                                 synced ? options.synced : options.releases, synced ? "synced" : "relaxed");
    if (!imported) return imported.error();
    all.events += imported->events;
    all.text_bytes += imported->text_bytes;
    if (auto closed = (*store)->close(); !closed) return closed;
  }
  if (auto compacted = compact(folder); !compacted) return compacted;
  const auto bytes = static_cast<double>(bytes_in(folder));
  const auto releases = static_cast<double>(options.releases + options.synced);
  fmt::print(
      "{:.1f} MB on disk: {:.0f} bytes a release, {:.0f} an event; the texts alone were {:.0f} bytes a release\n",
      bytes / 1e6, bytes / releases, bytes / static_cast<double>(all.events),
      static_cast<double>(all.text_bytes) / releases);
  const auto store = open_store(folder, storage::Durability::relaxed, clock);
  if (!store) return store.error();
  for (const bool pairs : {true, false})
    if (auto asked = ask(**store, options, pairs); !asked) return asked;
  return (*store)->close();
}

int run(Options options) {
  const bool own_folder = options.db.empty();
  if (own_folder) options.db = (fs::temp_directory_path() / fmt::format("entente-bench-{}", ::getpid())).string();
  const auto measured = measure(options, options.db);
  std::error_code ignored;
  if (own_folder) fs::remove_all(options.db, ignored);
  if (measured) return 0;
  fmt::print(stderr, "bench_store: {}\n", measured.error().to_text());
  return 1;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  entente::bench::Options options;
  CLI::App program{"Measures a RocksDB store with generated readings", "bench_store"};
  program.add_option("--releases", options.releases, "How many are imported without waiting for the disk (20000)");
  program.add_option("--synced", options.synced, "How many are imported before, each durable when acknowledged (1000)");
  program.add_option("--questions", options.questions, "How many timelines are asked for (5000)");
  program.add_option("--limit", options.limit, "Events of each timeline (100)");
  program.add_option("--seed", options.seed, "Draws other readings (1)");
  program.add_option("--db", options.db, "A folder that stays; else one under the temporary folder that is removed");
  program.add_option("--data", options.data, "Folder of lexicon and gazetteer");
  CLI11_PARSE(program, argc, argv);
  return entente::bench::run(std::move(options));
}
