// Copies of a store: what is restored answers as the store did, and a copy that is damaged is not restored.
#include <catch2/catch.hpp>

#include <fstream>

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

TEST_CASE("what is kept in memory is not copied to disk") {
  StepClock clock;
  const TempFolder folder;
  const auto store = storage::Store::in_memory(clock);
  const auto done = store->back_up(folder / "copies");
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().code == ErrorCode::invalid_argument);
}
