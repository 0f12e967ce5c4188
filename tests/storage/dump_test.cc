// A store as text and back: the same answers, now and as of every time; what is no dump is refused with its line.
#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

#include "storage/care/check.h"
#include "storage/care/dump.h"
#include "tests/crash/work.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace {

std::string text_of(storage::Store& store) {
  std::string out;
  const auto done = storage::dump(store, [&](std::string_view line) {
    out += std::string(line) + '\n';
    return Result<void>();
  });
  INFO((done.ok() ? std::string() : done.error().to_text()));
  REQUIRE(done.ok());
  return out;
}

void load(storage::Store& store, const std::string& text) {
  std::istringstream in(text);
  const auto done = storage::undump(in, store);
  INFO((done.ok() ? std::string() : done.error().to_text()));
  REQUIRE(done.ok());
}

// Readings, corrections of each kind, an entity of a gazetteer, a loaded table, what pulling remembers; each at its time.
std::vector<RecordedTime> fill(storage::Store& store, WorkClock& clock) {
  std::vector<RecordedTime> times;
  clock.set(1);
  graph::Entity korea;
  korea.id = graph::EntityId("country:KR");
  korea.label = "Korea";
  korea.names = {{"Korea", graph::NameKind::label, "en", 1948, std::nullopt}, {"ROK", graph::NameKind::abbreviation, {}, {}, {}}};
  korea.outside_ids = {{"iso3166-1-alpha-3", "KOR"}};
  REQUIRE(store.put_gazetteer(std::vector{korea}, "v1").ok());
  for (std::uint64_t step = 2; step <= 40; ++step) {
    REQUIRE(take_step(store, clock, 7, step, Steps::all).ok());
    times.push_back(store.snapshot().value()->recorded().value());
  }
  clock.set(50);
  auto odd = draw("KR/kim-gun, KR --call 2023-06-01-- UZ").at(0);
  odd.release.title = "no UTF-8: \xff\xfe";
  record(store, {odd});
  graph::Correction same;
  same.act = graph::CorrectionAct::same;
  same.entity = graph::EntityId("official:KR/kim-gunn");
  same.other_entity = graph::EntityId("official:KR/kim-gun");
  same.author = "A. Archivist";
  clock.set(51);
  REQUIRE(store.correct(same).ok());
  times.push_back(store.snapshot().value()->recorded().value());
  return times;
}

std::string answers(storage::Store& store, std::optional<RecordedTime> as_of = {}) {
  auto entities = spoken_of(40);
  entities.emplace_back("official:KR/kim-gun");
  return all_answers(*store.snapshot(as_of).value(), entities);
}

}  // namespace

TEST_CASE("a store made of a dump answers as the one that was dumped, as of every time, and dumps alike") {
  const TempFolder folder;
  WorkClock clock;
  const auto from_disk = GENERATE(true, false);
  const auto to_disk = GENERATE(true, false);
  const auto make = [&](bool disk, std::string_view name) {
    if (!disk) return storage::Store::in_memory(clock);
    return std::move(storage::Store::open(folder / name, {true, storage::Durability::relaxed, "a test"}, clock)).value();
  };
  const auto first = make(from_disk, "first");
  const auto times = fill(*first, clock);
  const std::string text = text_of(*first);
  const auto second = make(to_disk, "second");
  load(*second, text);
  const auto report = storage::check(*second);
  REQUIRE(report.ok());
  for (const auto& one : report->shown) UNSCOPED_INFO(one.family << " " << one.row << " " << one.what);
  CHECK(report->agrees());
  CHECK(answers(*second) == answers(*first));
  for (const RecordedTime time : times) CHECK(answers(*second, time) == answers(*first, time));
  CHECK(text_of(*second) == text);
  CHECK(second->find_state(kWorkSource, "10").value() == first->find_state(kWorkSource, "10").value());
  // Both go on alike.
  for (std::uint64_t step = 60; step < 75; ++step)
    for (auto* const store : {first.get(), second.get()}) REQUIRE(take_step(*store, clock, 7, step, Steps::all).ok());
  CHECK(answers(*second) == answers(*first));
}

TEST_CASE("one more release changes few lines of a dump") {
  WorkClock clock;
  const auto store = storage::Store::in_memory(clock);
  fill(*store, clock);
  const auto lines = [](const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto before = lines(text_of(*store));
  clock.set(80);
  auto one_more = draw("DE --visit 2031-04-05--> BR").at(0);
  one_more.release.url = "https://example.org/one-more";
  one_more.release.id = {};
  record(*store, {one_more});
  const auto after = lines(text_of(*store));
  std::vector<std::string> gone;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
  // The numbers that the next write needs, and how long the dump is.
  for (const auto& line : gone) UNSCOPED_INFO(line);
  CHECK(gone.size() == 2);
  CHECK(after.size() - before.size() <= 12);
}

TEST_CASE("what is no whole dump is refused, with its line and what is wrong with it") {
  WorkClock clock;
  const auto store = storage::Store::in_memory(clock);
  record(*store, draw("FR --visit 2031-04-05--> CN"));
  const std::string good = text_of(*store);
  const auto refused = [&](const std::string& text, ErrorCode code, const std::string& what) {
    const auto empty = storage::Store::in_memory(clock);
    std::istringstream in(text);
    const auto done = storage::undump(in, *empty);
    REQUIRE_FALSE(done.ok());
    INFO(done.error().to_text());
    CHECK(done.error().code == code);
    CHECK(done.error().message.find(what) != std::string::npos);
  };
  const auto with = [&](const std::string& old_part, const std::string& new_part) {
    std::string text = good;
    const auto at = text.find(old_part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old_part.size(), new_part);
  };
  refused("", ErrorCode::invalid_argument, "breaks off");
  refused("no dump\n", ErrorCode::invalid_argument, "line 1");
  refused(good.substr(0, good.rfind("{\"is\":\"end\"")), ErrorCode::invalid_argument, "breaks off");
  refused(good + "{}\n", ErrorCode::invalid_argument, "does not say what it is");
  refused(with("\"version\":1", "\"version\":99"), ErrorCode::unsupported_format, "version 99");
  refused(with("\"type\":\"visit\"", "\"type\":\"picnic\""), ErrorCode::invalid_argument, "'type'");
  refused(with("\"rule\":", "\"rul\":"), ErrorCode::invalid_argument, "'rul'");
  refused(with("{\"id\":\"country:FR\"", "{\"id\":\"country:DE\""), ErrorCode::invalid_argument, "");
  const auto claim = good.find("\"is\":\"claim\"");
  const auto start = good.rfind('\n', claim) + 1;
  refused(good.substr(0, start) + good.substr(good.find('\n', claim) + 1), ErrorCode::invalid_argument, "missing");
}
