// What a triple can say. The numbers are on disk: never renumber, only add.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::graph {

enum class Predicate : std::uint8_t {
  participant = 1,  // (event, participant, country | organisation | region | official)
  host = 2,         // (event, host, ...) and so on: one predicate for each role
  guest = 3,
  sender = 4,
  recipient = 5,
  donor = 6,
  target = 7,
  appointee = 8,
  signatory = 9,
  chair = 10,
  edition_of = 20,  // (event, edition_of, forum)
  holds = 30,       // (official, holds, post)
  acts_for = 31,    // (official, acts_for, country | organisation)
  member_of = 40,   // (country, member_of, region | organisation)
  located_in = 50,  // (event, located_in, place)
};

std::string_view to_string(Predicate value);
std::optional<Predicate> predicate_from_number(std::uint8_t number);

}  // namespace entente::graph
