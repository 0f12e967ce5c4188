// The Importer capability: takes readings of releases, one atomic and durable write each, and keeps what pulling
// remembers of its sources.
#pragma once

#include <memory>

#include "rpc/schema/importer.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

class ImporterServer final : public wire::Importer::Server {
 public:
  explicit ImporterServer(std::shared_ptr<Peer> peer) : peer_(std::move(peer)), strand_(peer_->strand()) {}
  kj::Promise<void> submit(SubmitContext context) override;
  kj::Promise<void> submitWith(SubmitWithContext context) override;
  kj::Promise<void> findState(FindStateContext context) override;
  kj::Promise<void> states(StatesContext context) override;
  kj::Promise<void> putStates(PutStatesContext context) override;
  kj::Promise<void> hold(HoldContext context) override;
  kj::Promise<void> start(StartContext context) override;
  kj::Promise<void> submitOnce(SubmitOnceContext context) override;

 private:
  // Fails the call when the release is another publisher's than the client's token is for.
  std::string key_of(const char* method, capnp::Text::Reader key);
  void require_publisher(const char* method, const graph::Release& release);

  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
};

}  // namespace entente::rpc
