// The order of a timeline.
#pragma once

#include <cstdint>

namespace entente::graph {

enum class Order : std::uint8_t { newest_first = 1, oldest_first = 2 };

}  // namespace entente::graph
