#include "apps/entente/notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace entente::app {

void notify_manager(std::string_view state) {
  const char* const path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un name{};
  if (path == nullptr || *path == '\0' || std::strlen(path) >= sizeof(name.sun_path)) return;
  name.sun_family = AF_UNIX;
  std::strncpy(name.sun_path, path, sizeof(name.sun_path) - 1);
  if (name.sun_path[0] == '@') name.sun_path[0] = '\0';  // the abstract namespace
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path));
  ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&name), size);
  ::close(socket);
}

}  // namespace entente::app
