// The Gate: what a client is handed first. It asks who is there.
#pragma once

#include <memory>

#include "rpc/schema/gate.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

class GateServer final : public wire::Gate::Server {
 public:
  explicit GateServer(std::shared_ptr<Peer> peer) : peer_(std::move(peer)) {}
  kj::Promise<void> enter(EnterContext context) override;

 private:
  std::shared_ptr<Peer> peer_;
};

}  // namespace entente::rpc
