// What every store does, in memory and on disk alike.
#include "storage/store.h"

#include <catch2/catch.hpp>

#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;
using graph::Outcome;
using graph::TimelineQuery;

namespace {

TimelineQuery between(std::string_view left, std::string_view right = {}) {
  TimelineQuery query;
  query.left = ids(left);
  query.right = ids(right);
  query.order = graph::Order::oldest_first;
  return query;
}

std::string timeline(OpenStore& store, const TimelineQuery& query) { return outline(events_of(*store.now(), query)); }

}  // namespace

TEST_CASE("a pair's timeline holds what both took part in, by day") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw(R"(
    FR --visit 2023-04-05--> CN
    FR --meeting 2021-01-02-- DE
    CN, KR --conference 2022-07-08-- FR
    CN --call 2020-02-03-- FR
    CN --message--> FR
  )"));
  auto query = between("FR", "CN");
  CHECK(timeline(store, query) ==
        "call 2020-02-03 CN FR\nconference 2022-07-08 CN KR FR\nvisit 2023-04-05 FR CN\nmessage undated CN FR\n");
  query.order = graph::Order::newest_first;
  CHECK(timeline(store, query) ==
        "visit 2023-04-05 FR CN\nconference 2022-07-08 CN KR FR\ncall 2020-02-03 CN FR\nmessage undated CN FR\n");
  query.limit = 1;
  CHECK(timeline(store, query) == "visit 2023-04-05 FR CN\n");
  CHECK(timeline(store, between("DE")) == "meeting 2021-01-02 FR DE\n");
  CHECK(timeline(store, between("CN,DE", "FR,KR")).size() == timeline(store, between("FR")).size());
  CHECK(timeline(store, between("FR", "FR")).empty());
  CHECK(timeline(store, between("FR", "BR")).empty());
}

TEST_CASE("a period holds what can lie in it, however vaguely it is dated") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw(R"(
    FR --meeting 2020-- CN
    FR --meeting 2020-11-19-- CN
    FR --meeting 2010/2030-- CN
    FR --meeting 2021/..-- CN
    FR --meeting ../2019-- CN
    FR --meeting 201X-- CN
    FR --meeting XXXX-11-19-- CN
  )"));
  auto query = between("FR", "CN");
  query.from = to_day({2020, 12, 1});
  query.to = to_day({2020, 12, 31});
  CHECK(timeline(store, query) == "meeting 2010/2030 FR CN\nmeeting 2020 FR CN\n");
  query.from = to_day({2019, 12, 31});
  query.to = to_day({2019, 12, 31});
  // By earliest day; events that begin on one day by their ids.
  const std::string then = timeline(store, query);
  CHECK(then.starts_with("meeting ../2019 FR CN\n"));
  CHECK(then.find("201X") != std::string::npos);
  CHECK(then.find("2010/2030") != std::string::npos);
  CHECK(then.find("2020") == std::string::npos);
  query.from.reset();
  query.to = to_day({2009, 1, 1});
  CHECK(timeline(store, query) == "meeting ../2019 FR CN\n");
  query.to.reset();
  query.from = to_day({2031, 1, 1});
  CHECK(timeline(store, query) == "meeting 2021/.. FR CN\n");
  query = between("FR", "CN");
  query.undated = true;
  CHECK(timeline(store, query) == "meeting XXXX-11-19 FR CN\n");
  query = between("FR", "CN");
  const std::string all = timeline(store, query);
  CHECK(all.ends_with("meeting XXXX-11-19 FR CN\n"));
  CHECK(std::count(all.begin(), all.end(), '\n') == 7);
}

TEST_CASE("a timeline is filtered by type, level and status") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw(R"(
    FR --visit 2023-04-05 leader--> CN
    FR --meeting 2023-04-06 minister-- CN
    FR --meeting 2023-04-07 planned-- CN
  )"));
  auto query = between("FR", "CN");
  query.types = {graph::EventType::meeting};
  CHECK(timeline(store, query) == "meeting 2023-04-06 FR CN\nmeeting 2023-04-07 FR CN\n");
  query.statuses = {graph::Status::planned, graph::Status::cancelled};
  CHECK(timeline(store, query) == "meeting 2023-04-07 FR CN\n");
  query = between("FR", "CN");
  query.levels = {graph::Level::leader};
  CHECK(timeline(store, query) == "visit 2023-04-05 FR CN\n");
}

TEST_CASE("officials and forums have timelines, and sides may mix all kinds") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw(R"(
    KR/kim-gunn, KR --consultation 2021-05-06-- SG
    KR --meeting 2021-05-07-- SG
    KR --conference 2020-11-25 forum=korea-central-asia edition=13-- KZ
  )"));
  CHECK(timeline(store, between("official:KR/kim-gunn")) == "consultation 2021-05-06 KR SG\n");
  CHECK(timeline(store, between("SG", "official:KR/kim-gunn")) == "consultation 2021-05-06 KR SG\n");
  CHECK(timeline(store, between("KZ", "official:KR/kim-gunn")).empty());
  CHECK(timeline(store, between("forum:korea-central-asia")) == "conference 2020-11-25 KR KZ\n");
  CHECK(timeline(store, between("forum:korea-central-asia", "KZ")) == "conference 2020-11-25 KR KZ\n");
}

