#include "graph/join/join.h"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/world.h"

using namespace entente::graph;  // NOLINT(google-build-using-namespace)

namespace {

// The events that the readings of a drawing tell of, each reading's in its order.
std::vector<EventId> events_of(std::string_view drawing) {
  std::vector<EventId> ids;
  for (auto& reading : entente::test::draw(drawing)) {
    for (Claim& claim : reading.claims) claim.release = reading.release.id;
    const auto some = event_ids(reading.claims);
    ids.insert(ids.end(), some.begin(), some.end());
  }
  return ids;
}

bool join(std::string_view drawing) {
  const auto ids = events_of(drawing);
  REQUIRE(ids.size() == 2);
  return ids[0] == ids[1];
}

std::vector<SourcedClaim> claims_of(std::string_view drawing) {
  std::vector<SourcedClaim> claims;
  for (auto& reading : entente::test::draw(drawing))
    for (Claim& claim : reading.claims) {
      claim.release = reading.release.id;
      claim.id = ClaimId("claim:" + std::to_string(claims.size()));
      claims.push_back({claim, reading.release.publisher});
    }
  return claims;
}

}  // namespace

TEST_CASE("the same meeting told by both sides is one event") {
  CHECK(
      join("KR, KR/kim --meeting 2021-03-16 minister-- SG, SG/lee @KR-MOFA\n"
           "SG, SG/lee --meeting 2021-03-16 minister-- KR, KR/kim @SG-MFA"));
}

TEST_CASE("what both sides need not agree on does not part them") {
  CHECK(join("KR --meeting 2021-03-16 minister-- SG\nSG --meeting 2021-03-16 vice_minister virtual-- KR"));
  CHECK(join("FR --visit 2023-04-05 planned--> CN\nFR --visit 2023-04-05--> CN"));
}

TEST_CASE("another day, party, official, type, stage, stance or number is another event") {
  const auto* const other =
      GENERATE("KR --meeting 2021-03-17-- SG", "KR --meeting 2021-03-16-- MY", "KR, KR/kim --meeting 2021-03-16-- SG",
               "KR --call 2021-03-16-- SG", "KR --meeting 2021-03-16-- SG, MY", "KR --meeting 2021-03-16 count=3-- SG");
  INFO(other);
  CHECK_FALSE(join(std::string("KR --meeting 2021-03-16-- SG\n") + other));
}

TEST_CASE("a treaty signed and the same treaty in force on one day are two events") {
  CHECK_FALSE(join("KR --agreement 2021-03-16 signed-- SG\nKR --agreement 2021-03-16 in_force-- SG"));
  CHECK_FALSE(join("KR --message 2021-03-16 thank--> SG\nKR --message 2021-03-16 condole--> SG"));
}

TEST_CASE("an edition of a forum is one event, whoever tells of it and whatever of its date is known") {
  CHECK(
      join("KR --conference 2020-11-25 forum=korea-central-asia edition=13-- KZ, UZ\nKZ --conference 2020-11 "
           "forum=korea-central-asia edition=13-- KR"));
  CHECK_FALSE(
      join("KR --conference 2020-11-25 forum=korea-central-asia edition=13-- KZ\nKR --conference 2020-11-25 "
           "forum=korea-central-asia edition=12-- KZ"));
  CHECK_FALSE(
      join("KR --conference 2020-11-25 forum=korea-central-asia edition=13-- KZ\nKR --conference 2020-11-25 "
           "forum=korea-africa edition=13-- KZ"));
}

TEST_CASE("what no day and no edition tells apart stands alone") {
  const auto* const date = GENERATE("", "2021-03", "2021", "XXXX-03-16", "2021-03-16/2021-03-18");
  INFO(date);
  const std::string line = std::string("KR --meeting ") + date + "-- SG\n";
  CHECK_FALSE(join(line + line));
  Claim claim;
  EventFacts facts;
  facts.parties = {EntityId("country:KR")};
  CHECK(join_key(facts, ReleaseId("release:1")).reason.find("stands alone") != std::string::npos);
}

TEST_CASE("a release that tells of two alike events tells of two") {
  const auto ids = events_of("KR --meeting 2021-03-16-- SG\n+ KR --meeting 2021-03-16-- SG");
  REQUIRE(ids.size() == 2);
  CHECK(ids[0] != ids[1]);
  // Another release that tells of two joins them one by one.
  const auto again = events_of(
      "KR --meeting 2021-03-16-- SG\n+ KR --meeting 2021-03-16-- SG\nSG --meeting 2021-03-16-- KR\n+ SG --meeting "
      "2021-03-16-- KR");
  REQUIRE(again.size() == 4);
  CHECK(again[0] == again[2]);
  CHECK(again[1] == again[3]);
}

TEST_CASE("claims about persons and forums tell of no event") {
  const auto ids = event_ids(
      {entente::test::official("official:KR/kim", "Kim", "country:KR", ""), entente::test::forum("forum:x", "X")});
  REQUIRE(ids.size() == 2);
  CHECK(ids[0].empty());
  CHECK(ids[1].empty());
}

TEST_CASE("an event takes the value with the most confidence behind it, and tells what else was said") {
  auto claims = claims_of(
      "KR --meeting 2021-03-16 minister-- SG @KR-MOFA\nKR --meeting 2021-03-16 vice_minister-- SG @SG-MFA\nKR "
      "--meeting 2021-03-16 vice_minister-- SG @JP-MOFA");
  const Event event = add_up(EventId("event:1"), claims);
  CHECK(event.facts.level == Level::vice_minister);
  REQUIRE(event.differences.size() == 1);
  CHECK(event.differences.front() == Difference{"level", {"vice_minister", "minister"}});
  CHECK(event.sources == 3);
  CHECK(event.publishers == std::vector<std::string>{"JP-MOFA", "KR-MOFA", "SG-MFA"});
  CHECK(event.confidence == Approx(1 - 0.2 * 0.2 * 0.2));
  CHECK(event.claims.size() == 3);

  claims[0].claim.confidence = 0.95;
  claims[1].claim.confidence = claims[2].claim.confidence = 0.4;
  CHECK(add_up(EventId("event:1"), claims).facts.level == Level::minister);
}

TEST_CASE("of equals the more precise date is taken") {
  const Event event = add_up(
      EventId("event:1"),
      claims_of("KR --conference 2020-11 forum=x edition=3-- SG\nKR --conference 2020-11-25 forum=x edition=3-- SG"));
  REQUIRE(event.facts.date.has_value());
  CHECK(event.facts.date->text() == "2020-11-25");
}

TEST_CASE("those whom any claim names took part") {
  const Event event =
      add_up(EventId("event:1"),
             claims_of("KR --conference forum=x edition=3-- SG\nMY --conference forum=x edition=3-- KR, KR/kim"));
  CHECK(event.facts.parties.size() == 3);
  CHECK(event.facts.officials == std::vector<EntityId>{EntityId("official:KR/kim")});
}

TEST_CASE("two claims of one release are one source") {
  const Event event =
      add_up(EventId("event:1"),
             claims_of("KR --conference forum=x edition=3-- SG\n+ KR --conference forum=x edition=3-- MY"));
  CHECK(event.sources == 1);
  CHECK(event.claims.size() == 2);
  CHECK(event.confidence == Approx(0.8));
}
