#include "rpc/server/urgent.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>

namespace entente::rpc {

void go_first() {
  constexpr int kSteps = 5;
  // Of the thread alone, although POSIX speaks of a process here.
  const auto thread = static_cast<id_t>(::gettid());
  errno = 0;
  const int now = ::getpriority(PRIO_PROCESS, thread);
  if (now == -1 && errno != 0) return;
  ::setpriority(PRIO_PROCESS, thread, now - kSteps);
}

}  // namespace entente::rpc
