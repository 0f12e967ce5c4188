#include "rpc/server/connections.h"

#include <capnp/rpc-twoparty.h>
#include <fmt/format.h>

#include "base/log.h"
#include "rpc/server/gate_server.h"

namespace entente::rpc {

// The stream, what runs over it, and the peer's hold on them: made and destroyed together, never from inside a call.
class Connections::Connection {
 public:
  Connection(kj::Own<kj::AsyncIoStream> stream, Loop& loop, std::shared_ptr<Peer> peer)
      : peer_(std::move(peer)),
        stream_(kj::mv(stream)),
        frames_(*stream_, loop.timer(), peer_->bounds(), peer_.get()),
        network_(frames_, capnp::rpc::twoparty::Side::SERVER),
        rpc_(capnp::makeRpcServer(network_, kj::heap<GateServer>(peer_))) {
    peer_->attach(&frames_, &network_);
  }
  ~Connection() { peer_->detach(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  kj::Promise<void> ended() { return network_.onDisconnect().exclusiveJoin(peer_->cut()); }

 private:
  std::shared_ptr<Peer> peer_;
  kj::Own<kj::AsyncIoStream> stream_;
  FrameStream frames_;
  capnp::TwoPartyVatNetwork network_;
  capnp::RpcSystem<capnp::rpc::twoparty::VatId> rpc_;
};

Connections::Connections(Shared& shared, Loop& loop, LoopChanges& changes, kj::TlsContext* tls)
    : shared_(shared), loop_(loop), tls_(tls), changes_(changes), tasks_(kj::heap<kj::TaskSet>(static_cast<kj::TaskSet::ErrorHandler&>(*this))) {}

Connections::~Connections() = default;

void Connections::adopt(Arrival arrival) {
  constexpr unsigned kFlags = kj::LowLevelAsyncIoProvider::TAKE_OWNERSHIP | kj::LowLevelAsyncIoProvider::ALREADY_CLOEXEC |
                              kj::LowLevelAsyncIoProvider::ALREADY_NONBLOCK;
  const std::uint64_t number = arrival.number;
  const bool encrypted = tls_ != nullptr && !arrival.origin.unix_socket;
  auto peer = std::make_shared<Peer>(shared_, loop_, changes_, number, std::move(arrival.origin));
  peer->start_note();
  auto stream = loop_.io().lowLevelProvider->wrapSocketFd(arrival.socket, kFlags);
  peers_[number] = peer;
  log::debug("{} connects", peer->name());
  kj::Promise<void> served = nullptr;
  if (encrypted) {
    const auto ms = static_cast<std::int64_t>(shared_.limits.unproven_ms_max);
    served = loop_.timer().timeoutAfter(ms * kj::MILLISECONDS, tls_->wrapServer(kj::mv(stream)))
                 .then([this, peer](kj::Own<kj::AsyncIoStream> inner) { return serve(kj::mv(inner), peer); },
                       [this, peer](kj::Exception&& exception) {
                         ++shared_.counters.refused;
                         log::warn("{} is refused: no TLS could be agreed on: {}", peer->name(), exception.getDescription().cStr());
                       });
  } else {
    served = serve(kj::mv(stream), peer);
  }
  tasks_->add(served.attach(kj::mv(arrival.counted), kj::defer([this, number, peer]() {
    log::debug("{} is gone", peer->name());
    peers_.erase(number);
  })));
}

kj::Promise<void> Connections::serve(kj::Own<kj::AsyncIoStream> stream, std::shared_ptr<Peer> peer) {
  peer->on_progress([this]() {
    KJ_IF_MAYBE (waiting, drained_)
      if (quiet()) (*waiting)->fulfill();
  });
  auto connection = kj::heap<Connection>(kj::mv(stream), loop_, peer);
  auto ended = connection->ended();
  const auto ms = static_cast<std::int64_t>(shared_.limits.unproven_ms_max);
  auto proof = loop_.timer().afterDelay(ms * kj::MILLISECONDS).then([peer, ms]() -> kj::Promise<void> {
    if (peer->holder().role == Role::none) peer->refuse(fmt::format("it has not proved who it is within {} ms", ms));
    return kj::NEVER_DONE;
  });
  return ended.exclusiveJoin(kj::mv(proof)).attach(kj::mv(connection));
}

bool Connections::quiet() const {
  for (const auto& [number, weak] : peers_)
    if (const auto peer = weak.lock(); peer && (peer->unanswered() > 0 || peer->unwritten() > 0)) return false;
  return true;
}

kj::Promise<void> Connections::drain() {
  for (const auto& [number, weak] : peers_)
    if (const auto peer = weak.lock()) peer->stop(Error{ErrorCode::unavailable, "the server is stopping; connect again in a while", {}});
  auto paf = kj::newPromiseAndFulfiller<void>();
  if (quiet()) paf.fulfiller->fulfill();
  drained_ = kj::mv(paf.fulfiller);
  const auto ms = static_cast<std::int64_t>(shared_.limits.drain_ms_max);
  return paf.promise.exclusiveJoin(loop_.timer().afterDelay(ms * kj::MILLISECONDS)).then([this]() {
    drained_ = nullptr;
    tasks_ = kj::heap<kj::TaskSet>(static_cast<kj::TaskSet::ErrorHandler&>(*this));
  });
}

void Connections::look_at_tokens() {
  for (const auto& [number, weak] : peers_) {
    const auto peer = weak.lock();
    if (!peer || peer->is_revoked()) continue;
    if (const auto still = shared_.access.still(peer->holder()); !still) {
      log::warn("{} loses its capabilities: {}", peer->name(), still.error().message);
      peer->revoke(still.error());
    }
  }
}

void Connections::taskFailed(kj::Exception&& exception) {
  log::debug("a connection ended: {}", exception.getDescription().cStr());
}

}  // namespace entente::rpc
