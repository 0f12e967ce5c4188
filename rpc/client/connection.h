// A connection to a server, and the Session at its end: what the client is built on. One thread, with its event loop.
#pragma once

#include <capnp/rpc-twoparty.h>
#include <kj/async-io.h>
#include <kj/compat/tls.h>

#include <memory>

#include "base/result.h"
#include "rpc/address.h"
#include "rpc/client/client.h"
#include "rpc/frames/frame_stream.h"
#include "rpc/schema/gate.capnp.h"
#include "rpc/schema/session.capnp.h"

namespace entente::rpc {

class Connection {
 public:
  // Fails with unavailable when nobody listens there, invalid_argument for TLS files that cannot be read.
  static Result<std::unique_ptr<Connection>> open(const Address& address, const ConnectOptions& options);

  // Entering is on its way, not waited for: calls on the session go out right behind it.
  wire::Session::Client& session() { return session_; }
  kj::WaitScope& scope() { return io_->waitScope; }

 private:
  Connection(std::shared_ptr<kj::AsyncIoContext> io, kj::Own<kj::AsyncIoStream> stream, const ConnectOptions& options);

  std::shared_ptr<kj::AsyncIoContext> io_;  // of the thread, whose connections share it
  kj::Own<kj::AsyncIoStream> stream_;
  FrameBounds bounds_;
  FrameStream frames_;
  capnp::TwoPartyVatNetwork network_;
  capnp::RpcSystem<capnp::rpc::twoparty::VatId> rpc_;
  wire::Session::Client session_;
};

}  // namespace entente::rpc
