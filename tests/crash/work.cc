#include "tests/crash/work.h"

#include <fmt/format.h>

#include <array>
#include <random>

#include "storage/record/bulk_recording.h"
#include "tests/support/world.h"

namespace entente::test {
namespace {

using graph::EntityId;

constexpr std::uint64_t kCycle = 13;
constexpr std::uint64_t kBulk = 2;
constexpr std::uint64_t kRetract = 5;
constexpr std::uint64_t kLoad = 8;
constexpr std::uint64_t kFlush = 11;
constexpr std::uint64_t kReleases = 30;  // fewer than steps, so that releases are read again

Result<void> retract(storage::Store& store) {
  auto reader = store.snapshot();
  if (!reader) return reader.error();
  graph::TimelineQuery query;
  query.left = {EntityId("country:KR")};
  query.limit = 1;
  auto cursor = (*reader)->timeline(query);
  if (!cursor) return cursor.error();
  auto event = (*cursor)->next();
  if (!event) return event.error();
  if (!event->has_value()) return {};
  graph::Correction correction;
  correction.act = graph::CorrectionAct::retract;
  correction.claim = (*event)->claims.front();
  correction.author = "A. Archivist";
  auto done = store.correct(correction);
  // One that was retracted, taken back by nobody and said again differently is no fault of the store.
  return done || done.error().code == ErrorCode::invalid_argument ? Result<void>() : done;
}

Result<void> load_table(storage::Store& store, std::mt19937& random, std::uint64_t step) {
  auto load = store.begin_load({fmt::format("t{}", step), "work.csv", "WORK", 1, {}, {}});
  if (!load) return load.error();
  const auto code = (*load)->add_code({"42", "visit", graph::EventType::visit, graph::Status::occurred, {}, {}, {}});
  if (!code) return code.error();
  constexpr std::uint64_t kEntities = 5;
  for (std::uint64_t id = 1; id <= kEntities; ++id)
    if (auto put = (*load)->entity({id, graph::EntityKind::country, "State", 0}); !put) return put;
  if (auto put = (*load)->source({1, "A table", std::nullopt}); !put) return put;
  if (auto sealed = (*load)->seal_entities(); !sealed) return sealed;
  constexpr std::uint64_t kEvents = 150;
  for (std::uint64_t id = 1; id <= kEvents; ++id) {
    const Day day = 10'000 + static_cast<Day>(random() % 500);
    if (auto put = (*load)->event({id, *code, day, day, 0, 1, id}); !put) return put;
    const std::uint64_t first = 1 + random() % kEntities;
    for (const std::uint64_t entity : {first, 1 + first % kEntities})
      if (auto put = (*load)->participation({id, entity, 0, id}); !put) return put;
  }
  const auto done = (*load)->commit([](const graph::BadRow&) { return Result<void>(); },
                                    [](std::string_view, std::uint64_t, std::uint64_t) {});
  return done ? Result<void>() : Result<void>(done.error());
}

// As files rather than through the log.
Result<void> record_by_files(storage::Store& store, const graph::Reading& reading) {
  const auto recording = storage::record_in_bulk(store, 1);
  const auto report = recording->record(reading);
  if (!report) return report.error();
  return recording->commit();
}

}  // namespace

graph::Reading reading_of(std::uint32_t seed, std::uint64_t step) {
  std::mt19937 random(seed * 7919U + static_cast<std::uint32_t>(step));
  const auto one_of = [&](const auto& words) { return words[random() % words.size()]; };
  constexpr std::array kSides = {"FR", "CN", "KR", "KR/kim-gunn, KR", "org:un", "JP"};
  constexpr std::array kWhats = {"visit", "meeting minister", "call", "meeting leader"};
  constexpr std::array kDates = {"2020-11-19", "2020-11-20", "2020-11", "2021-03-04", ""};
  constexpr std::array kPublishers = {"KR-MOFA", "FR-MEAE"};
  std::string drawing;
  for (auto events = 1 + random() % 3; events > 0; --events)
    drawing += fmt::format("+{} --{} {}-- {} @{}\n", one_of(kSides), one_of(kWhats), one_of(kDates), "UZ", one_of(kPublishers));
  graph::Reading reading = draw(drawing).at(0);
  reading.release.url = fmt::format("https://example.org/{}", random() % kReleases);
  reading.release.id = graph::release_id(reading.release.url, {});
  reading.claims.push_back(official("official:KR/kim-gunn", "Kim Gunn", "country:KR", "Deputy Minister"));
  return reading;
}

Result<void> take_step(storage::Store& store, WorkClock& clock, std::uint32_t seed, std::uint64_t step, Steps steps) {
  clock.set(step);
  std::mt19937 random(seed * 104729U + static_cast<std::uint32_t>(step));
  if (step % kCycle == kFlush) return store.close();
  if (steps == Steps::all && step % kCycle == kRetract) return retract(store);
  if (steps == Steps::all && step % kCycle == kLoad) return load_table(store, random, step);
  if (steps == Steps::all && step % kCycle == kBulk) return record_by_files(store, reading_of(seed, step));
  const std::array rows = {graph::StateRow{std::string(kWorkSource), std::to_string(step), "done"}};
  const auto report = store.record_with(reading_of(seed, step), rows);
  return report ? Result<void>() : Result<void>(report.error());
}

std::vector<EntityId> spoken_of(std::uint64_t up_to) {
  std::vector<EntityId> out;
  for (const char* id : {"country:FR", "country:CN", "country:KR", "country:UZ", "org:un", "official:KR/kim-gunn"}) out.emplace_back(id);
  // One table stands for those before it.
  for (std::uint64_t step = up_to; step > 0; --step)
    if (step % kCycle == kLoad) {
      out.emplace_back(fmt::format("t{}:1", step));
      break;
    }
  return out;
}

}  // namespace entente::test
