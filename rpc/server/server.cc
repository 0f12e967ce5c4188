#include "rpc/server/server.h"

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>
#include <kj/async-unix.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "base/log.h"
#include "rpc/convert/convert.h"
#include "rpc/server/gate_server.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kWorkers = 4;

bool somebody_listens(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), std::min(path.size() + 1, sizeof(address.sun_path) - 1));
  const bool connected = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  ::close(fd);
  return connected;
}

Result<void> clear_socket(const std::string& path) {
  struct stat status {};
  if (path.empty() || ::lstat(path.c_str(), &status) != 0) return {};
  if (!S_ISSOCK(status.st_mode)) return Error{ErrorCode::invalid_argument, path + " is there and is no socket; choose another path", {}};
  if (somebody_listens(path)) return Error{ErrorCode::locked, "another server listens at unix:" + path + "; stop it or choose another socket", {}};
  ::unlink(path.c_str());
  return {};
}

}  // namespace

void capture_stop_signals() {
  kj::UnixEventPort::captureSignal(SIGTERM);
  kj::UnixEventPort::captureSignal(SIGINT);
}

Result<void> serve(storage::Store& store, const Address& address, const std::function<void()>& ready) {
  if (auto cleared = clear_socket(address.unix_path); !cleared) return cleared;
  try {
    auto io = kj::setupAsyncIo();
    Workers workers(kWorkers);
    capnp::TwoPartyServer server(kj::heap<GateServer>(workers, store));
    auto listener = io.provider->getNetwork().parseAddress(address.text.c_str()).wait(io.waitScope)->listen();
    auto stop = io.unixEventPort.onSignal(SIGTERM).exclusiveJoin(io.unixEventPort.onSignal(SIGINT)).then([](siginfo_t&&) {});
    auto serving = server.listen(*listener);
    log::info("listening at {}", address.text);
    ready();
    stop.exclusiveJoin(kj::mv(serving)).wait(io.waitScope);
    log::info("stopping");
  } catch (const kj::Exception& exception) {
    const std::string text(exception.getDescription().cStr());
    const bool in_use = text.find("in use") != std::string::npos;
    return Error{in_use ? ErrorCode::locked : ErrorCode::io, "cannot serve at " + address.text + ": " + text, {}};
  }
  if (!address.unix_path.empty()) ::unlink(address.unix_path.c_str());
  return {};
}

}  // namespace entente::rpc
