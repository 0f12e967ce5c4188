// What persons say against the record: it holds for later readings, can be taken back, and what was before stays
// readable as of then.
#include <catch2/catch.hpp>

#include <algorithm>

#include "storage/care/check.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;
using graph::CorrectionAct;

namespace {

constexpr const char* kTwoAccounts =
    "KR --meeting 2023-05-04 minister-- JP @KR-MOFA\n"
    "JP --meeting 2023-05-05 minister-- KR @JP-MOFA";

std::vector<graph::Event> all(graph::Reader& reader) {
  graph::TimelineQuery query;
  query.left = ids("KR");
  query.right = ids("JP");
  query.order = graph::Order::oldest_first;
  return events_of(reader, query);
}

graph::Correction say(CorrectionAct act, graph::EventId event, graph::EventId other, graph::ClaimId claim) {
  return {act, std::move(claim), std::move(event), std::move(other), false, "A. Archivist", "the day before by local time"};
}

void agrees(storage::Store& store) {
  const auto report = storage::check(store);
  REQUIRE(report.ok());
  for (const auto& one : report->shown) UNSCOPED_INFO(one.family << " " << one.row << " " << one.what);
  CHECK(report->agrees());
}

void correct(storage::Store& store, const graph::Correction& correction) {
  const auto done = store.correct(correction);
  INFO((done.ok() ? std::string() : done.error().to_text()));
  REQUIRE(done.ok());
}

}  // namespace

TEST_CASE("two events joined by hand are one with two sources, also when their releases are read again") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  const auto readings = draw(kTwoAccounts);
  record(*store, readings);
  const auto before = all(*store.now());
  REQUIRE(before.size() == 2);
  const RecordedTime then = store.now()->recorded().value();
  auto join = say(CorrectionAct::join, before[0].id, before[1].id, {});
  correct(*store, join);
  store.reopen();
  const auto joined = all(*store.now());
  REQUIRE(joined.size() == 1);
  CHECK(joined[0].id == before[0].id);
  CHECK(joined[0].sources == 2);
  CHECK(joined[0].publishers == std::vector<std::string>{"JP-MOFA", "KR-MOFA"});
  CHECK(std::any_of(joined[0].differences.begin(), joined[0].differences.end(), [](const auto& one) { return one.field == "date"; }));
  const auto proofs = store.now()->why(before[0].id);
  REQUIRE(proofs.ok());
  CHECK(std::any_of(proofs->begin(), proofs->end(), [](const auto& proof) {
    return proof.join_reason == "joined by A. Archivist: the day before by local time";
  }));
  agrees(*store);

  for (const auto& report : record(*store, readings)) CHECK(report.outcome == graph::Outcome::known);
  auto revised = readings;
  for (auto& reading : revised) reading.release.title += ", corrected";
  for (const auto& report : record(*store, revised)) CHECK(report.outcome == graph::Outcome::revised);
  CHECK(all(*store.now()).size() == 1);
  CHECK(all(*store.as_of(then)).size() == 2);

  join.undo = true;
  correct(*store, join);
  const auto after = all(*store.now());
  REQUIRE(after.size() == 2);
  CHECK(after[0].id == before[0].id);
  CHECK(after[1].id == before[1].id);
  agrees(*store);
}

TEST_CASE("a claim split from its event tells of one of its own, until that is taken back") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  const auto readings = draw(
      "KR --meeting 2023-05-04 minister-- JP @KR-MOFA\n"
      "JP --meeting 2023-05-04 minister-- KR @JP-MOFA");
  record(*store, readings);
  const auto before = all(*store.now());
  REQUIRE(before.size() == 1);
  REQUIRE(before[0].claims.size() == 2);
  auto split = say(CorrectionAct::split, before[0].id, {}, before[0].claims[1]);
  correct(*store, split);
  const auto after = all(*store.now());
  REQUIRE(after.size() == 2);
  CHECK(after[0].sources == 1);
  CHECK(after[1].sources == 1);
  for (const auto& report : record(*store, readings)) CHECK(report.outcome == graph::Outcome::known);
  agrees(*store);
  split.undo = true;
  const auto own = std::find_if(after.begin(), after.end(), [&](const auto& event) { return event.id != before[0].id; });
  REQUIRE(own != after.end());
  split.claim = own->claims.front();
  correct(*store, split);
  REQUIRE(all(*store.now()).size() == 1);
  CHECK(all(*store.now())[0].sources == 2);
  agrees(*store);
}

