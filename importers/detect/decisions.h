// When a government decided what it gives, told behind the gift: "The decision was taken on 14 May", "as decided by Cabinet on Monday".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "importers/detect/draft.h"

namespace entente::importers {

// The day of a decision told in a sentence behind the item `from`; absent where none is, or without a day.
std::optional<DateExpr> day_of_decision(const TextView& view, const Sentence& sentence, std::uint32_t from);

// Gives aid that has no time the day of the decision that the next sentence tells.
void date_by_decisions(const TextView& view, std::vector<Draft>& drafts);

}  // namespace entente::importers
