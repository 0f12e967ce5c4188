// Disks that are full, cannot be written or lose bytes: each is told with what is lost and what to do, and what can be
// read is read.
#include <sys/mount.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "storage/care/check.h"
#include "storage/care/dump.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace fs = std::filesystem;

namespace {

Result<std::unique_ptr<storage::Store>> try_open(const fs::path& folder, Clock& clock) {
  return storage::Store::open(folder, {true, storage::Durability::synced, "a test"}, clock);
}

std::unique_ptr<storage::Store> open(const fs::path& folder, Clock& clock) {
  auto store = try_open(folder, clock);
  INFO((store.ok() ? std::string() : store.error().to_text()));
  REQUIRE(store.ok());
  return std::move(*store);
}

void agrees(storage::Store& store) {
  const auto report = storage::check(store);
  INFO((report.ok() ? std::string() : report.error().to_text()));
  REQUIRE(report.ok());
  CHECK(report->agrees());
}

std::string answers(storage::Store& store) { return all_answers(*store.snapshot().value(), random_entities()); }

void says(const Error& error, ErrorCode code, const std::vector<std::string>& words) {
  INFO(error.to_text());
  CHECK(error.code == code);
  for (const auto& word : words) CHECK(error.message.find(word) != std::string::npos);
}

// A file system of its own size, in memory.
class SmallDisk {
 public:
  explicit SmallDisk(const fs::path& at) : at_(at) {
    fs::create_directories(at);
    mounted_ = ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=6m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  // Only root mounts, and not in every container.
  bool there() const {
    if (!mounted_) std::cout << "SKIPPED: no file system can be mounted here, which a full disk and one that cannot be written need\n";
    return mounted_;
  }
  void change(unsigned long flags, const char* options) { REQUIRE(::mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT | flags, options) == 0); }

 private:
  fs::path at_;
  bool mounted_ = false;
};

// A byte in the middle of a file becomes another.
void flip(const fs::path& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto middle = static_cast<std::streamoff>(fs::file_size(path) / 3);
  file.seekg(middle);
  const char byte = static_cast<char>(file.get());
  file.seekp(middle);
  file.put(static_cast<char>(byte ^ 0x55));
  REQUIRE(file.flush().good());
}

std::string bytes_of(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

std::vector<fs::path> files_of(const fs::path& store, std::string_view ending) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(store / "records"))
    if (entry.path().extension() == ending) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

// A store that is open: of what is being thrown away meanwhile nothing is needed.
// A copy between whose ends files came or went is made again: it would hold a list of files that it lacks.
void copy_open(const fs::path& store, const fs::path& to) {
  const auto files = files_of(store, ".sst");
  fs::remove_all(to);
  fs::create_directories(to / "records");
  for (const auto& entry : fs::recursive_directory_iterator(store)) {
    if (!entry.is_regular_file()) continue;
    std::error_code gone;
    fs::copy_file(entry.path(), to / fs::relative(entry.path(), store), gone);
    REQUIRE((!gone || gone == std::errc::no_such_file_or_directory));
  }
  if (files_of(store, ".sst") != files) copy_open(store, to);
}

// A release with a text that no compression makes short.
graph::Reading long_reading(std::uint32_t seed) {
  auto reading = draw("FR --visit 2023-04-05--> CN").at(0);
  reading.release.url = "https://example.org/long/" + std::to_string(seed);
  reading.release.id = {};
  std::uint32_t state = seed * 2654435761U + 1;
  constexpr std::size_t kBytes = 200'000;
  for (std::size_t i = 0; i < kBytes; ++i) {
    state = state * 1664525U + 1013904223U;
    reading.release.text.push_back(static_cast<char>('!' + (state >> 24U) % 90));
  }
  return reading;
}

}  // namespace