TEST_CASE("sides of many are answered as sides of few are") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw("FR --meeting 2023-01-01-- CN\nFR --meeting 2023-01-02-- DE\nCN --meeting 2023-01-03-- BR\n"));
  const std::string many = "AA,AB,AC,AD,AE,AF,AG,AH,AI,AJ,AK,AL";
  auto query = between("FR," + many, "CN,BR," + many);
  CHECK(timeline(store, query) == "meeting 2023-01-01 FR CN\n");
  // A second drawing is a new reading of the first's release: what it leaves out is told no more.
  record(*store, draw(R"(
    FR --meeting 2023-01-01-- CN
    FR --meeting 2023-01-02-- DE
    CN --meeting 2023-01-03-- BR
    AA, AB, AC, AD, AE, AF, AG, AH, AI, AJ, AK, AL --conference 2024-- BR
  )"));
  CHECK(timeline(store, query) == "meeting 2023-01-01 FR CN\nconference 2024 AA AB AC AD AE AF AG AH AI AJ AK AL BR\n");
}

TEST_CASE("two ministries that tell of one meeting make one event with two sources") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  const auto reports = record(*store, draw(R"(
    FR --meeting 2023-04-06 minister-- CN @FR-MEAE
    CN --meeting 2023-04-06 leader-- FR @CN-MFA
  )"));
  CHECK(reports[0].events_new == 1);
  CHECK(reports[1].events_new == 0);
  const auto events = events_of(*store.now(), between("FR", "CN"));
  REQUIRE(events.size() == 1);
  CHECK(events[0].sources == 2);
  CHECK(events[0].publishers == std::vector<std::string>{"CN-MFA", "FR-MEAE"});
  REQUIRE(events[0].differences.size() == 1);
  CHECK(events[0].differences[0].field == "level");
  const auto proofs = store.now()->why(events[0].id).value();
  REQUIRE(proofs.size() == 2);
  for (const auto& proof : proofs) {
    const auto& span = proof.claim.evidence.at(0);
    CHECK(proof.release.text.substr(span.begin, span.end - span.begin).find("--meeting 2023-04-06") !=
          std::string::npos);
    CHECK(proof.join_reason == "same type, day, parties and officials");
  }
}

TEST_CASE("the same reading again is known and changes nothing") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  const auto world = draw("FR --visit 2023-04-05--> CN\n");
  record(*store, world);
  const auto before = store.now()->recorded().value();
  auto again = world;
  again[0].release.fetched = {42};  // fetched another time
  again[0].claims[0].recorded = {7};
  const auto reports = record(*store, again);
  CHECK(reports[0].outcome == Outcome::known);
  CHECK(reports[0].claims == 0);
  CHECK(store.now()->recorded().value() == before);
}

TEST_CASE("another reading of a release supersedes the one before, which stays readable") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw("FR --visit 2023-04-05--> CN\n"));
  const auto then = store.now()->recorded().value();
  auto reread = draw("FR --visit 2023-04-06--> CN\n");
  reread[0].release.title = "Corrected";
  const auto reports = record(*store, reread);
  CHECK(reports[0].outcome == Outcome::revised);
  CHECK(reports[0].events_new == 1);
  CHECK(timeline(store, between("FR", "CN")) == "visit 2023-04-06 FR CN\n");
  CHECK(store.now()->counts().value().claims == 1);
  CHECK(store.now()->counts().value().events == 1);
  const auto old = store.as_of(then);
  const auto old_events = events_of(*old, between("FR", "CN"));
  CHECK(outline(old_events) == "visit 2023-04-05 FR CN\n");
  CHECK(old->why(old_events[0].id).value().at(0).release.title == "Drawn 0");
  CHECK_FALSE(store.now()->find_event(old_events[0].id).value().has_value());
  CHECK(store.now()->find_release(reread[0].release.id).value()->title == "Corrected");
}

TEST_CASE("what nothing tells of any more is gone, and was there before") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  auto first = draw("KR/the-minister, KR --meeting 2023-04-05-- CN\n");
  first[0].claims.push_back(official("official:KR/the-minister", "The Minister", "country:KR", "Minister"));
  record(*store, first);
  const auto then = store.now()->recorded().value();
  record(*store, draw("KR/park-jin, KR --meeting 2023-04-05-- CN\n"));
  CHECK_FALSE(store.now()->find_entity(graph::EntityId("official:KR/the-minister")).value().has_value());
  CHECK(store.now()->resolve("The Minister", 5).value().empty());
  CHECK(store.now()->find_entity(graph::EntityId("official:KR/park-jin")).value().has_value());
  CHECK(store.as_of(then)->resolve("The Minister", 5).value().size() == 1);
  CHECK(store.now()->counts().value().entities == 3);
}

