// Tells the service manager how far the process is, where one asked to be told (Type=notify).
#pragma once

#include <string_view>

namespace entente::app {

// "READY=1", "STOPPING=1": see sd_notify(3). Does nothing where nobody asked.
void notify_manager(std::string_view state);

}  // namespace entente::app