TEST_CASE("a full disk is told, what was acknowledged is kept, and with room it goes on, in the same process and the next") {
  const TempFolder folder;
  SmallDisk disk(folder / "disk");
  if (!disk.there()) return;
  StepClock clock;
  const fs::path db = folder / "disk/store";
  std::vector<graph::ReleaseId> kept;
  const auto all_kept = [&](storage::Store& store) {
    const auto reader = store.snapshot().value();
    for (const auto& id : kept) REQUIRE(reader->find_release(id).value().has_value());
  };
  std::uint32_t seed = 0;
  // Records until there is no room.
  const auto fill = [&](storage::Store& store) {
    constexpr std::uint32_t kMost = 200;
    while (++seed < kMost) {
      const auto report = store.record(long_reading(seed));
      if (!report) {
        says(report.error(), ErrorCode::io, {db.string(), "room", "try again", "kept"});
        return;
      }
      kept.push_back(report->release);
    }
    FAIL("the disk was never full");
  };
  {
    const auto store = open(db, clock);
    fill(*store);
    REQUIRE(kept.size() > 5);
    all_kept(*store);
    // Still full: told again, in the same words.
    const auto again = store->record(long_reading(1000));
    REQUIRE_FALSE(again.ok());
    says(again.error(), ErrorCode::io, {"room"});
    all_kept(*store);
    disk.change(0, "size=12m");
    const auto report = store->record(long_reading(1001));
    INFO((report.ok() ? std::string() : report.error().to_text()));
    REQUIRE(report.ok());
    kept.push_back(report->release);
    agrees(*store);
    fill(*store);
  }
  disk.change(0, "size=64m");
  const auto store = open(db, clock);
  all_kept(*store);
  agrees(*store);
  REQUIRE(store->record(long_reading(1002)).ok());
}

TEST_CASE("a disk that cannot be written is told, and what is on it stays as it is") {
  const TempFolder folder;
  SmallDisk disk(folder / "disk");
  if (!disk.there()) return;
  StepClock clock;
  const fs::path db = folder / "disk/store";
  std::string then;
  {
    const auto store = open(db, clock);
    record(*store, random_readings(3, 10));
    then = answers(*store);
  }
  disk.change(MS_RDONLY, "size=6m");
  const auto refused = try_open(db, clock);
  REQUIRE_FALSE(refused.ok());
  says(refused.error(), ErrorCode::permission, {"Read-only", "rights"});
  disk.change(0, "size=6m");
  const auto store = open(db, clock);
  CHECK(answers(*store) == then);
}

namespace {

struct Met {
  int met = 0;                // that something cannot be read
  int answered = 0;
  std::size_t of_others = 0;  // files whose rows are made again from a dump
};

// A store that one file of was harmed: it is told by who meets it and by check, and others answer. `then`: the answers of
// the store before.
void with_one_file_harmed(const fs::path& copy, const std::string& file, const std::string& then, Clock& clock, Met& out) {
  auto opened = try_open(copy, clock);
  // What the opening itself reads (the last commit, the loads) is met there.
  if (!opened) {
    says(opened.error(), ErrorCode::corrupt, {copy.string(), file});
    ++out.met;
    return;
  }
  const auto report = storage::check(**opened);
  INFO((report.ok() ? std::string() : report.error().to_text()));
  REQUIRE(report.ok());
  REQUIRE(report->disagreements == 1);
  CHECK(report->shown[0].row == file);
  INFO(report->shown[0].family << " " << report->shown[0].what);
  CHECK(report->shown[0].what.find("cannot be read") != std::string::npos);
  const bool follows = report->shown[0].what.find("not lost") != std::string::npos;
  CHECK(follows != (report->shown[0].what.find("restore") != std::string::npos));
  // As it says: what follows from others is made again from a dump of them.
  if (follows) {
    ++out.of_others;
    std::stringstream text;
    const auto dumped = storage::dump(**opened, [&](std::string_view line) {
      text << line << '\n';
      return Result<void>();
    });
    INFO((dumped.ok() ? std::string() : dumped.error().to_text()));
    REQUIRE(dumped.ok());
    const auto again = storage::Store::in_memory(clock);
    REQUIRE(storage::undump(text, *again).ok());
    REQUIRE(answers(*again) == then);
  }
  // A question that does not meet the file is answered, one that does is told, and neither brings the process down.
  auto snapshot = (*opened)->snapshot();
  if (!snapshot) {
    says(snapshot.error(), ErrorCode::corrupt, {copy.string()});
    ++out.met;
    return;
  }
  for (const auto& id : random_entities()) {
    const auto seen = (*snapshot)->report(id);
    if (seen) ++out.answered;
    else says(seen.error(), ErrorCode::corrupt, {copy.string()}), ++out.met;
  }
}

// What a new store at `db`, closed again, answered.
std::string answers_of_new(const fs::path& db, StepClock& clock) {
  const auto store = open(db, clock);
  record(*store, random_readings(4, 30));
  return answers(*store);
}

}  // namespace

