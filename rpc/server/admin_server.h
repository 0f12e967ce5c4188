// The Admin capability: how the server does, who is there, copies and checks of the store, tokens.
#pragma once

#include <memory>

#include "rpc/schema/admin.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

class AdminServer final : public wire::Admin::Server {
 public:
  explicit AdminServer(std::shared_ptr<Peer> peer) : peer_(std::move(peer)), strand_(peer_->strand()) {}
  kj::Promise<void> stats(StatsContext context) override;
  kj::Promise<void> check(CheckContext context) override;
  kj::Promise<void> backup(BackupContext context) override;
  kj::Promise<void> sessions(SessionsContext context) override;
  kj::Promise<void> close(CloseContext context) override;
  kj::Promise<void> tokens(TokensContext context) override;
  kj::Promise<void> createToken(CreateTokenContext context) override;
  kj::Promise<void> revokeToken(RevokeTokenContext context) override;

 private:
  // `work() -> Result<T>` on a worker, as long as a stream may take; `fill(T&)` here.
  template <class Context, class Work, class Fill>
  kj::Promise<void> at_length(const char* method, Context context, Work work, Fill fill) {
    peer_->require(Role::admin, method);
    context.allowCancellation();
    return peer_->ask(method, strand_, [work = std::move(work)](const Stop& /*stop*/) mutable { return work(); }, peer_->shared().limits.stream_ms_max)
        .then([fill = std::move(fill)](auto value) mutable { fill(value); });
  }

  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
};

}  // namespace entente::rpc
