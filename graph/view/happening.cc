#include "graph/view/happening.h"

#include <algorithm>

namespace entente::graph {
namespace {

bool in_mask(std::uint64_t mask, std::uint8_t number) { return mask == 0 || (mask >> number & 1U) != 0; }

bool in_list(const std::vector<std::uint32_t>& list, std::uint32_t value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool Terms::admits(const Happening& event) const {
  return in_period(event) && in_mask(types, static_cast<std::uint8_t>(event.type)) && in_mask(levels, event.level) &&
         in_mask(statuses, static_cast<std::uint8_t>(event.status)) && in_mask(modes, event.mode) &&
         in_mask(stages, event.stage) && in_mask(stances, event.stance) && in_list(forums, event.forum) &&
         in_list(places, event.place) && in_list(publishers, event.publishers) && in_list(codes, event.code);
}

}  // namespace entente::graph
