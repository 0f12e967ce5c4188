// Memory and RocksDB answer alike, before and after the store is closed and opened; the order of imports does not
// matter; the past answers as it did.
#include <regex>
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "storage/care/check.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace {

void require_agreement(storage::Store& store) {
  const auto report = storage::check(store).value();
  for (const auto& disagreement : report.shown)
    UNSCOPED_INFO(disagreement.family << ' ' << disagreement.row << ' ' << disagreement.what);
  REQUIRE(report.agrees());
  REQUIRE(report.rows > 0);
}

}  // namespace

namespace {

// The drawn clock steps at each look, and opening a folder looks once: the twins record at different times.
std::string without_times(const std::string& answers) {
  static const std::regex kTime("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
  return std::regex_replace(answers, kTime, "T");
}

}  // namespace

TEST_CASE("the twins answer alike, also after a reopening") {
  const auto seed = GENERATE(range(1U, 5U));
  CAPTURE(seed);
  OpenStore memory(Kind::memory);
  OpenStore rocks(Kind::rocks);
  const auto readings = random_readings(seed, 30);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    CHECK(record(*memory, {readings[i]})[0].outcome == record(*rocks, {readings[i]})[0].outcome);
    if (i % 13 == 7) rocks.reopen();
  }
  const std::string expected = without_times(all_answers(*memory.now(), random_entities()));
  CHECK(without_times(all_answers(*rocks.now(), random_entities())) == expected);
  rocks.reopen();
  CHECK(without_times(all_answers(*rocks.now(), random_entities())) == expected);
  require_agreement(*memory);
  require_agreement(*rocks);
}

TEST_CASE("as of a recorded time, the store answers as it did then") {
  const auto seed = GENERATE(range(10U, 13U));
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  CAPTURE(seed, kind);
  OpenStore store(kind);
  std::vector<std::pair<RecordedTime, std::string>> history;
  for (const auto& reading : random_readings(seed, 12)) {
    record(*store, {reading});
    const auto reader = store.now();
    history.emplace_back(reader->recorded().value(), all_answers(*reader, random_entities()));
  }
  store.reopen();
  for (const auto& [time, answers] : history) {
    REQUIRE(all_answers(*store.as_of(time), random_entities()) == answers);
    REQUIRE(all_answers(*store.as_of({time.micros + 1}), random_entities()) == answers);
  }
  CHECK(store.as_of({1})->counts().value().releases == 0);
}

TEST_CASE("imports in any order give the same events") {
  const auto seed = GENERATE(range(20U, 26U));
  CAPTURE(seed);
  // Each release once: which of two readings stands is for their order to say.
  auto readings = random_readings(seed, 12);
  std::vector<std::string> seen;
  std::erase_if(readings, [&](const auto& reading) {
    if (std::find(seen.begin(), seen.end(), reading.release.url) != seen.end()) return true;
    seen.push_back(reading.release.url);
    return false;
  });
  const auto answers = [&](const std::vector<graph::Reading>& order) {
    OpenStore store(Kind::memory);
    record(*store, order);
    require_agreement(*store);
    std::string out;
    const auto reader = store.now();
    for (const auto& id : random_entities()) {
      graph::TimelineQuery query;
      query.left = {id};
      for (auto& event : events_of(*reader, query))
        out += event.id.str() + outline({event}) + std::to_string(event.confidence) + '\n';
      const auto entity = reader->find_entity(id).value();
      if (!entity) continue;
      out += entity->label;
      for (const auto& post : entity->posts) out += post;
    }
    return out;
  };
  const std::string expected = answers(readings);
  std::mt19937 chance(seed);
  for (int i = 0; i < 4; ++i) {
    std::shuffle(readings.begin(), readings.end(), chance);
    REQUIRE(answers(readings) == expected);
  }
}
