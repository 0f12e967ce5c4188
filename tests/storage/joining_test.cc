// Accounts that tell of one happening by other keys: they become one event, whatever comes first; a hand wins; an id that
// was given once leads on.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "graph/model/event.h"
#include "storage/care/check.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace {

std::vector<graph::Event> all(graph::Reader& reader, std::string_view left, std::string_view right) {
  graph::TimelineQuery query;
  query.left = ids(left);
  query.right = ids(right);
  query.order = graph::Order::oldest_first;
  return events_of(reader, query);
}

void agrees(storage::Store& store) {
  const auto report = storage::check(store);
  REQUIRE(report.ok());
  for (const auto& one : report->shown) UNSCOPED_INFO(one.family << " " << one.row << " " << one.what);
  CHECK(report->agrees());
}

std::size_t events_of_two(std::string_view drawing) {
  OpenStore store(Kind::memory);
  record(*store, draw(drawing));
  agrees(*store);
  return all(*store.now(), "KR", "KZ").size();
}

// What a store says of all events and why, without the times at which it learned it.
std::string answers(OpenStore& store, const std::vector<graph::EntityId>& entities) {
  std::string out;
  const auto reader = store.now();
  for (const graph::EntityId& id : entities) {
    graph::TimelineQuery query;
    query.left = {id};
    query.order = graph::Order::oldest_first;
    for (const auto& event : events_of(*reader, query)) {
      out += fmt::format("{} {} {} {} {} sources", event.id.str(), to_string(event.facts.type),
                         event.facts.date ? event.facts.date->text() : "undated",
                         event.facts.forum ? event.facts.forum->str() : "", event.sources);
      // By what they are, not by how they happen to be numbered.
      for (const auto* some : {&event.facts.parties, &event.facts.officials}) {
        auto sorted = *some;
        std::sort(sorted.begin(), sorted.end());
        for (const auto& one : sorted) out += " " + one.str();
      }
      for (const auto& one : event.differences) out += fmt::format(" {}={}", one.field, one.values.size());
      out += fmt::format(" {:.6f}\n", event.confidence);
      const auto proofs = reader->why(event.id).value();
      for (const auto& proof : proofs)
        out += fmt::format("  {} {}\n", proof.claim.id.str(), proof.join_reason);
    }
  }
  return out;
}

std::vector<graph::EntityId> everybody() { return ids("KR,KZ,US,EG,UZ"); }

constexpr const char* kAccounts =
    "KR, KR/han-seo-jun --consultation 2024-03-14 forum=korea-kazakhstan-policy-consultation edition=9-- KZ, KZ/daulet-sarybekov @KR-MOFA\n"
    "KZ --consultation 2024-03-14 forum=kazakh-korean-political-consultations edition=9-- KR @KZ-MFA\n"
    "KR --consultation 2024 planned forum=korea-kazakhstan-policy-consultation edition=9-- KZ @KR-MOFA\n"
    "KR --consultation 2025-03-10 forum=korea-kazakhstan-policy-consultation edition=10-- KZ @KR-MOFA\n"
    "US, US/john-harlan --meeting 2023-09-21 minister-- EG, EG/tarek-mansour @US-DOS\n"
    "EG, EG/tarek-mansour --meeting 2023-09-22 minister-- US, US/john-harlan @EG-MFA\n"
    "US --meeting 2023-09 minister-- EG, EG/tarek-mansour @FR-MEAE\n"
    "EG, EG/hassan-shukri --meeting 2023-09-22 leader-- US, US/john-harlan @EG-MFA\n"
    "KR, KR/noh --visit 2019-04-16/2019-04-18 leader--> UZ @KR-MOFA\n"
    "KR, KR/noh-jae-hyun --visit 2019-04-17 leader--> UZ @UZ-MFA\n"
    "KR, KR/noh-jae-hyun --visit 2019-04 leader--> UZ @JP-MOFA\n"
    "KR, KR/cho-han-sol --visit 2019-04-17 vice_minister--> UZ @UZ-MFA\n"
    "KR --relations 1992-01-29 established-- UZ @KR-MOFA\n"
    "UZ --relations 1992 established-- KR @UZ-MFA\n"
    "KR, KR/kim-gunn --call 2023-05-02 minister-- UZ @KR-MOFA\n"
    "UZ, UZ/rustam-ergashev --call 2023-05-02 minister-- KR, KR/kim-gunn @UZ-MFA\n"
    "UZ --meeting 2023-05-02 minister-- KR, KR/kim-gunn @UZ-MFA";

}  // namespace

