// How many releases a second several writers record through the store, each durable when acknowledged, beside what the
// disk allows: synced writes of as many bytes into a bare RocksDB by as many threads, which share their syncs, and the
// syncs of one file in a row.
#include <fcntl.h>
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "bench/readings.h"
#include "bench/stopwatch.h"
#include "storage/store.h"

namespace entente::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::size_t writers = 8;
  std::uint64_t releases = 4000;
  std::size_t bytes = 8192;
  std::uint64_t seed = 1;
  std::string folder;
  bool alone = false;
};

struct Rate {
  double a_second = 0;
  double processor_ms = 0;  // of each, on all threads: what is left to compare where other work takes turns
};

// What all writers did together. write(n) is called for each number once.
template <class Write>
Rate rate(std::size_t writers, std::uint64_t count, Write write) {
  std::atomic<std::uint64_t> next{0};
  const CpuStopwatch worked;
  const Stopwatch watch;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < writers; ++i)
    threads.emplace_back([&] {
      for (std::uint64_t n = next++; n < count; n = next++) write(n);
    });
  for (std::thread& thread : threads) thread.join();
  const double seconds = watch.seconds();
  return {static_cast<double>(count) / seconds, 1000 * worked.seconds() / static_cast<double>(count)};
}

Rate bare_syncs(const fs::path& file, std::size_t bytes) {
  const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  ENTENTE_CHECK(opened >= 0, "cannot write {}", file.string());
  const std::string block(bytes, 'x');
  constexpr std::uint64_t kSyncs = 500;
  const Rate found = rate(1, kSyncs, [&](std::uint64_t) {
    ENTENTE_CHECK(::write(opened, block.data(), block.size()) == static_cast<ssize_t>(block.size()), "cannot write");
    ENTENTE_CHECK(::fdatasync(opened) == 0, "cannot sync");
  });
  ::close(opened);
  return found;
}

Rate bare_rocksdb(const fs::path& folder, const Options& options) {
  rocksdb::Options opening;
  opening.create_if_missing = true;
  rocksdb::DB* raw = nullptr;
  ENTENTE_CHECK(rocksdb::DB::Open(opening, folder.string(), &raw).ok(), "cannot open {}", folder.string());
  const std::unique_ptr<rocksdb::DB> db(raw);
  constexpr std::size_t kRows = 40;
  return rate(options.writers, options.releases, [&](std::uint64_t n) {
    rocksdb::WriteBatch batch;
    std::uint64_t random = n;
    for (std::size_t i = 0; i < kRows; ++i) {
      random = mixed(random + i);
      std::string value;
      while (value.size() < options.bytes / kRows) value += fmt::format("{:016x}", random = mixed(random));
      ENTENTE_CHECK(batch.Put(fmt::format("{:016x}", random), value).ok(), "no room in a batch");
    }
    rocksdb::WriteOptions writing;
    writing.sync = true;
    ENTENTE_CHECK(db->Write(writing, &batch).ok(), "cannot write {}", folder.string());
  });
}

Rate ours(const fs::path& folder, const Options& options) {
  SystemClock clock;
  auto store = storage::Store::open(folder, {true, storage::Durability::synced, "bench_durable"}, clock);
  ENTENTE_CHECK(store.ok(), "{}", store.error().to_text());
  const ReadingGenerator generator(options.seed);
  std::vector<graph::Reading> readings;
  for (std::uint64_t n = 0; n < options.releases; ++n) readings.push_back(generator.reading(n));
  return rate(options.writers, options.releases, [&](std::uint64_t n) {
    const auto report = (*store)->record(readings[n]);
    ENTENTE_CHECK(report.ok(), "{}", report.error().to_text());
  });
}

int run(const Options& options) {
  const fs::path folder = options.folder.empty() ? fs::temp_directory_path() / fmt::format("entente-durable-{}", ::getpid())
                                                 : fs::path(options.folder);
  fs::create_directories(folder);
  if (options.alone) {
    const Rate found = ours(folder / "store", options);
    fmt::print("{} writers  {:8.0f} releases recorded a second; of processors {:.2f} ms a release\n", options.writers, found.a_second, found.processor_ms);
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return 0;
  }
  fmt::print("one file    {:8.0f} syncs a second in a row\n", bare_syncs(folder / "syncs", options.bytes).a_second);
  for (const std::size_t writers : {std::size_t{1}, options.writers}) {
    Options some = options;
    some.writers = writers;
    const Rate allowed = bare_rocksdb(folder / fmt::format("rocksdb-{}", writers), some);
    const Rate found = ours(folder / fmt::format("store-{}", writers), some);
    fmt::print("{} writer{}   {:8.0f} synced writes a second of {} bytes in a bare RocksDB; {:.0f} releases recorded: {:.0f} %; of processors {:.2f} ms a write, "
               "{:.2f} ms a release\n",
               writers, writers == 1 ? " " : "s", allowed.a_second, options.bytes, found.a_second, 100 * found.a_second / allowed.a_second,
               allowed.processor_ms, found.processor_ms);
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return 0;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  entente::bench::Options options;
  CLI::App program{"Measures durable recording by several writers beside what the disk allows", "bench_durable"};
  program.add_option("--writers", options.writers, "How many write at a time (8)")->check(CLI::Range(1, 256));
  program.add_option("--releases", options.releases, "How many each way records (4000)");
  program.add_option("--bytes", options.bytes, "Of a write into the bare RocksDB (8192)");
  program.add_option("--seed", options.seed, "Draws other readings (1)");
  program.add_option("--folder", options.folder, "Where to write: on the disk that is meant; removed afterwards");
  program.add_flag("--alone", options.alone, "Records with so many writers and nothing else: for a profiler");
  CLI11_PARSE(program, argc, argv);
  return entente::bench::run(options);
}
