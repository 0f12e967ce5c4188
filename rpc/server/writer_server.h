// The Writer capability: readings and corrections that are written together or not at all.
#pragma once

#include <memory>

#include "rpc/schema/writer.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

class WriterServer final : public wire::Writer::Server {
 public:
  explicit WriterServer(std::shared_ptr<Peer> peer) : peer_(std::move(peer)) {}
  kj::Promise<void> begin(BeginContext context) override;

 private:
  std::shared_ptr<Peer> peer_;
};

}  // namespace entente::rpc
