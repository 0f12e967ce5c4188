#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "graph/ontology/entity_kinds.h"
#include "graph/ontology/event_types.h"
#include "graph/ontology/predicates.h"
#include "graph/ontology/signatures.h"

namespace entente::graph {
namespace {

template <class Value>
struct Named {
  Value value;
  std::string_view name;
};

template <class Value, std::size_t N>
std::string_view name_of(const Named<Value> (&table)[N], Value value) {
  const auto* found = std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.value == value; });
  return found == std::end(table) ? std::string_view("?") : found->name;
}

template <class Value, std::size_t N>
std::optional<Value> value_of(const Named<Value> (&table)[N], std::string_view name) {
  for (const auto& row : table)
    if (row.name == name) return row.value;
  return std::nullopt;
}

template <class Value, std::size_t N>
std::optional<Value> value_of_number(const Named<Value> (&table)[N], std::uint8_t number) {
  for (const auto& row : table)
    if (static_cast<std::uint8_t>(row.value) == number) return row.value;
  return std::nullopt;
}

template <class Value, std::size_t N>
constexpr std::array<Value, N> values(const Named<Value> (&table)[N]) {
  std::array<Value, N> out{};
  for (std::size_t i = 0; i < N; ++i) out[i] = table[i].value;
  return out;
}

constexpr Named<EntityKind> kKinds[] = {
    {EntityKind::country, "country"}, {EntityKind::organisation, "organisation"}, {EntityKind::region, "region"},
    {EntityKind::official, "official"}, {EntityKind::post, "post"}, {EntityKind::forum, "forum"},
    {EntityKind::place, "place"}, {EntityKind::topic, "topic"}, {EntityKind::agreement, "agreement"},
};
constexpr Named<EntityKind> kPrefixes[] = {
    {EntityKind::country, "country"}, {EntityKind::organisation, "org"}, {EntityKind::region, "region"},
    {EntityKind::official, "official"}, {EntityKind::post, "post"}, {EntityKind::forum, "forum"},
    {EntityKind::place, "place"}, {EntityKind::topic, "topic"}, {EntityKind::agreement, "agreement"},
};
constexpr Named<EventType> kTypes[] = {
    {EventType::meeting, "meeting"}, {EventType::courtesy_call, "courtesy_call"}, {EventType::call, "call"},
    {EventType::visit, "visit"}, {EventType::consultation, "consultation"}, {EventType::conference, "conference"},
    {EventType::message, "message"}, {EventType::agreement, "agreement"}, {EventType::relations, "relations"},
    {EventType::mission, "mission"}, {EventType::appointment, "appointment"},
    {EventType::accreditation, "accreditation"}, {EventType::aid, "aid"}, {EventType::statement, "statement"},
    {EventType::summon, "summon"}, {EventType::expulsion, "expulsion"}, {EventType::sanction, "sanction"},
};
constexpr Named<Status> kStatuses[] = {
    {Status::occurred, "occurred"}, {Status::planned, "planned"}, {Status::cancelled, "cancelled"}};
constexpr Named<Mode> kModes[] = {{Mode::virtual_, "virtual"}, {Mode::phone, "phone"}};
constexpr Named<Level> kLevels[] = {{Level::leader, "leader"}, {Level::minister, "minister"},
                                    {Level::vice_minister, "vice_minister"}, {Level::working, "working"}};
constexpr Named<Stage> kStages[] = {
    {Stage::negotiated, "negotiated"}, {Stage::signed_, "signed"}, {Stage::ratified, "ratified"},
    {Stage::in_force, "in_force"}, {Stage::terminated, "terminated"}, {Stage::established, "established"},
    {Stage::upgraded, "upgraded"}, {Stage::downgraded, "downgraded"}, {Stage::suspended, "suspended"},
    {Stage::severed, "severed"}, {Stage::restored, "restored"}, {Stage::recognised, "recognised"},
    {Stage::opened, "opened"}, {Stage::closed, "closed"}, {Stage::reopened, "reopened"}, {Stage::imposed, "imposed"},
    {Stage::extended, "extended"}, {Stage::lifted, "lifted"}};
constexpr Named<Stance> kStances[] = {
    {Stance::support, "support"}, {Stance::congratulate, "congratulate"}, {Stance::condole, "condole"},
    {Stance::concern, "concern"}, {Stance::condemn, "condemn"}, {Stance::demand, "demand"}, {Stance::thank, "thank"}};
constexpr Named<Role> kRoles[] = {
    {Role::host, "host"}, {Role::guest, "guest"}, {Role::sender, "sender"}, {Role::recipient, "recipient"},
    {Role::donor, "donor"}, {Role::target, "target"}, {Role::appointee, "appointee"}, {Role::signatory, "signatory"},
    {Role::chair, "chair"}};
