// Memory and RocksDB answer alike, before and after the store is closed and opened; the order of imports does not
// matter; the past answers as it did.
#include <regex>
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "graph/view/timeline_refs.h"
#include "storage/care/check.h"
#include "storage/codec/event_record_reader.h"
#include "storage/codec/values.h"
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

namespace {

std::string joined(const std::vector<std::string_view>& texts) {
  std::string out = std::to_string(texts.size());
  for (const auto& text : texts) out += '|' + std::string(text);
  return out;
}

// All that a view shows.
std::string all_of(const graph::EventView& event) {
  const graph::FactsView& facts = event.facts;
  std::string out = std::string(event.id) + '\n' + std::to_string(static_cast<int>(facts.type)) + ' ' + std::string(facts.date) + ' ' + std::to_string(static_cast<int>(facts.status)) + '\n' + joined(facts.parties) + '\n' + joined(facts.officials) + '\n';
  for (const auto& [who, role] : facts.roles) out += std::string(who) + '=' + std::to_string(static_cast<int>(role)) + ' ';
  const auto number = [](const auto& value) { return value ? std::to_string(static_cast<int>(*value)) + ' ' : std::string("- "); };
  out += std::string(facts.forum) + '\n' + std::string(facts.city) + '\n' + std::string(facts.country) + '\n' + number(facts.edition) + number(facts.mode) + number(facts.level) + number(facts.stage) + number(facts.stance) + number(facts.count);
  out += '\n' + joined(event.claims) + '\n' + std::to_string(event.sources) + '\n' + joined(event.publishers) + '\n' + std::to_string(event.confidence);
  for (const auto& one : event.differences) out += '\n' + std::string(one.field) + ": " + joined(one.values);
  return out;
}

// Gives how many events were read together at most.
std::size_t require_many_as_one_by_one(graph::Reader& reader) {
  std::size_t most = 0;
  auto* const refs = dynamic_cast<graph::TimelineRefs*>(&reader);
  REQUIRE(refs != nullptr);
  graph::EventView shown;
  for (const auto& id : random_entities()) {
    graph::TimelineQuery query;
    query.left = {id};
    const auto cursor = std::move(refs->timeline_refs(query)).value();
    std::vector<graph::EventRef> all(1'000);
    all.resize(cursor->next(all).value());
    most = std::max(most, all.size());
    std::vector<std::string> got(all.size());
    REQUIRE(refs->each_event(all, [&](std::size_t i, const graph::EventView& event, RecordedTime since) -> Result<void> {
      CHECK(got.at(i).empty());
      CHECK(since <= reader.recorded().value());
      got.at(i) = all_of(event);
      return {};
    }));
    std::vector<std::string> wanted;
    for (const auto& event : events_of(reader, query)) {
      show(event, shown);
      wanted.push_back(all_of(shown));
    }
    REQUIRE(got == wanted);
  }
  return most;
}

}  // namespace

TEST_CASE("events that are read many at a time are those that a timeline gives one by one, at every time") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  std::vector<RecordedTime> times;
  for (const auto& reading : random_readings(31, 250)) {
    record(*store, {reading});
    if (times.size() < 10 || reading.release.url.ends_with('7')) times.push_back(store.now()->recorded().value());
  }
  times.push_back(store.now()->recorded().value());
  std::size_t most = 0;
  for (const RecordedTime time : times) most = std::max(most, require_many_as_one_by_one(*store.as_of(time)));
  store.reopen();
  for (const RecordedTime time : times) require_many_as_one_by_one(*store.as_of(time));
  CHECK(most > 64);  // few are looked up, many found in one scan
  // One that is not there is not given, and takes nothing from those that are.
  auto reader = store.now();
  std::size_t given = 0;
  const std::vector<graph::EventRef> strangers = {{0, 1}, {0, ~std::uint64_t{0}}, {7, 1}};
  REQUIRE(dynamic_cast<graph::TimelineRefs&>(*reader).each_event(strangers, [&](std::size_t, const graph::EventView&, RecordedTime) -> Result<void> {
    ++given;
    return {};
  }));
  CHECK(given == 0);
}

TEST_CASE("any bytes of an event's record are read to something or to nothing, and to the same by both ways of reading") {
  OpenStore store(Kind::memory);
  record(*store, random_readings(41, 60));
  std::mt19937 chance(41);
  storage::EventRecordReader reader;
  graph::EventView shown;
  std::size_t refused = 0;
  graph::TimelineQuery query;
  query.left = ids("FR");
  for (const auto& event : events_of(*store.now(), query)) {
    const std::string good = storage::encode_value(storage::EventRecord{{7}, event});
    for (int i = 0; i < 200; ++i) {
      std::string bytes = good;
      if (i > 0) bytes[chance() % bytes.size()] = static_cast<char>(chance());
      if (i % 3 == 2) bytes.resize(chance() % bytes.size());
      const auto value = storage::decode_value<storage::EventRecord>(bytes);
      const auto record = reader.read(bytes);
      if (!record) {
        CHECK(!value);
        ++refused;
        continue;
      }
      if (!value) continue;  // a date that is none is no mistake of the view's
      CHECK(record->since == value->since);
      REQUIRE((record->event != nullptr) == value->event.has_value());
      if (!value->event) continue;
      show(*value->event, shown);
      // Roles that stand twice or in another order are sorted by the value alone.
      if (record->event->facts.roles.size() == shown.facts.roles.size() && std::is_sorted(record->event->facts.roles.begin(), record->event->facts.roles.end()))
        CHECK(all_of(*record->event) == all_of(shown));
    }
    const auto whole = reader.read(good);
    REQUIRE(whole);
    show(event, shown);
    CHECK(all_of(*whole->event) == all_of(shown));
  }
  CHECK(refused > 0);
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
