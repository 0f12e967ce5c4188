#include "graph/ontology/crosswalk.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "graph/ontology/signatures.h"

using namespace entente::graph;  // NOLINT(google-build-using-namespace)

namespace {

// Every act that an event can be: each type with each status, mode, and what stages and stances it may have.
std::vector<Act> all_acts() {
  std::vector<std::optional<Stage>> stages(1);
  stages.insert(stages.end(), all_stages().begin(), all_stages().end());
  std::vector<std::optional<Stance>> stances(1);
  stances.insert(stances.end(), all_stances().begin(), all_stances().end());
  std::vector<std::optional<Mode>> modes(1);
  modes.insert(modes.end(), all_modes().begin(), all_modes().end());
  std::vector<Act> acts;
  for (const EventType type : all_event_types())
    for (const Status status : all_statuses())
      for (const auto mode : modes)
        for (const auto stage : stages)
          for (const auto stance : stances)
            if ((!stage || allows_stage(type, *stage)) && (!stance || allows_stance(type)))
              acts.push_back({type, status, mode, stage, stance});
  return acts;
}

bool is_conflict(const Crosswalk& codes) { return codes.quad_class >= 3; }

}  // namespace

TEST_CASE("every act has codes of the right form, or none at all") {
  for (const Act& act : all_acts()) {
    const Crosswalk codes = crosswalk(act);
    INFO(to_string(act.type) << " " << (act.stage ? to_string(*act.stage) : "") << " " << codes.cameo);
    if (act.type == EventType::appointment) {
      CHECK(codes.cameo.empty());
      CHECK(codes.quad_class == 0);
      continue;
    }
    CHECK((codes.cameo.size() == 3 || codes.cameo.size() == 4));
    CHECK(std::all_of(codes.cameo.begin(), codes.cameo.end(), [](char c) { return c >= '0' && c <= '9'; }));
    CHECK((codes.quad_class >= 1 && codes.quad_class <= 4));
    REQUIRE(codes.goldstein.has_value());
    CHECK((*codes.goldstein >= -10 && *codes.goldstein <= 10));
  }
}

TEST_CASE("conflict and only conflict has a negative score") {
  for (const Act& act : all_acts()) {
    const Crosswalk codes = crosswalk(act);
    if (!codes.goldstein) continue;
    INFO(to_string(act.type) << " " << codes.cameo << " " << *codes.goldstein);
    CHECK(is_conflict(codes) == (*codes.goldstein < 0));
  }
}

TEST_CASE("the codes of some acts") {
  CHECK(crosswalk({EventType::visit, Status::occurred, {}, {}, {}}).cameo == "042");
  CHECK(crosswalk({EventType::visit, Status::planned, {}, {}, {}}).cameo == "036");
  CHECK(crosswalk({EventType::meeting, Status::occurred, Mode::virtual_, {}, {}}).cameo == "041");
  CHECK(crosswalk({EventType::agreement, Status::occurred, {}, Stage::signed_, {}}).cameo == "057");
  CHECK(crosswalk({EventType::relations, Status::occurred, {}, Stage::severed, {}}).cameo == "161");
  CHECK(crosswalk({EventType::statement, Status::occurred, {}, {}, Stance::condemn}).cameo == "111");
  CHECK(crosswalk({EventType::expulsion, Status::occurred, {}, {}, {}}).quad_class == 4);
  CHECK(crosswalk({EventType::sanction, Status::occurred, {}, Stage::imposed, {}}).cameo == "163");
  CHECK(crosswalk({EventType::sanction, Status::occurred, {}, Stage::lifted, {}}).quad_class == 2);
}
