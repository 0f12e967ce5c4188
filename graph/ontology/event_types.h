// What can be said of an event: its type and the closed sets of its fields, as docs/ontology.md explains them.
// The numbers are on disk and on the wire: never renumber, only add.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace entente::graph {

enum class EventType : std::uint8_t {
  meeting = 1,
  courtesy_call = 2,
  call = 3,
  visit = 4,
  consultation = 5,
  conference = 6,
  message = 7,
  agreement = 8,
  relations = 9,
  mission = 10,
  appointment = 11,
  accreditation = 12,
  aid = 13,
  statement = 14,
  summon = 15,
  expulsion = 16,
  sanction = 17,
};

enum class Status : std::uint8_t { occurred = 1, planned = 2, cancelled = 3 };

enum class Mode : std::uint8_t { virtual_ = 1, phone = 2 };

// The highest rank said to take part on either side; a lower number is a higher rank.
enum class Level : std::uint8_t { leader = 1, minister = 2, vice_minister = 3, working = 4 };

enum class Stage : std::uint8_t {
  negotiated = 1, signed_ = 2, ratified = 3, in_force = 4, terminated = 5,                       // agreement
  established = 10, upgraded = 11, downgraded = 12, suspended = 13, severed = 14, restored = 15, recognised = 16,  // relations
  opened = 20, closed = 21, reopened = 22,                                                        // mission
  imposed = 30, extended = 31, lifted = 32,                                                       // sanction
};

enum class Stance : std::uint8_t {
  support = 1, congratulate = 2, condole = 3, concern = 4, condemn = 5, demand = 6, thank = 7,
};

enum class Role : std::uint8_t {
  host = 1, guest = 2, sender = 3, recipient = 4, donor = 5, target = 6, appointee = 7, signatory = 8, chair = 9,
};

std::span<const EventType> all_event_types();
std::span<const Status> all_statuses();
std::span<const Mode> all_modes();
std::span<const Level> all_levels();
std::span<const Stage> all_stages();
std::span<const Stance> all_stances();
std::span<const Role> all_roles();

// The name as it stands in JSON, data files and on the command line ("virtual" and "signed" without the underscore).
std::string_view to_string(EventType value);
std::string_view to_string(Status value);
std::string_view to_string(Mode value);
std::string_view to_string(Level value);
std::string_view to_string(Stage value);
std::string_view to_string(Stance value);
std::string_view to_string(Role value);

// The value of a name; absent for an unknown one.
std::optional<EventType> parse_event_type(std::string_view name);
std::optional<Status> parse_status(std::string_view name);
std::optional<Mode> parse_mode(std::string_view name);
std::optional<Level> parse_level(std::string_view name);
std::optional<Stage> parse_stage(std::string_view name);
std::optional<Stance> parse_stance(std::string_view name);
std::optional<Role> parse_role(std::string_view name);

// The value of a number read from disk or wire; absent for an unknown one.
std::optional<EventType> event_type_from_number(std::uint8_t number);
std::optional<Status> status_from_number(std::uint8_t number);
std::optional<Mode> mode_from_number(std::uint8_t number);
std::optional<Level> level_from_number(std::uint8_t number);
std::optional<Stage> stage_from_number(std::uint8_t number);
std::optional<Stance> stance_from_number(std::uint8_t number);
std::optional<Role> role_from_number(std::uint8_t number);

}  // namespace entente::graph
