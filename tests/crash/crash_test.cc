// A writer is killed, at moments drawn by chance and at named places (base/kill_point.h); then the store opens, agrees with
// itself, and holds what was acknowledged and nothing else: it answers as the store in memory does to which the same steps
// were told. What was under way when it died is there whole, or not at all.
//   ENTENTE_KILLS=5000 build/dev/tests/crash/crash_test      kills so often (220); ENTENTE_SEED gives back a run
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/utilities/options_util.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>

#include "storage/care/check.h"
#include "tests/crash/victim.h"
#include "tests/crash/work.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace fs = std::filesystem;

namespace {

int number_from(const char* name, int otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

constexpr int kKillsUsual = 220;
// This test's part of all kills.
int part_of_kills(int usual) { return std::max(1, number_from("ENTENTE_KILLS", kKillsUsual) * usual / kKillsUsual); }
std::uint32_t seed_of_run() { return static_cast<std::uint32_t>(number_from("ENTENTE_SEED", 1)); }

// In memory where there is such a place, so that thousands of stores cost no disk.
class CrashFolder {
 public:
  CrashFolder() {
    std::string pattern = (fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) / "entente-crash-XXXXXX";
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~CrashFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  CrashFolder(const CrashFolder&) = delete;
  CrashFolder& operator=(const CrashFolder&) = delete;
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::unique_ptr<storage::Store> open(const fs::path& folder, Clock& clock) {
  auto store = storage::Store::open(folder, {true, storage::Durability::relaxed, "a test"}, clock);
  INFO((store.ok() ? std::string() : store.error().to_text()));
  REQUIRE(store.ok());
  return std::move(*store);
}

void agrees(storage::Store& store) {
  const auto report = storage::check(store);
  INFO((report.ok() ? std::string() : report.error().to_text()));
  REQUIRE(report.ok());
  for (const auto& one : report->shown) UNSCOPED_INFO(one.family << " " << one.row << " " << one.what);
  REQUIRE(report->agrees());
}

RecordedTime recorded(storage::Store& store) { return store.snapshot().value()->recorded().value(); }
std::string answers(storage::Store& store, std::uint64_t up_to) { return all_answers(*store.snapshot().value(), spoken_of(up_to)); }

// A store on disk that writers die over, and the steps that it acknowledged, in memory.
class Pair {
 public:
  Pair(const fs::path& folder, std::uint32_t seed, Steps steps) : folder_(folder), seed_(seed), steps_(steps), twin_(storage::Store::in_memory(clock_)) {}

  const fs::path& folder() const { return folder_; }
  std::uint64_t next() const { return next_; }

  Death die(const HowToDie& how, std::uint64_t most) {
    Death death = run_writer(folder_, seed_, next_, next_ + most - 1, how);
    for (const std::uint64_t step : death.done) repeat(step);
    if (!death.done.empty()) next_ = death.done.back() + 1;
    if (!death.copied.empty()) next_ = std::max(next_, death.copied.back() + 1);
    return death;
  }

  void compare(const Death& death) {
    const auto store = open(folder_, clock_);
    agrees(*store);
    if (death.begun) {
      if (recorded(*twin_) < recorded(*store)) repeat(*death.begun);
      next_ = *death.begun + 1;
    }
    REQUIRE(answers(*store, next_) == answers(*twin_, next_));
    // What pulling remembers stands there exactly when the release does.
    for (const std::uint64_t step : death.done)
      REQUIRE(store->find_state(kWorkSource, std::to_string(step)).value() == twin_->find_state(kWorkSource, std::to_string(step)).value());
  }

  void repeat(std::uint64_t step) {
    const auto done = take_step(*twin_, clock_, seed_, step, steps_);
    INFO((done.ok() ? std::string() : done.error().to_text()));
    REQUIRE(done.ok());
  }

  storage::Store& twin() { return *twin_; }
  WorkClock& clock() { return clock_; }
  void set_next(std::uint64_t next) { next_ = next; }

 private:
  fs::path folder_;
  std::uint32_t seed_;
  Steps steps_;
  WorkClock clock_;
  std::unique_ptr<storage::Store> twin_;
  std::uint64_t next_ = 1;
};

constexpr std::uint64_t kStepsMost = 40;  // of one writer

}  // namespace

TEST_CASE("whatever moment a writer dies at, alone or with the power, what it acknowledged is there and nothing else") {
  const int kills = part_of_kills(130);
  const std::uint32_t seed = seed_of_run();
  CAPTURE(kills, seed);
  std::mt19937 random(seed);
  constexpr std::array kPoints = {"batch.begin",  "batch.written", "batch.synced", "flush.begin",  "flush.job", "flush.file", "flush.done",
                                  "flush.end", "ingest.begin", "ingest.file",  "ingest.end",   "seal.written", "seal.renamed"};
  constexpr int kDeathsOfOneStore = 12;
  constexpr long kMicrosMost = 250'000;
  std::map<std::string, int> died;
  int killed = 0;
  for (std::uint32_t nth = 0; killed < kills; ++nth) {
    REQUIRE(nth < static_cast<std::uint32_t>(kills));
    const CrashFolder folder;
    Pair pair(folder / "store", seed * 1000 + nth, Steps::all);
    for (int death = 0; death < kDeathsOfOneStore && killed < kills; ++death) {
      HowToDie how;
      how.power_goes = random() % 2 == 0;
      if (random() % 2 == 0) {
        how.micros = 1 + static_cast<long>(random() % kMicrosMost);
      } else {
        // A store is made once: there is one chance to die over it.
        const char* const point = kPoints[random() % (death == 0 ? kPoints.size() : kPoints.size() - 2)];
        how.point = fmt::format("{}:{}", point, 1 + random() % (std::string(point).starts_with("batch") ? 20 : 2));
      }
      CAPTURE(nth, death, how.point, how.micros, how.power_goes);
      const Death dead = pair.die(how, kStepsMost);
      if (dead.killed) ++killed, ++died[how.point.empty() ? "by the clock" : how.point.substr(0, how.point.find(':'))];
      pair.compare(dead);
    }
  }
  for (const auto& [where, times] : died) std::cout << times << " killed: " << where << '\n';
  constexpr int kEnoughForAll = 100;
  if (kills < kEnoughForAll) return;
  for (const char* const point : {"by the clock", "batch.written", "batch.synced", "flush.job", "ingest.begin", "ingest.file"}) CHECK(died[point] > 0);
}

TEST_CASE("a copy that was acknowledged survives a death while the next one is made, and so does the store") {
  const int kills = part_of_kills(30);
  const std::uint32_t seed = seed_of_run();
  CAPTURE(kills, seed);
  std::mt19937 random(seed);
  constexpr std::array kPoints = {"backup.begin", "backup.copying", "backup.copied", "seal.written", "seal.renamed"};
  constexpr int kDeathsOfOneStore = 6;
  int killed = 0;
  for (std::uint32_t nth = 0; killed < kills; ++nth) {
    REQUIRE(nth < static_cast<std::uint32_t>(kills));
    const CrashFolder folder;
    Pair pair(folder / "store", seed * 2000 + nth, Steps::all);
    std::optional<RecordedTime> copied;
    for (int death = 0; death < kDeathsOfOneStore && killed < kills; ++death) {
      HowToDie how;
      how.mode = "backup";
      how.power_goes = random() % 2 == 0;
      const std::string point = kPoints[random() % kPoints.size()];
      how.point = fmt::format("{}:{}", point, 1 + random() % (point == "backup.copying" ? 40 : 3));
      CAPTURE(nth, death, how.point, how.power_goes);
      // Told to the twin as far as the last copy, which then is what must be restored at least.
      const RecordedTime before = recorded(pair.twin());
      const Death dead = pair.die(how, kStepsMost);
      if (dead.killed) ++killed;
      pair.compare(dead);
      if (!dead.copied.empty()) {
        std::uint64_t last_before_copy = 0;
        for (const std::uint64_t step : dead.done)
          if (step < dead.copied.back()) last_before_copy = step;
        WorkClock then;
        then.set(last_before_copy);
        copied = last_before_copy == 0 ? before : std::min(then.now(), recorded(pair.twin()));
      }
      if (!copied) continue;
      const fs::path copies = folder / "store.copies";
      const fs::path again = folder / fmt::format("again{}", death);
      const auto restored = storage::Store::restore(copies, again);
      INFO((restored.ok() ? std::string() : restored.error().to_text()));
      REQUIRE(restored.ok());
      const auto store = open(again, pair.clock());
      agrees(*store);
      // Steps that change nothing (flushes) have times, too, and leave none.
      constexpr std::int64_t kStepsWithoutTime = 3'000'000;
      CHECK(recorded(*store).micros >= copied->micros - kStepsWithoutTime);
    }
  }
}

TEST_CASE("a store of format 1 that dies while it is brought up is brought up by the next, and answers as before") {
  const int kills = part_of_kills(20);
  const std::uint32_t seed = seed_of_run();
  CAPTURE(kills, seed);
  std::mt19937 random(seed);
  constexpr std::array kPoints = {"migrate.families", "seal.written", "seal.renamed"};
  int killed = 0;
  for (std::uint32_t nth = 0; killed < kills; ++nth) {
    REQUIRE(nth < static_cast<std::uint32_t>(2 * kills));
    const CrashFolder folder;
    Pair pair(folder / "store", seed * 3000 + nth, Steps::releases_only);
    {
      const auto store = open(pair.folder(), pair.clock());
      for (std::uint64_t step = 1; step <= 12; ++step) {
        REQUIRE(take_step(*store, pair.clock(), seed * 3000 + nth, step, Steps::releases_only).ok());
        pair.repeat(step);
      }
    }
    // As format 1 left it: without the families that came later.
    {
      rocksdb::DBOptions options;
      std::vector<rocksdb::ColumnFamilyDescriptor> families;
      std::vector<std::string> names;
      const std::string records = (pair.folder() / "records").string();
      REQUIRE(rocksdb::DB::ListColumnFamilies(options, records, &names).ok());
      for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
      // The prefixes of filters are part of how a family was made.
      REQUIRE(rocksdb::LoadLatestOptions(rocksdb::ConfigOptions(), records, &options, &families).ok());
      std::vector<rocksdb::ColumnFamilyHandle*> handles;
      rocksdb::DB* db = nullptr;
      REQUIRE(rocksdb::DB::Open(options, records, families, &handles, &db).ok());
      const std::unique_ptr<rocksdb::DB> owner(db);
      for (auto* const handle : handles) {
        if (handle->GetName().starts_with("load") || handle->GetName() == "corrections") REQUIRE(db->DropColumnFamily(handle).ok());
        REQUIRE(db->DestroyColumnFamilyHandle(handle).ok());
      }
      std::ofstream(pair.folder() / "FORMAT") << "entente store\nformat 1\n";
    }
    HowToDie how;
    how.mode = "open";
    how.power_goes = random() % 2 == 0;
    if (random() % 3 == 0) how.micros = 1 + static_cast<long>(random() % 60'000);
    else how.point = kPoints[random() % kPoints.size()];
    CAPTURE(nth, how.point, how.micros, how.power_goes);
    const Death dead = run_writer(pair.folder(), seed, 100, 100, how);
    if (dead.killed) ++killed;
    pair.set_next(13);
    pair.compare({});
  }
}

TEST_CASE("what several writers were acknowledged at one time is there, though they waited for one sync together") {
  const int kills = part_of_kills(40);
  const std::uint32_t seed = seed_of_run();
  CAPTURE(kills, seed);
  std::mt19937 random(seed);
  WorkClock clock;
  int killed = 0;
  for (std::uint32_t nth = 0; killed < kills; ++nth) {
    REQUIRE(nth < static_cast<std::uint32_t>(2 * kills));
    const CrashFolder folder;
    HowToDie how;
    how.mode = "threads";
    how.power_goes = random() % 4 != 0;
    if (random() % 2 == 0) how.micros = 20'000 + static_cast<long>(random() % 200'000);
    else how.point = fmt::format("batch.{}:{}", random() % 2 == 0 ? "written" : "synced", 1 + random() % 60);
    CAPTURE(nth, how.point, how.micros, how.power_goes);
    const Death dead = run_writer(folder / "store", seed, 1, 400, how);
    if (dead.killed) ++killed;
    const auto store = open(folder / "store", clock);
    agrees(*store);
    const auto reader = store->snapshot().value();
    for (const std::uint64_t step : dead.done) {
      const auto id = graph::release_id(fmt::format("https://example.org/threads/{}", step), {});
      CAPTURE(step);
      REQUIRE(reader->find_release(id).value().has_value());
    }
  }
}

TEST_CASE("a relaxed writer's acknowledged steps can go with the power, and stay when it dies alone") {
  if (!power_can_go()) return;
  WorkClock clock;
  HowToDie how;
  how.mode = "threads";  // never flushes
  how.relaxed = true;
  how.point = "batch.begin:30";
  for (const bool power_goes : {false, true}) {
    const CrashFolder folder;
    how.power_goes = power_goes;
    const Death dead = run_writer(folder / "store", 1, 1, 400, how);
    REQUIRE(dead.killed);
    REQUIRE(dead.done.size() > 10);
    const auto store = open(folder / "store", clock);
    agrees(*store);
    const auto counts = store->snapshot().value()->counts().value();
    if (power_goes) CHECK(counts.releases < dead.done.size());
    else CHECK(counts.releases >= dead.done.size());
  }
}
