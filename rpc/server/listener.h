// Listening sockets: made, refused when somebody has them, accepted from.
#pragma once

#include <kj/async-unix.h>

#include <functional>
#include <string>

#include "base/result.h"
#include "rpc/access/access.h"
#include "rpc/address.h"
#include "rpc/server/loop.h"

namespace entente::rpc {

// A socket file that nobody listens at any more is replaced. Letting go closes the socket and takes its file away.
class Listener {
 public:
  // Fails with locked when somebody listens there, permission, invalid_argument or io.
  static Result<std::unique_ptr<Listener>> open(const Address& address);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  const Address& address() const { return address_; }
  // As bound: with the port that the system chose for port 0.
  const std::string& bound() const { return bound_; }

  // Accepts, on the loop's thread, until the promise is let go of. `take` owns the socket it is given.
  kj::Promise<void> accept(Loop& loop, std::function<void(int socket, Origin origin)> take);

 private:
  Listener(const Address& address, int socket) : address_(address), socket_(socket) {}
  kj::Promise<void> accept_more(Loop& loop, kj::UnixEventPort::FdObserver& observer,
                                const std::function<void(int, Origin)>& take);

  Address address_;
  std::string bound_;
  int socket_;
};

}  // namespace entente::rpc
