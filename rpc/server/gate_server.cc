#include "rpc/server/gate_server.h"

#include <capnp/membrane.h>

#include "base/log.h"
#include "rpc/convert/convert.h"
#include "rpc/server/session_server.h"

namespace entente::rpc {
namespace {

// Lets everything through until the token is revoked; then everything that came from the session is dead at once.
class WhileTokenStands final : public capnp::MembranePolicy, public kj::Refcounted {
 public:
  explicit WhileTokenStands(std::shared_ptr<Peer> peer) : peer_(std::move(peer)) {}
  kj::Maybe<capnp::Capability::Client> inboundCall(std::uint64_t /*interface*/, std::uint16_t /*method*/,
                                                   capnp::Capability::Client /*target*/) override {
    return nullptr;
  }
  kj::Maybe<capnp::Capability::Client> outboundCall(std::uint64_t /*interface*/, std::uint16_t /*method*/,
                                                    capnp::Capability::Client /*target*/) override {
    return nullptr;
  }
  kj::Own<capnp::MembranePolicy> addRef() override { return kj::addRef(*this); }
  kj::Maybe<kj::Promise<void>> onRevoked() override { return peer_->revoked(); }

 private:
  std::shared_ptr<Peer> peer_;
};

}  // namespace

kj::Promise<void> GateServer::enter(EnterContext context) {
  Access& access = peer_->shared().access;
  auto holder = access.enter(peer_->origin(), text_of(context.getParams().getToken()));
  if (!holder) {
    const Error why = holder.error();
    const auto wait = access.wait_after_failure(peer_->origin()).count() * kj::MILLISECONDS;
    return peer_->loop().timer().afterDelay(wait).then([peer = peer_, why]() { peer->fail("enter", why); });
  }
  peer_->prove(std::move(*holder));
  log::info("{} enters as {}", peer_->name(), peer_->holder().name);
  wire::Session::Client session = kj::heap<SessionServer>(peer_);
  if (!peer_->holder().token.empty()) session = capnp::membrane(kj::mv(session), kj::refcounted<WhileTokenStands>(peer_));
  context.getResults().setSession(kj::mv(session));
  return kj::READY_NOW;
}

}  // namespace entente::rpc