TEST_CASE("a byte that changed in a file is told by who meets it and by check, with the family and what is lost, and others answer") {
  const TempFolder folder;
  StepClock clock;
  const fs::path db = folder / "store";
  const std::string then = answers_of_new(db, clock);
  const auto sound = files_of(db, ".sst");
  REQUIRE(sound.size() > 10);
  Met all;
  for (const fs::path& file : sound) {
    const fs::path copy = folder / "copy";
    fs::remove_all(copy);
    fs::copy(db, copy, fs::copy_options::recursive);
    flip(copy / "records" / file.filename());
    with_one_file_harmed(copy, file.filename(), then, clock, all);
  }
  CHECK(all.met > 0);
  CHECK(all.answered > 0);
  CHECK(all.of_others > 0);
}

TEST_CASE("a file of rows that is gone or has lost its end is named, what the others hold is read, and nothing is written") {
  const bool cut = GENERATE(false, true);
  const TempFolder folder;
  StepClock clock;
  const fs::path db = folder / "store";
  const std::string then = answers_of_new(db, clock);
  Met all;
  int refused = 0;
  for (const fs::path& file : files_of(db, ".sst")) {
    const fs::path copy = folder / "copy";
    fs::remove_all(copy);
    fs::copy(db, copy, fs::copy_options::recursive);
    const fs::path harmed = copy / "records" / file.filename();
    if (cut)
      fs::resize_file(harmed, fs::file_size(harmed) - 20);
    else
      REQUIRE(fs::remove(harmed));
    const auto files = files_of(copy, ".sst");
    with_one_file_harmed(copy, file.filename(), then, clock, all);
    if (auto opened = try_open(copy, clock)) {
      const auto written = (*opened)->record(random_readings(9, 1).front());
      REQUIRE_FALSE(written.ok());
      says(written.error(), ErrorCode::corrupt, {copy.string()});
      const auto told = (*opened)->put_states(std::vector<graph::StateRow>{{"a source", "an item", "bytes"}});
      REQUIRE_FALSE(told.ok());
      says(told.error(), ErrorCode::corrupt, {file.filename().string(), "nothing was written", "put it back"});
      ++refused;
      CHECK((*opened)->close().ok());
    }
    CHECK(files_of(copy, ".sst") == files);
    // Put back, it is what it was.
    fs::copy_file(file, harmed, fs::copy_options::overwrite_existing);
    const auto whole = open(copy, clock);
    CHECK(answers(*whole) == then);
    record(*whole, random_readings(9, 1));
    agrees(*whole);
  }
  CHECK(all.met > 0);
  CHECK(all.answered > 0);
  CHECK(all.of_others > 0);
  CHECK(refused > 5);
}

namespace {

// The store is open for reading: who writes is told of the file, and nothing changes.
void takes_no_write(storage::Store& store, const std::string& file) {
  const auto written = store.record(random_readings(9, 1).front());
  REQUIRE_FALSE(written.ok());
  CHECK(written.error().code == ErrorCode::corrupt);  // by the refusal, or by what it must read first
  const auto told = store.put_states(std::vector<graph::StateRow>{{"a source", "an item", "bytes"}});
  REQUIRE_FALSE(told.ok());
  says(told.error(), ErrorCode::corrupt, {file, "nothing was written", "restore"});
}

}  // namespace