TEST_CASE("a snapshot stays as it was while the store goes on") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw("FR --visit 2023-04-05--> CN\n"));
  const auto before = store.now();
  const auto cursor = std::move(before->timeline(between("FR"))).value();
  auto more = draw("# the first again, then another\nFR --visit 2023-04-07--> CN\nFR --meeting 2023-04-06-- CN\n");
  record(*store, more);
  CHECK(before->counts().value().releases == 1);
  CHECK(outline({cursor->next().value().value()}) == "visit 2023-04-05 FR CN\n");
  CHECK_FALSE(cursor->next().value().has_value());
  CHECK(store.now()->counts().value().releases == 2);
}

TEST_CASE("what cannot be stored is refused with the claim and its fault, and nothing is kept") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  auto bad = draw("FR --visit 2023-04-05--> CN\n");
  bad[0].claims[0].evidence = {{0, 100'000}};
  const auto refused = store->record(bad[0]);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().message.find("claim 0") != std::string::npos);
  bad = draw("FR --visit 2023-04-05--> CN\n");
  bad[0].release.id = graph::ReleaseId("release:1");
  CHECK(store->record(bad[0]).error().code == ErrorCode::invalid_argument);
  bad = draw("FR --visit 2023-04-05--> CN\n");
  bad[0].release.published = CivilDate{2023, 2, 30};
  CHECK(store->record(bad[0]).error().code == ErrorCode::invalid_argument);
  bad = draw("FR --meeting 2023-- CN\n");
  for (int i = 0; i < 300; ++i)
    std::get<graph::EventFacts>(bad[0].claims[0].body).parties.push_back(graph::EntityId("org:o" + std::to_string(i)));
  CHECK(store->record(bad[0]).error().code == ErrorCode::too_large);
  CHECK(store.now()->counts().value().releases == 0);
  CHECK(store.now()->timeline({}).error().code == ErrorCode::invalid_argument);
  auto backwards = between("FR");
  backwards.from = 10;
  backwards.to = 9;
  CHECK(store.now()->timeline(backwards).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a report counts an entity's events by type and year") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  record(*store, draw(R"(
    FR --visit 2023-04-05--> CN
    FR --meeting 2023-04-06-- CN
    FR --meeting 2010/2030-- DE
    FR --meeting-- DE
  )"));
  const auto report = store.now()->report(graph::country_id("FR")).value().value();
  CHECK(report.events == 4);
  CHECK(report.by_type == std::vector<std::pair<graph::EventType, std::uint64_t>>{{graph::EventType::meeting, 3},
                                                                                  {graph::EventType::visit, 1}});
  CHECK(report.by_year == std::vector<std::pair<int, std::uint64_t>>{{2010, 1}, {2023, 2}});
  CHECK(report.first_seen == to_day({2010, 1, 1}));
  CHECK(report.last_seen == to_day({2030, 12, 31}));
  CHECK_FALSE(store.now()->report(graph::country_id("XX")).value().has_value());
}

TEST_CASE("an official is what the claims about it add up to") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  auto world = draw("KR --meeting 2020-01-01-- CN\nKR --meeting 2021-01-01-- CN\n");
  world[0].release.published = CivilDate{2020, 1, 1};
  world[1].release.published = CivilDate{2021, 1, 1};
  const bool backwards = GENERATE(false, true);
  world[0].claims.push_back(official("official:KR/kim-gunn", "Kim Gunn", "country:KR", "Ambassador"));
  world[1].claims.push_back(official("official:KR/kim-gunn", "Kim", "country:KR", "Deputy Minister"));
  if (backwards) std::swap(world[0], world[1]);
  record(*store, world);
  const auto entity = store.now()->find_entity(graph::EntityId("official:KR/kim-gunn")).value().value();
  CHECK(entity.label == "Kim Gunn");
  CHECK(entity.of == graph::country_id("KR"));
  CHECK(entity.posts == std::vector<std::string>{"Ambassador", "Deputy Minister"});
  CHECK(store.now()->resolve("Kim G", 3).value().at(0).id == entity.id);
}

TEST_CASE("ids that do not exist are absent, not errors") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  auto reader = store.now();
  CHECK_FALSE(reader->find_event(graph::EventId("event:0123456789abcdef")).value().has_value());
  CHECK_FALSE(reader->find_event(graph::EventId("nonsense")).value().has_value());
  CHECK_FALSE(reader->find_release(graph::ReleaseId("release:zz")).value().has_value());
  CHECK_FALSE(reader->find_entity(graph::EntityId("country:KR")).value().has_value());
  CHECK(reader->why(graph::EventId("event:0123456789abcdef")).value().empty());
  CHECK(reader->members(graph::EntityId("region:nowhere")).value().empty());
  CHECK(reader->recorded().value() == RecordedTime{});
}
