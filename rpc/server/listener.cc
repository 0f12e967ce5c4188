#include "rpc/server/listener.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/log.h"

namespace entente::rpc {
namespace {

constexpr int kBacklog = 512;
constexpr auto kOutOfDescriptors = 100 * kj::MILLISECONDS;

Error errno_error(const Address& address) {
  const int number = errno;
  ErrorCode code = ErrorCode::io;
  if (number == EADDRINUSE) code = ErrorCode::locked;
  if (number == EACCES || number == EPERM) code = ErrorCode::permission;
  return Error{code, fmt::format("cannot listen at {}: {}{}", address.text, std::strerror(number), code == ErrorCode::locked ? "; stop who does or choose another" : ""), {}};
}

sockaddr_un unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), std::min(path.size() + 1, sizeof(address.sun_path) - 1));
  return address;
}

bool somebody_listens(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const sockaddr_un address = unix_address(path);
  const bool connected = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  ::close(fd);
  return connected;
}

Result<void> clear_socket(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return {};
  if (!S_ISSOCK(status.st_mode)) return Error{ErrorCode::invalid_argument, path + " is there and is no socket; choose another path", {}};
  if (somebody_listens(path)) return Error{ErrorCode::locked, "another server listens at unix:" + path + "; stop it or choose another socket", {}};
  ::unlink(path.c_str());
  return {};
}

Result<int> listen_unix(const Address& address) {
  if (auto cleared = clear_socket(address.unix_path); !cleared) return cleared.error();
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return errno_error(address);
  const sockaddr_un name = unix_address(address.unix_path);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0 && ::listen(fd, kBacklog) == 0) return fd;
  Error error = errno_error(address);
  ::close(fd);
  return error;
}

Result<int> listen_tcp(const Address& address) {
  const std::size_t colon = address.text.rfind(':');
  std::string host = address.text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int failed = ::getaddrinfo(host == "*" ? nullptr : host.c_str(), address.text.c_str() + colon + 1, &hints, &found);
  if (failed != 0) return Error{ErrorCode::invalid_argument, fmt::format("cannot listen at {}: {}", address.text, ::gai_strerror(failed)), {}};
  const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int one = 1;
  const bool bound = fd >= 0 && ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0 &&
                     ::bind(fd, found->ai_addr, found->ai_addrlen) == 0 && ::listen(fd, kBacklog) == 0;
  ::freeaddrinfo(found);
  if (bound) return fd;
  Error error = errno_error(address);
  if (fd >= 0) ::close(fd);
  return error;
}

std::string text_of(const sockaddr_storage& address, socklen_t size) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(), host.size(), port.data(), port.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "?";
  return address.ss_family == AF_INET6 ? fmt::format("[{}]:{}", host.data(), port.data()) : fmt::format("{}:{}", host.data(), port.data());
}

// The address without the port: what a stranger cannot change from one connection to the next.
std::string host_of(const sockaddr_storage& address, socklen_t size) {
  const std::string text = text_of(address, size);
  return text.substr(0, text.rfind(':'));
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(const Address& address) {
  auto socket = address.unix_path.empty() ? listen_tcp(address) : listen_unix(address);
  if (!socket) return socket.error();
  std::unique_ptr<Listener> listener(new Listener(address, *socket));
  listener->bound_ = address.text;
  if (address.unix_path.empty()) {
    sockaddr_storage name{};
    socklen_t size = sizeof(name);
    if (::getsockname(*socket, reinterpret_cast<sockaddr*>(&name), &size) == 0) listener->bound_ = text_of(name, size);
  }
  return listener;
}

Listener::~Listener() {
  ::close(socket_);
  if (!address_.unix_path.empty()) ::unlink(address_.unix_path.c_str());
}

kj::Promise<void> Listener::accept(Loop& loop, std::function<void(int, Origin)> take) {
  auto observer = kj::heap<kj::UnixEventPort::FdObserver>(loop.io().unixEventPort, socket_, kj::UnixEventPort::FdObserver::OBSERVE_READ);
  auto kept = kj::heap<std::function<void(int, Origin)>>(std::move(take));
  auto accepting = accept_more(loop, *observer, *kept);
  return accepting.attach(kj::mv(observer), kj::mv(kept));
}

kj::Promise<void> Listener::accept_more(Loop& loop, kj::UnixEventPort::FdObserver& observer,
                                        const std::function<void(int, Origin)>& take) {
  auto next = observer.whenBecomesReadable();
  while (true) {
    sockaddr_storage name{};
    socklen_t size = sizeof(name);
    const int socket = ::accept4(socket_, reinterpret_cast<sockaddr*>(&name), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) break;
      log::error("cannot accept at {}: {}", bound_, std::strerror(errno));
      return loop.timer().afterDelay(kOutOfDescriptors).then([this, &loop, &observer, &take]() { return accept_more(loop, observer, take); });
    }
    Origin origin;
    origin.unix_socket = !address_.unix_path.empty();
    if (origin.unix_socket) {
      ucred peer{};
      socklen_t peer_size = sizeof(peer);
      if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &peer_size) != 0) {
        log::error("cannot tell who connects at {}: {}", bound_, std::strerror(errno));
        ::close(socket);
        continue;
      }
      origin.uid = peer.uid;
    } else {
      origin.address = host_of(name, size);
    }
    take(socket, std::move(origin));
  }
  return next.then([this, &loop, &observer, &take]() { return accept_more(loop, observer, take); });
}

}  // namespace entente::rpc
