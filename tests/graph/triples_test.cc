#include "graph/model/triple.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace entente::graph;  // NOLINT(google-build-using-namespace)

namespace {

bool says(const std::vector<Triple>& triples, std::string_view subject, Predicate predicate, std::string_view object) {
  return std::any_of(triples.begin(), triples.end(), [&](const Triple& t) {
    return t.subject == subject && t.predicate == predicate && t.object == object;
  });
}

}  // namespace

TEST_CASE("an event says who took part, in which role, where and in which series") {
  Claim claim;
  claim.id = ClaimId("claim:1/1/1");
  EventFacts facts;
  facts.type = EventType::conference;
  facts.date = entente::Edtf::day(2020, 11, 25);
  facts.parties = {EntityId("country:KR"), EntityId("country:KZ")};
  facts.officials = {EntityId("official:KR/kim-gunn")};
  facts.roles = {{EntityId("country:KR"), Role::host}};
  facts.forum = EntityId("forum:korea-central-asia");
  facts.place = Place{"Seoul", "KR"};
  claim.body = facts;
  const auto triples = triples_of(claim, EventId("event:7"));
  CHECK(triples.size() == 6);
  CHECK(says(triples, "event:7", Predicate::participant, "country:KZ"));
  CHECK(says(triples, "event:7", Predicate::participant, "official:KR/kim-gunn"));
  CHECK(says(triples, "event:7", Predicate::host, "country:KR"));
  CHECK(says(triples, "event:7", Predicate::edition_of, "forum:korea-central-asia"));
  CHECK(says(triples, "event:7", Predicate::located_in, "place:KR/seoul"));
  for (const Triple& triple : triples) {
    CHECK(triple.valid == facts.date);
    CHECK(triple.claim == claim.id);
  }
}

TEST_CASE("each role has a predicate of its name") {
  for (const Role role : all_roles()) {
    Claim claim;
    EventFacts facts;
    facts.roles = {{EntityId("country:KR"), role}};
    claim.body = facts;
    const auto triples = triples_of(claim, EventId("event:7"));
    REQUIRE(triples.size() == 1);
    CHECK(to_string(triples.front().predicate) == to_string(role));
  }
}

TEST_CASE("an official acts for a state and holds a post there") {
  Claim claim;
  claim.body = OfficialFacts{EntityId("official:KR/kim-gunn"), "Kim Gunn", EntityId("country:KR"),
                             "Deputy Minister for Political Affairs"};
  auto triples = triples_of(claim, EventId());
  CHECK(triples.size() == 2);
  CHECK(says(triples, "official:KR/kim-gunn", Predicate::acts_for, "country:KR"));
  CHECK(says(triples, "official:KR/kim-gunn", Predicate::holds, "post:KR/deputy-minister-for-political-affairs"));
  claim.body = OfficialFacts{EntityId("official:KR/kim-gunn"), "Kim Gunn", EntityId("country:KR"), ""};
  CHECK(triples_of(claim, EventId()).size() == 1);
}
