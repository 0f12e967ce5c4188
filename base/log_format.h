// How the log is written: for people, or one JSON object a line for what collects logs.
#pragma once

#include <string_view>

namespace entente::log {

// {"time":"2026-11-24T05:00:00.123Z","level":"warn","message":"..."}; after start() of base/log.h.
void write_json();
// Changes the level while the program runs; an unknown word changes nothing and gives false.
bool set_level(std::string_view level);

}  // namespace entente::log