TEST_CASE("a log that was cut short gives what it holds, whole steps only, and one with a changed byte inside what stands before that, and says so") {
  const TempFolder folder;
  StepClock clock;
  const fs::path db = folder / "store";
  const auto readings = random_readings(5, 30);
  // As a process leaves it that dies: copied while it is open.
  const auto store = open(db, clock);
  std::vector<std::string> then{answers(*store)};
  for (const auto& reading : readings) {
    record(*store, {reading});
    then.push_back(answers(*store));
  }
  const auto copy_of = [&](const std::string& name) {
    fs::copy(db, folder / name, fs::copy_options::recursive);
    return folder / name;
  };
  std::size_t last = 0;
  for (const unsigned part : {0U, 25U, 50U, 75U, 99U}) {
    const fs::path copy = copy_of("cut" + std::to_string(part));
    const auto log = files_of(copy, ".log").back();
    fs::resize_file(log, fs::file_size(log) * part / 100);
    const auto opened = open(copy, clock);
    agrees(*opened);
    const auto found = std::find(then.begin(), then.end(), answers(*opened));
    REQUIRE(found != then.end());
    const auto steps = static_cast<std::size_t>(found - then.begin());
    CHECK(steps >= last);
    last = steps;
  }
  CHECK(last > 10);
  const fs::path copy = copy_of("flipped");
  const fs::path log = files_of(copy, ".log").back();
  flip(log);
  const std::string bytes = bytes_of(log);
  {
    const auto left = open(copy, clock);
    const auto found = std::find(then.begin(), then.end(), answers(*left));
    REQUIRE(found != then.end());
    CHECK(found - then.begin() > 3);
    CHECK(found != then.end() - 1);
    const auto report = storage::check(*left).value();
    REQUIRE(report.disagreements == 1);
    CHECK(report.shown[0].family == "log");
    CHECK(report.shown[0].row == log.filename());
    INFO(report.shown[0].what);
    for (const char* word : {"checksum", "not shown", "restore", "dump"}) CHECK(report.shown[0].what.find(word) != std::string::npos);
    takes_no_write(*left, log.filename());
    CHECK(left->close().ok());
  }
  CHECK(bytes_of(log) == bytes);
}

TEST_CASE("of a store that lacks a file of rows and has a damaged log both are named, and what is left is read") {
  const TempFolder folder;
  StepClock clock;
  const fs::path db = folder / "store";
  record(*open(db, clock), random_readings(4, 30));
  // As a process leaves it that dies.
  const fs::path died = folder / "died";
  {
    const auto store = open(db, clock);
    record(*store, random_readings(5, 30));
    copy_open(db, died);
  }
  std::size_t told = 0;
  for (const fs::path& file : files_of(died, ".sst")) {
    const fs::path copy = folder / "copy";
    fs::remove_all(copy);
    fs::copy(died, copy, fs::copy_options::recursive);
    const fs::path log = files_of(copy, ".log").back();
    flip(log);
    REQUIRE(fs::remove(copy / "records" / file.filename()));
    const auto opened = try_open(copy, clock);
    // What the opening itself reads is met there.
    if (!opened) {
      says(opened.error(), ErrorCode::corrupt, {copy.string()});
      continue;
    }
    const auto report = storage::check(**opened).value();
    // One that was being replaced is no part of it any more.
    if (report.disagreements == 1 && report.shown[0].family == "log") continue;
    REQUIRE(report.disagreements == 2);
    CHECK(report.shown[0].row == file.filename());
    CHECK(report.shown[1].family == "log");
    CHECK(report.shown[1].row == log.filename());
    takes_no_write(**opened, log.filename());
    ++told;
  }
  CHECK(told > 5);
}

TEST_CASE("a file without which no rows are found is named, and nothing is changed") {
  const TempFolder folder;
  StepClock clock;
  const fs::path db = folder / "store";
  record(*open(db, clock), random_readings(6, 10));
  for (const char* const ending : {"CURRENT", "MANIFEST"}) {
    const fs::path copy = folder / (std::string("without") + ending);
    fs::copy(db, copy, fs::copy_options::recursive);
    fs::path gone;
    for (const auto& entry : fs::directory_iterator(copy / "records")) {
      const std::string name = entry.path().filename();
      if (name.starts_with(ending)) gone = entry.path();
    }
    REQUIRE(fs::remove(gone));
    const auto refused = try_open(copy, clock);
    REQUIRE_FALSE(refused.ok());
    INFO(ending);
    says(refused.error(), ErrorCode::corrupt, {copy.string(), "restore"});
  }
}
