// What raises or lowers the trust in what a sentence tells: told by a noun, year inferred, subject left out ...
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::importers {

enum class Sign : std::uint8_t {
  told_by_noun,      // "a meeting with", not "met with"
  told_by_forum,     // by the name of a series
  told_by_act,       // "the signing of"
  background,        // in passing
  known_before,      // "the meeting"
  undated,
  date_of_release,   // took the day of publication
  year_inferred,     // the text gives no year
  not_occurred,      // planned or cancelled
  subject_left_out,  // "Met with the President."
  own_side_added,    // the text names one party only
  no_person,
  many_parties,
  told_again,        // by several sentences
  far_apart,         // the words that tell it stand far from each other
  count_,
};
using Signs = std::bitset<static_cast<std::size_t>(Sign::count_)>;

std::optional<Sign> parse_sign(std::string_view name);
std::string_view to_string(Sign sign);

// Of a sum that the logistic function makes a probability of.
struct ConfidenceWeights {
  double base = 0;
  double rule = 1;  // of the log odds of the rule's own confidence
  std::array<double, static_cast<std::size_t>(Sign::count_)> of{};
};

}  // namespace entente::importers
