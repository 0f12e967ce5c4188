// The server and its store in numbers: for the keeper and for what collects them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rpc/server/shared.h"

namespace entente::rpc {

using Figures = std::vector<std::pair<std::string, std::uint64_t>>;

// Reads the store: on a worker.
Result<Figures> figures_of(Shared& shared);
Figures figures_of(const Limits& limits);

}  // namespace entente::rpc
