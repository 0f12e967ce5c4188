#include "graph/model/validate.h"

#include <catch2/catch.hpp>

#include <functional>
#include <string>

using namespace entente::graph;  // NOLINT(google-build-using-namespace)

namespace {

EventFacts sound_visit() {
  EventFacts facts;
  facts.type = EventType::visit;
  facts.parties = {EntityId("country:FR"), EntityId("country:CN")};
  facts.officials = {EntityId("official:FR/emmanuel-macron")};
  facts.roles = {{EntityId("country:FR"), Role::guest},
                 {EntityId("country:CN"), Role::host},
                 {EntityId("official:FR/emmanuel-macron"), Role::guest}};
  return facts;
}

struct Fault {
  const char* what;
  std::function<void(EventFacts&)> make;
  const char* named;  // what the message must name
};

const std::vector<Fault>& faults() {
  static const std::vector<Fault> kFaults{
      {"nobody takes part", [](EventFacts& f) { f = EventFacts{}; }, "needs a party or a forum"},
      {"a person as party", [](EventFacts& f) { f.parties.emplace_back("official:FR/a"); }, "official:FR/a"},
      {"an id of no kind as party", [](EventFacts& f) { f.parties.emplace_back("FR"); }, "FR cannot be a party"},
      {"a state as official", [](EventFacts& f) { f.officials.emplace_back("country:DE"); }, "country:DE"},
      {"a role of somebody who is not there", [](EventFacts& f) { f.roles[EntityId("country:DE")] = Role::guest; },
       "country:DE has the role guest"},
      {"a role that a visit has not", [](EventFacts& f) { f.roles[EntityId("country:CN")] = Role::donor; },
       "has no donor"},
      {"a forum of a visit", [](EventFacts& f) { f.forum = EntityId("forum:x"); }, "has no forum"},
      {"a state as forum", [](EventFacts& f) { f.forum = EntityId("country:DE"); }, "country:DE is not a forum"},
      {"a stage of a visit", [](EventFacts& f) { f.stage = Stage::signed_; }, "has no stage signed"},
      {"a stage of another type",
       [](EventFacts& f) { f.roles.clear(), f.type = EventType::relations, f.stage = Stage::lifted; },
       "has no stage lifted"},
      {"a stance of a visit", [](EventFacts& f) { f.stance = Stance::thank; }, "has no stance"},
      {"edition 0", [](EventFacts& f) { f.edition = 0; }, "edition 0"},
      {"a count of one", [](EventFacts& f) { f.count = 1; }, "count of 1"},
      {"an empty place", [](EventFacts& f) { f.place = Place{}; }, "empty place"},
  };
  return kFaults;
}

Release release_of(std::string text) {
  Release release;
  release.text = std::move(text);
  return release;
}

Claim claim_with(std::vector<Span> evidence, double confidence) {
  Claim claim;
  claim.body = sound_visit();
  claim.evidence = std::move(evidence);
  claim.confidence = confidence;
  return claim;
}

}  // namespace

TEST_CASE("sound facts can be stored") {
  CHECK(validate(sound_visit()).ok());
  EventFacts conference;
  conference.type = EventType::conference;
  conference.forum = EntityId("forum:g20-summit");
  conference.edition = 17;
  CHECK(validate(conference).ok());
}

TEST_CASE("each fault is refused by a message that names it") {
  for (const Fault& fault : faults()) {
    EventFacts facts = sound_visit();
    fault.make(facts);
    const auto result = validate(facts);
    INFO(fault.what);
    REQUIRE_FALSE(result.ok());
    INFO(result.error().message);
    CHECK(result.error().code == entente::ErrorCode::invalid_argument);
    CHECK(result.error().message.find(fault.named) != std::string::npos);
  }
}

TEST_CASE("evidence lies inside the text") {
  const Release release = release_of("0123456789");
  CHECK(validate(claim_with({{0, 10}, {3, 4}}, 0.5), release).ok());
  CHECK_FALSE(validate(claim_with({{0, 11}}, 0.5), release).ok());
  CHECK_FALSE(validate(claim_with({{4, 4}}, 0.5), release).ok());
  CHECK_FALSE(validate(claim_with({{5, 4}}, 0.5), release).ok());
  CHECK_FALSE(validate(claim_with({{0, 4}, {20, 30}}, 0.5), release).ok());
}

TEST_CASE("confidence is from 0 to 1") {
  const Release release = release_of("0123456789");
  CHECK(validate(claim_with({{0, 1}}, 0), release).ok());
  CHECK(validate(claim_with({{0, 1}}, 1), release).ok());
  CHECK_FALSE(validate(claim_with({{0, 1}}, 1.01), release).ok());
  CHECK_FALSE(validate(claim_with({{0, 1}}, -0.01), release).ok());
}
