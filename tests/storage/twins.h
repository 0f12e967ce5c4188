// What the tests of the store have in common: folders that go away, both kinds of store, and everything that a store
// answers as one text, so that two of them, or one at two times, can be compared whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/store.h"
#include "tests/support/world.h"

namespace entente::test {

class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

enum class Kind : bool { memory, rocks };

// A store of either kind in an empty place; the test that asks for both says GENERATE(Kind::memory, Kind::rocks).
class OpenStore {
 public:
  explicit OpenStore(Kind kind);
  storage::Store& operator*() { return *store_; }
  storage::Store* operator->() { return store_.get(); }
  std::unique_ptr<graph::Reader> now() { return std::move(store_->snapshot()).value(); }
  std::unique_ptr<graph::Reader> as_of(RecordedTime time) { return std::move(store_->snapshot(time)).value(); }
  // Closes the store and opens it again; memory stays as it is.
  void reopen();

 private:
  Kind kind_;
  TempFolder folder_;
  StepClock clock_;
  std::unique_ptr<storage::Store> store_;
};

// Records each; fails the test when one is refused.
std::vector<graph::RecordReport> record(storage::Store& store, const std::vector<graph::Reading>& readings);

std::vector<graph::Event> events_of(graph::Reader& reader, const graph::TimelineQuery& query);
// "FR,CN" as a side of a question.
std::vector<graph::EntityId> ids(std::string_view countries);
// One line an event: its type, date and parties.
std::string outline(const std::vector<graph::Event>& events);

// Everything that the reader answers about these entities.
std::string all_answers(graph::Reader& reader, const std::vector<graph::EntityId>& entities);

// Readings drawn by chance: few states and days, so that claims meet; some releases come again, changed or not.
std::vector<graph::Reading> random_readings(std::uint32_t seed, std::size_t count);
// All that random_readings speaks of.
const std::vector<graph::EntityId>& random_entities();

}  // namespace entente::test
