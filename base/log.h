// The one door to spdlog: everything else of ours logs through these.
#pragma once

#include <spdlog/spdlog.h>

#include <string_view>

namespace entente::log {

// Sends the log to standard error (standard output is for answers). level: trace, debug, info, warn, error, off;
// an unknown one is info. Colours only on a terminal.
void start(std::string_view level);

using spdlog::debug;
using spdlog::error;
using spdlog::info;
using spdlog::warn;

}  // namespace entente::log
