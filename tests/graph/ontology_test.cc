// The numbers here are on disk and on the wire. A row of these tables is never changed; new ones are added at the end.
#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ontology/entity_kinds.h"
#include "graph/ontology/event_types.h"
#include "graph/ontology/predicates.h"
#include "graph/ontology/signatures.h"

using namespace entente::graph;  // NOLINT(google-build-using-namespace): the tables below name little else

namespace {

using Table = std::vector<std::pair<int, std::string_view>>;

template <class Value>
Table table_of(std::span<const Value> values) {
  Table table;
  for (const Value value : values) table.emplace_back(static_cast<int>(value), to_string(value));
  return table;
}

// Each name and each number leads back to its value, and nothing else leads to any.
template <class Value, class Parse, class FromNumber>
void check_round_trip(std::span<const Value> values, Parse parse, FromNumber from_number) {
  for (const Value value : values) {
    CHECK(parse(to_string(value)) == value);
    CHECK(from_number(static_cast<std::uint8_t>(value)) == value);
  }
  std::size_t known = 0;
  for (int number = 0; number < 256; ++number)
    if (from_number(static_cast<std::uint8_t>(number))) ++known;
  CHECK(known == values.size());
  for (const auto* name : {"", "?", "Meeting", "meeting ", "signed_"}) CHECK_FALSE(parse(name).has_value());
}

}  // namespace

TEST_CASE("the numbers of event types are frozen") {
  CHECK(table_of(all_event_types()) == Table{{1, "meeting"},
                                             {2, "courtesy_call"},
                                             {3, "call"},
                                             {4, "visit"},
                                             {5, "consultation"},
                                             {6, "conference"},
                                             {7, "message"},
                                             {8, "agreement"},
                                             {9, "relations"},
                                             {10, "mission"},
                                             {11, "appointment"},
                                             {12, "accreditation"},
                                             {13, "aid"},
                                             {14, "statement"},
                                             {15, "summon"},
                                             {16, "expulsion"},
                                             {17, "sanction"}});
  check_round_trip(all_event_types(), parse_event_type, event_type_from_number);
}

TEST_CASE("the numbers of statuses, modes and levels are frozen") {
  CHECK(table_of(all_statuses()) == Table{{1, "occurred"}, {2, "planned"}, {3, "cancelled"}});
  CHECK(table_of(all_modes()) == Table{{1, "virtual"}, {2, "phone"}});
  CHECK(table_of(all_levels()) == Table{{1, "leader"}, {2, "minister"}, {3, "vice_minister"}, {4, "working"}});
  check_round_trip(all_statuses(), parse_status, status_from_number);
  check_round_trip(all_modes(), parse_mode, mode_from_number);
  check_round_trip(all_levels(), parse_level, level_from_number);
}

TEST_CASE("the numbers of stages and stances are frozen") {
  CHECK(table_of(all_stages()) == Table{{1, "negotiated"},
                                        {2, "signed"},
                                        {3, "ratified"},
                                        {4, "in_force"},
                                        {5, "terminated"},
                                        {10, "established"},
                                        {11, "upgraded"},
                                        {12, "downgraded"},
                                        {13, "suspended"},
                                        {14, "severed"},
                                        {15, "restored"},
                                        {16, "recognised"},
                                        {20, "opened"},
                                        {21, "closed"},
                                        {22, "reopened"},
                                        {30, "imposed"},
                                        {31, "extended"},
                                        {32, "lifted"}});
  CHECK(table_of(all_stances()) == Table{{1, "support"},
                                         {2, "congratulate"},
                                         {3, "condole"},
                                         {4, "concern"},
                                         {5, "condemn"},
                                         {6, "demand"},
                                         {7, "thank"}});
  check_round_trip(all_stages(), parse_stage, stage_from_number);
  check_round_trip(all_stances(), parse_stance, stance_from_number);
}

TEST_CASE("the numbers of roles are frozen") {
  CHECK(table_of(all_roles()) == Table{{1, "host"},
                                       {2, "guest"},
                                       {3, "sender"},
                                       {4, "recipient"},
                                       {5, "donor"},
                                       {6, "target"},
                                       {7, "appointee"},
                                       {8, "signatory"},
                                       {9, "chair"}});
  check_round_trip(all_roles(), parse_role, role_from_number);
}

TEST_CASE("the numbers of entity kinds are frozen, and so are the prefixes of ids") {
  CHECK(table_of(all_entity_kinds()) == Table{{1, "country"},
                                              {2, "organisation"},
                                              {3, "region"},
                                              {4, "official"},
                                              {5, "post"},
                                              {6, "forum"},
                                              {7, "place"},
                                              {8, "topic"},
                                              {9, "agreement"}});
  for (const EntityKind kind : all_entity_kinds()) {
    CHECK(parse_entity_kind(to_string(kind)) == kind);
    CHECK(kind_of_prefix(id_prefix(kind)) == kind);
  }
  CHECK(id_prefix(EntityKind::organisation) == "org");
  CHECK_FALSE(kind_of_prefix("organisation").has_value());
}

TEST_CASE("the numbers of predicates are frozen") {
  Table table;
  for (int number = 0; number < 256; ++number)
    if (const auto predicate = predicate_from_number(static_cast<std::uint8_t>(number)))
      table.emplace_back(number, to_string(*predicate));
  CHECK(table == Table{{1, "participant"},
                       {2, "host"},
                       {3, "guest"},
                       {4, "sender"},
                       {5, "recipient"},
                       {6, "donor"},
                       {7, "target"},
                       {8, "appointee"},
                       {9, "signatory"},
                       {10, "chair"},
                       {20, "edition_of"},
                       {30, "holds"},
                       {31, "acts_for"},
                       {40, "member_of"},
                       {50, "located_in"}});
}

TEST_CASE("a value that is none has a name that nothing reads back") {
  CHECK(to_string(static_cast<EventType>(200)) == "?");
  CHECK_FALSE(parse_event_type("?").has_value());
}

TEST_CASE("each stage belongs to exactly one type") {
  for (const Stage stage : all_stages()) {
    int types = 0;
    for (const EventType type : all_event_types()) types += allows_stage(type, stage) ? 1 : 0;
    INFO(to_string(stage));
    CHECK(types == 1);
  }
  CHECK(allows_stage(EventType::agreement, Stage::signed_));
  CHECK(allows_stage(EventType::relations, Stage::recognised));
  CHECK(allows_stage(EventType::mission, Stage::opened));
  CHECK(allows_stage(EventType::sanction, Stage::lifted));
}

TEST_CASE("each role can be had in some event, and only where it makes sense") {
  for (const Role role : all_roles()) {
    bool somewhere = false;
    for (const EventType type : all_event_types()) somewhere = somewhere || allows_role(type, role);
    INFO(to_string(role));
    CHECK(somewhere);
  }
  CHECK_FALSE(allows_role(EventType::meeting, Role::donor));
  CHECK_FALSE(allows_role(EventType::statement, Role::host));
  CHECK(allows_role(EventType::visit, Role::guest));
  CHECK_FALSE(allows_role(EventType::visit, Role::appointee));
}

TEST_CASE("stances are for words, editions for series") {
  for (const EventType type : all_event_types()) {
    CHECK(allows_stance(type) == (type == EventType::message || type == EventType::statement));
    CHECK(allows_forum(type) == (type == EventType::consultation || type == EventType::conference));
  }
}