constexpr Named<Predicate> kPredicates[] = {
    {Predicate::participant, "participant"}, {Predicate::host, "host"}, {Predicate::guest, "guest"},
    {Predicate::sender, "sender"}, {Predicate::recipient, "recipient"}, {Predicate::donor, "donor"},
    {Predicate::target, "target"}, {Predicate::appointee, "appointee"}, {Predicate::signatory, "signatory"},
    {Predicate::chair, "chair"}, {Predicate::edition_of, "edition_of"}, {Predicate::holds, "holds"},
    {Predicate::acts_for, "acts_for"}, {Predicate::member_of, "member_of"}, {Predicate::located_in, "located_in"}};

constexpr auto kAllKinds = values(kKinds);
constexpr auto kAllTypes = values(kTypes);
constexpr auto kAllStatuses = values(kStatuses);
constexpr auto kAllModes = values(kModes);
constexpr auto kAllLevels = values(kLevels);
constexpr auto kAllStages = values(kStages);
constexpr auto kAllStances = values(kStances);
constexpr auto kAllRoles = values(kRoles);

}  // namespace

std::span<const EntityKind> all_entity_kinds() { return kAllKinds; }
std::string_view to_string(EntityKind kind) { return name_of(kKinds, kind); }
std::optional<EntityKind> parse_entity_kind(std::string_view name) { return value_of(kKinds, name); }
std::string_view id_prefix(EntityKind kind) { return name_of(kPrefixes, kind); }
std::optional<EntityKind> kind_of_prefix(std::string_view prefix) { return value_of(kPrefixes, prefix); }

std::span<const EventType> all_event_types() { return kAllTypes; }
std::span<const Status> all_statuses() { return kAllStatuses; }
std::span<const Mode> all_modes() { return kAllModes; }
std::span<const Level> all_levels() { return kAllLevels; }
std::span<const Stage> all_stages() { return kAllStages; }
std::span<const Stance> all_stances() { return kAllStances; }
std::span<const Role> all_roles() { return kAllRoles; }

std::string_view to_string(EventType value) { return name_of(kTypes, value); }
std::string_view to_string(Status value) { return name_of(kStatuses, value); }
std::string_view to_string(Mode value) { return name_of(kModes, value); }
std::string_view to_string(Level value) { return name_of(kLevels, value); }
std::string_view to_string(Stage value) { return name_of(kStages, value); }
std::string_view to_string(Stance value) { return name_of(kStances, value); }
std::string_view to_string(Role value) { return name_of(kRoles, value); }
std::string_view to_string(Predicate value) { return name_of(kPredicates, value); }

std::optional<EventType> parse_event_type(std::string_view name) { return value_of(kTypes, name); }
std::optional<Status> parse_status(std::string_view name) { return value_of(kStatuses, name); }
std::optional<Mode> parse_mode(std::string_view name) { return value_of(kModes, name); }
std::optional<Level> parse_level(std::string_view name) { return value_of(kLevels, name); }
std::optional<Stage> parse_stage(std::string_view name) { return value_of(kStages, name); }
std::optional<Stance> parse_stance(std::string_view name) { return value_of(kStances, name); }
std::optional<Role> parse_role(std::string_view name) { return value_of(kRoles, name); }

std::optional<EventType> event_type_from_number(std::uint8_t number) { return value_of_number(kTypes, number); }
std::optional<Status> status_from_number(std::uint8_t number) { return value_of_number(kStatuses, number); }
std::optional<Mode> mode_from_number(std::uint8_t number) { return value_of_number(kModes, number); }
std::optional<Level> level_from_number(std::uint8_t number) { return value_of_number(kLevels, number); }
std::optional<Stage> stage_from_number(std::uint8_t number) { return value_of_number(kStages, number); }
std::optional<Stance> stance_from_number(std::uint8_t number) { return value_of_number(kStances, number); }
std::optional<Role> role_from_number(std::uint8_t number) { return value_of_number(kRoles, number); }
std::optional<Predicate> predicate_from_number(std::uint8_t number) { return value_of_number(kPredicates, number); }

bool allows_stage(EventType type, Stage stage) {
  const auto number = static_cast<std::uint8_t>(stage);
  switch (type) {
    case EventType::agreement: return number < 10;
    case EventType::relations: return number >= 10 && number < 20;
    case EventType::mission: return number >= 20 && number < 30;
    case EventType::sanction: return number >= 30;
    default: return false;
  }
}

bool allows_stance(EventType type) { return type == EventType::message || type == EventType::statement; }

bool allows_forum(EventType type) { return type == EventType::consultation || type == EventType::conference; }

bool allows_role(EventType type, Role role) {
  switch (role) {
    case Role::host:
    case Role::guest: return type != EventType::statement && type != EventType::aid && type != EventType::sanction;
    case Role::sender: return type == EventType::message;
    case Role::recipient: return type == EventType::message || type == EventType::aid;
    case Role::donor: return type == EventType::aid;
    case Role::target:
      return type == EventType::summon || type == EventType::expulsion || type == EventType::sanction;
    case Role::appointee: return type == EventType::appointment;
    case Role::signatory: return type == EventType::agreement || type == EventType::relations;
    case Role::chair: return type == EventType::consultation || type == EventType::conference || type == EventType::meeting;
  }
  return false;
}

}  // namespace entente::graph