TEST_CASE("both sides' releases of one consultation are one event, though each calls it by its own name") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw("KR --consultation 2024-03-14 forum=korea-kazakhstan-policy-consultation edition=9-- KZ @KR-MOFA\n"
                      "KZ --consultation 2024-03-14 forum=kazakh-korean-political-consultations edition=9-- KR @KZ-MFA"));
  store.reopen();
  const auto events = all(*store.now(), "KR", "KZ");
  REQUIRE(events.size() == 1);
  CHECK(events[0].sources == 2);
  CHECK(events[0].publishers == std::vector<std::string>{"KR-MOFA", "KZ-MFA"});
  CHECK(std::any_of(events[0].differences.begin(), events[0].differences.end(),
                    [](const auto& one) { return one.field == "forum"; }));
  const auto proofs = store.now()->why(events[0].id).value();
  REQUIRE(proofs.size() == 2);
  CHECK(std::any_of(proofs.begin(), proofs.end(), [](const auto& proof) {
    return proof.join_reason.find("edition 9") != std::string::npos;
  }));
  agrees(*store);
}

TEST_CASE("what is near and another happening stays another") {
  const auto* const other = GENERATE(
      "KZ --consultation 2025-03-14 forum=x-political-consultations edition=10-- KR @KZ-MFA",   // the next edition
      "KZ --consultation 2024-03-14 forum=x-political-consultations edition=8-- KR @KZ-MFA",    // a number that differs
      "KZ --consultation 2024-03-20 forum=x-political-consultations edition=9-- KR @KZ-MFA",    // a week on
      "KZ --call 2024-03-14 vice_minister-- KR @KZ-MFA",                                        // a call on the day
      "KZ, KZ/oh --meeting 2024-03-14 leader-- KR, KR/kim-gunn @KZ-MFA",                        // other persons
      "KZ --consultation 2024-03-14 forum=x-energy-dialogue-- KR @KZ-MFA",                      // another series
      "KZ --consultation 2024-03-14 forum=x-political-consultations edition=9-- KR, UZ @KZ-MFA"  // of three
  );
  INFO(other);
  CHECK(events_of_two(std::string("KR, KR/han --consultation 2024-03-14 vice_minister forum=x-policy-consultation edition=9-- KZ, "
                                  "KZ/daulet @KR-MOFA\n") +
                      other) == 2);
}

TEST_CASE("the same set gives the same events, ids, values and reasons in whatever order it is imported") {
  OpenStore first(Kind::memory);
  const auto readings = draw(kAccounts);
  record(*first, readings);
  const std::string expected = answers(first, everybody());
  agrees(*first);
  CHECK(all(*first.now(), "KR", "KZ").size() == 2);
  CHECK(all(*first.now(), "US", "EG").size() == 2);
  std::mt19937 chance(11);
  for (int round = 0; round < 60; ++round) {
    auto order = readings;
    std::shuffle(order.begin(), order.end(), chance);
    OpenStore store(round % 10 == 0 ? Kind::rocks : Kind::memory);
    record(*store, order);
    INFO("round " << round);
    REQUIRE(answers(store, everybody()) == expected);
    agrees(*store);
  }
}

TEST_CASE("readings drawn by chance add up to the same in any order") {
  const auto seed = static_cast<std::uint32_t>(GENERATE(range(1, 9)));
  auto readings = random_readings(seed, 25);
  // Each release once: what a later reading says replaces what an earlier one said.
  std::vector<graph::Reading> once;
  for (auto& reading : readings)
    if (std::none_of(once.begin(), once.end(), [&](const auto& one) { return one.release.id == reading.release.id; }))
      once.push_back(std::move(reading));
  OpenStore first(Kind::memory);
  record(*first, once);
  const std::string expected = answers(first, random_entities());
  std::mt19937 chance(seed);
  for (int round = 0; round < 8; ++round) {
    std::shuffle(once.begin(), once.end(), chance);
    OpenStore store(Kind::memory);
    record(*store, once);
    INFO("seed " << seed << " round " << round);
    REQUIRE(answers(store, random_entities()) == expected);
    agrees(*store);
  }
}