TEST_CASE("a retracted claim does not count, is not said again by reading again, and comes back when that is undone") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  const auto readings = draw(kTwoAccounts);
  record(*store, readings);
  const auto before = all(*store.now());
  const RecordedTime then = store.now()->recorded().value();
  auto retract = say(CorrectionAct::retract, {}, {}, before[1].claims.front());
  correct(*store, retract);
  CHECK(all(*store.now()).size() == 1);
  CHECK(all(*store.as_of(then)).size() == 2);
  CHECK(store.now()->counts()->claims == 1);
  for (const auto& report : record(*store, readings)) CHECK(report.outcome == graph::Outcome::known);
  CHECK(all(*store.now()).size() == 1);
  agrees(*store);
  retract.undo = true;
  correct(*store, retract);
  CHECK(all(*store.now()).size() == 2);
  agrees(*store);
}

TEST_CASE("what cannot be corrected is refused with a reason, and nothing changes") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw(kTwoAccounts));
  const auto events = all(*store.now());
  const auto refused = [&](graph::Correction correction, ErrorCode code) {
    const auto done = store->correct(correction);
    REQUIRE_FALSE(done.ok());
    CHECK(done.error().code == code);
    CHECK(all(*store.now()) == events);
  };
  refused(say(CorrectionAct::join, events[0].id, events[0].id, {}), ErrorCode::invalid_argument);
  refused(say(CorrectionAct::join, events[0].id, graph::EventId("event:0000000000000001"), {}), ErrorCode::not_found);
  refused(say(CorrectionAct::join, events[0].id, graph::EventId("x:5"), {}), ErrorCode::invalid_argument);
  refused(say(CorrectionAct::split, events[0].id, {}, events[1].claims.front()), ErrorCode::invalid_argument);
  refused(say(CorrectionAct::retract, {}, {}, graph::ClaimId("claim:0000000000000001/1/0")), ErrorCode::not_found);
  auto undone = say(CorrectionAct::retract, {}, {}, events[0].claims.front());
  undone.undo = true;
  refused(undone, ErrorCode::invalid_argument);
  auto nobody = say(CorrectionAct::retract, {}, {}, events[0].claims.front());
  nobody.author.clear();
  refused(nobody, ErrorCode::invalid_argument);
}

namespace {

constexpr const char* kTwoSpellings =
    "KR/kim-gunn, KR --consultation 2023-05-04 vice_minister-- JP @KR-MOFA\n"
    "KR/kim-gun, KR --consultation 2023-05-04 vice_minister-- JP @JP-MOFA\n"
    "KR/kim-gun, KR --call 2023-06-01-- UZ @UZ-MFA";

graph::Correction one_person(bool undo = false) {
  graph::Correction correction;
  correction.act = CorrectionAct::same;
  correction.entity = graph::EntityId("official:KR/kim-gunn");
  correction.other_entity = graph::EntityId("official:KR/kim-gun");
  correction.author = "A. Archivist";
  correction.reason = "one spelling of the two";
  correction.undo = undo;
  return correction;
}

std::vector<graph::Reading> two_spellings() {
  auto readings = draw(kTwoSpellings);
  readings[0].claims.push_back(official("official:KR/kim-gunn", "Kim Gunn", "country:KR", "Deputy Minister"));
  readings[1].claims.push_back(official("official:KR/kim-gun", "Kim Gun", "country:KR", "Vice Minister"));
  return readings;
}

std::string answers(graph::Reader& reader) {
  return all_answers(reader, ids("KR,JP,UZ,official:KR/kim-gunn,official:KR/kim-gun"));
}

}  // namespace

