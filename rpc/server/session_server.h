// The Session: hands out capabilities to who has the role for them.
#pragma once

#include <memory>

#include "rpc/schema/session.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

class SessionServer final : public wire::Session::Server {
 public:
  explicit SessionServer(std::shared_ptr<Peer> peer) : peer_(std::move(peer)), strand_(peer_->strand()) {}
  kj::Promise<void> reader(ReaderContext context) override;
  kj::Promise<void> importer(ImporterContext context) override;
  kj::Promise<void> echo(EchoContext context) override;
  kj::Promise<void> who(WhoContext context) override;
  kj::Promise<void> writer(WriterContext context) override;
  kj::Promise<void> watch(WatchContext context) override;
  kj::Promise<void> admin(AdminContext context) override;

 private:
  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
};

}  // namespace entente::rpc