TEST_CASE("a release read again, or otherwise, leaves what a first import of the last reading would") {
  const auto readings = draw(kAccounts);
  OpenStore plain(Kind::memory);
  record(*plain, readings);
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, readings);
  for (const auto& report : record(*store, readings)) CHECK(report.outcome == graph::Outcome::known);
  // Each tells of something else for a while, which parts what it held together.
  for (const auto& reading : readings) {
    auto other = reading;
    std::get<graph::EventFacts>(other.claims[0].body).date = Edtf::parse("1999-01-01").value();
    record(*store, {other});
    agrees(*store);
    record(*store, {reading});
    agrees(*store);
  }
  const auto events = all(*store.now(), "US", "EG");
  const auto expected = all(*plain.now(), "US", "EG");
  REQUIRE(events.size() == expected.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    CHECK(events[i].id == expected[i].id);
    CHECK(events[i].sources == expected[i].sources);
  }
}

TEST_CASE("an id that was given once leads to the event that its claims tell of now") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const auto readings = draw("US, US/john-harlan --meeting 2023-09-21 minister-- EG, EG/tarek-mansour @US-DOS\n"
                             "EG, EG/tarek-mansour --meeting 2023-09-22 minister-- US, US/john-harlan @EG-MFA");
  std::vector<graph::EventId> given;
  for (const auto& reading : readings) {
    OpenStore alone(Kind::memory);
    record(*alone, {reading});
    given.push_back(all(*alone.now(), "US", "EG").at(0).id);
  }
  OpenStore store(kind);
  record(*store, {readings[0]});
  const RecordedTime then = store.now()->recorded().value();
  record(*store, {readings[1]});
  const auto events = all(*store.now(), "US", "EG");
  REQUIRE(events.size() == 1);
  for (const auto& id : given) {
    const auto event = store.now()->find_event(id).value();
    REQUIRE(event.has_value());
    CHECK(event->id == events[0].id);
    CHECK(store.now()->why(id)->size() == 2);
  }
  CHECK(all(*store.as_of(then), "US", "EG").at(0).sources == 1);
}

TEST_CASE("a hand that parts what was joined, or joins what was not, wins, also over what comes later") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  const auto readings = draw(kAccounts);
  record(*store, {readings[4], readings[5]});
  const auto joined = all(*store.now(), "US", "EG");
  REQUIRE(joined.size() == 1);
  graph::Correction split{graph::CorrectionAct::split, joined[0].claims[1], joined[0].id, {}, false, "A. Archivist", "two talks"};
  REQUIRE(store->correct(split).ok());
  REQUIRE(all(*store.now(), "US", "EG").size() == 2);
  record(*store, {readings[6], readings[7]});  // a third account, and the leaders' meeting
  for (const auto& report : record(*store, {readings[4], readings[5]})) CHECK(report.outcome == graph::Outcome::known);
  const auto parted = all(*store.now(), "US", "EG");
  CHECK(parted.size() == 3);
  agrees(*store);

  const auto leaders = std::find_if(parted.begin(), parted.end(),
                                    [](const auto& event) { return event.facts.level == graph::Level::leader; });
  REQUIRE(leaders != parted.end());
  const auto other = std::find_if(parted.begin(), parted.end(), [](const auto& event) { return event.sources == 2; });
  REQUIRE(other != parted.end());
  graph::Correction join{graph::CorrectionAct::join, {}, leaders->id, other->id, false, "A. Archivist", ""};
  REQUIRE(store->correct(join).ok());
  const auto after = all(*store.now(), "US", "EG");
  REQUIRE(after.size() == 2);
  CHECK(std::any_of(after.begin(), after.end(), [&](const auto& event) { return event.id == leaders->id && event.sources == 3; }));
  agrees(*store);
  join.undo = true;
  REQUIRE(store->correct(join).ok());
  CHECK(all(*store.now(), "US", "EG").size() == 3);
  agrees(*store);
}
