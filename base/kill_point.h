// Named places at which a test can have this process die, as SIGKILL or the power would end it: the crash tests
// (tests/crash) set ENTENTE_KILL_POINT="batch.written:3" in the environment of a writer, which then ends the third time
// that it passes there. The environment is read once; without the variable a place costs one look at a number.
#pragma once

#include <string_view>

namespace entente {

// Whether the environment names a place.
bool kill_points_set();
// Ends the process here when it is this place's turn.
void kill_point(std::string_view name);

}  // namespace entente