TEST_CASE("two ids said to be of one person are one in every answer, and in every later reading") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  const auto readings = two_spellings();
  record(*store, {readings[0], readings[1]});
  const std::string apart = answers(*store.now());
  const RecordedTime then = store.now()->recorded().value();
  correct(*store, one_person());
  store.reopen();
  agrees(*store);
  record(*store, {readings[2]});
  agrees(*store);

  const auto reader = store.now();
  const auto person = reader->report(graph::EntityId("official:KR/kim-gun")).value();
  REQUIRE(person.has_value());
  CHECK(person->entity.id.str() == "official:KR/kim-gunn");
  CHECK(person->entity.names.size() == 2);
  CHECK(person->entity.posts.size() == 2);
  // The consultation was told by both under two ids, and is one event of two sources now.
  CHECK(person->events == 2);
  for (const char* id : {"official:KR/kim-gunn", "official:KR/kim-gun"}) {
    graph::TimelineQuery query;
    query.left = ids(id);
    query.right = ids("JP");
    const auto events = events_of(*reader, query);
    REQUIRE(events.size() == 1);
    CHECK(events[0].sources == 2);
    CHECK(events[0].facts.officials == ids("official:KR/kim-gunn"));
  }
  for (const char* name : {"Kim Gun", "Kim Gunn", "official:KR/kim-gun"}) {
    const auto found = reader->resolve(name, 10).value();
    REQUIRE(found.size() == 1);
    CHECK(found[0].id.str() == "official:KR/kim-gunn");
  }
  CHECK(reader->rows()->find_number(graph::EntityId("official:KR/kim-gun")).value() ==
        reader->rows()->find_number(graph::EntityId("official:KR/kim-gunn")).value());

  // Read again, the releases change nothing, and before it was said the two are two.
  const std::string now = answers(*reader);
  CHECK(record(*store, {readings[1], readings[2]})[0].outcome == graph::Outcome::known);
  CHECK(answers(*store.now()) == now);
  CHECK(answers(*store.as_of(then)) == apart);
}

TEST_CASE("taken back, two ids are two again, and what was retracted of either stays so") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  record(*store, two_spellings());
  correct(*store, one_person());
  // Retracted while it goes by the other id, and known by what its release says.
  graph::TimelineQuery query;
  query.left = ids("UZ");
  const auto call = events_of(*store.now(), query).at(0);
  correct(*store, say(CorrectionAct::retract, {}, {}, call.claims.at(0)));
  correct(*store, one_person(true));
  store.reopen();
  agrees(*store);
  const auto reader = store.now();
  CHECK(reader->report(graph::EntityId("official:KR/kim-gunn")).value()->events == 1);
  CHECK(reader->report(graph::EntityId("official:KR/kim-gun")).value()->events == 1);
  CHECK(events_of(*reader, query).empty());
  const auto readings = two_spellings();
  CHECK(record(*store, {readings[2]})[0].claims == 0);
  CHECK(events_of(*store.now(), query).empty());
}

TEST_CASE("ids that cannot be one, or are already, are refused with a reason and change nothing") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  record(*store, two_spellings());
  const auto refused = [&](const char* one, const char* other, ErrorCode code) {
    auto correction = one_person();
    correction.entity = graph::EntityId(one);
    correction.other_entity = graph::EntityId(other);
    const std::string before = answers(*store.now());
    const auto done = store->correct(correction);
    REQUIRE_FALSE(done.ok());
    CHECK(done.error().code == code);
    CHECK(answers(*store.now()) == before);
  };
  refused("official:KR/kim-gunn", "official:KR/nobody", ErrorCode::not_found);
  refused("official:KR/nobody", "official:KR/kim-gunn", ErrorCode::not_found);
  refused("official:KR/kim-gunn", "country:JP", ErrorCode::invalid_argument);
  refused("official:KR/kim-gunn", "official:KR/kim-gunn", ErrorCode::invalid_argument);
  correct(*store, one_person());
  refused("official:KR/kim-gunn", "official:KR/kim-gun", ErrorCode::invalid_argument);
  refused("official:KR/kim-gun", "official:KR/kim-gunn", ErrorCode::invalid_argument);
}
