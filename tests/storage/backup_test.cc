// Copies of a store: what is restored answers as the store did, and a copy that is damaged is not restored.
#include <catch2/catch.hpp>

#include <fstream>
#include <map>

#include "storage/care/check.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace fs = std::filesystem;

namespace {

std::unique_ptr<storage::Store> open(const fs::path& folder, Clock& clock) {
  auto store = storage::Store::open(folder, {true, storage::Durability::relaxed, "a test"}, clock);
  INFO((store.ok() ? std::string() : store.error().to_text()));
  REQUIRE(store.ok());
  return std::move(*store);
}

void back_up(storage::Store& store, const fs::path& folder) {
  const auto done = store.back_up(folder);
  INFO((done.ok() ? std::string() : done.error().to_text()));
  REQUIRE(done.ok());
}

std::string answers(storage::Store& store) {
  const auto reader = store.snapshot();
  REQUIRE(reader.ok());
  return all_answers(**reader, random_entities());
}

}  // namespace

TEST_CASE("the newest copy, restored, answers as the store did when it was copied") {
  const TempFolder folder;
  StepClock clock;
  const auto readings = random_readings(1, 60);
  const auto store = open(folder / "store", clock);
  record(*store, {readings.begin(), readings.begin() + 50});
  back_up(*store, folder / "copies");
  record(*store, {readings.begin() + 50, readings.end()});
  const std::string then = answers(*store);
  back_up(*store, folder / "copies");
  record(*store, draw("FR --visit 2031-04-05--> CN"));

  const auto restored = storage::Store::restore(folder / "copies", folder / "again");
  INFO((restored.ok() ? std::string() : restored.error().to_text()));
  REQUIRE(restored.ok());
  const auto again = open(folder / "again", clock);
  CHECK(answers(*again) == then);
  const auto report = storage::check(*again);
  REQUIRE(report.ok());
  CHECK(report->agrees());
}

TEST_CASE("nothing is restored over a store, from nowhere, or from a copy that is damaged") {
  const TempFolder folder;
  StepClock clock;
  {
    const auto store = open(folder / "store", clock);
    record(*store, random_readings(2, 20));
    back_up(*store, folder / "copies");
  }
  const auto over = storage::Store::restore(folder / "copies", folder / "store");
  REQUIRE_FALSE(over.ok());
  CHECK(over.error().code == ErrorCode::invalid_argument);
  const auto nowhere = storage::Store::restore(folder / "nothing", folder / "new");
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().code == ErrorCode::not_found);

  fs::path largest;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "copies"))
    if (entry.path().extension() == ".sst" && (largest.empty() || entry.file_size() > fs::file_size(largest)))
      largest = entry.path();
  REQUIRE_FALSE(largest.empty());
  std::fstream file(largest, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(100);
  const char byte = static_cast<char>(file.get());
  file.seekp(100);
  file.put(static_cast<char>(byte ^ 1));
  file.close();
  const auto damaged = storage::Store::restore(folder / "copies", folder / "new");
  REQUIRE_FALSE(damaged.ok());
  CHECK(damaged.error().message.find("backup") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "new" / "FORMAT"));
}

TEST_CASE("a later copy takes the room of what came since, and each can be restored from what they share") {
  const TempFolder folder;
  StepClock clock;
  const auto store = open(folder / "store", clock);
  const fs::path copies = folder / "copies";
  const auto files = [&] {
    std::map<fs::path, std::uintmax_t> out;
    for (const auto& entry : fs::recursive_directory_iterator(copies))
      if (entry.path().extension() == ".sst") out[entry.path()] = entry.file_size();
    return out;
  };
  const auto bytes = [](const std::map<fs::path, std::uintmax_t>& all) {
    std::uintmax_t sum = 0;
    for (const auto& [path, size] : all) sum += size;
    return sum;
  };
  // Many releases with much text, so that files are large and stay as they are.
  auto readings = random_readings(9, 300);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    readings[i].release.url = "https://example.org/many/" + std::to_string(i);
    readings[i].release.id = {};
    for (std::uint32_t state = static_cast<std::uint32_t>(i) + 1, n = 0; n < 2000; ++n)
      readings[i].release.text.push_back(static_cast<char>('!' + ((state = state * 1664525U + 1013904223U) >> 24U) % 90));
  }
  record(*store, readings);
  back_up(*store, copies);
  const auto first = files();
  CHECK(bytes(first) > 400'000);
  // Nothing came since: nothing is copied.
  back_up(*store, copies);
  CHECK(files() == first);
  record(*store, draw("FR --visit 2031-04-05--> CN"));
  back_up(*store, copies);
  const auto second = files();
  std::map<fs::path, std::uintmax_t> fresh;
  for (const auto& [path, size] : second)
    if (!first.contains(path)) fresh[path] = size;
  // What stood in the first copy stands there still, and is not copied again.
  for (const auto& [path, size] : first) CHECK(second.contains(path));
  CHECK_FALSE(fresh.empty());
  // Files are numbered as they are written: those that are copied were all written since.
  const std::string newest = first.rbegin()->first.filename();
  for (const auto& [path, size] : fresh) CHECK(path.filename().string() > newest);
  const auto restored = storage::Store::restore(copies, folder / "again");
  REQUIRE(restored.ok());
  CHECK(answers(*open(folder / "again", clock)) == answers(*store));
}

TEST_CASE("what is kept in memory is not copied to disk") {
  StepClock clock;
  const TempFolder folder;
  const auto store = storage::Store::in_memory(clock);
  const auto done = store->back_up(folder / "copies");
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().code == ErrorCode::invalid_argument);
}
