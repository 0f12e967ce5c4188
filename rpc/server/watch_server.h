// The Watch capability: changes told to a client's watcher as it takes them.
#pragma once

#include <memory>

#include "rpc/schema/watch.capnp.h"
#include "rpc/server/change_stream.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

class WatchServer final : public wire::Watch::Server {
 public:
  // Tells what was recorded after `from`, as long as it is there.
  WatchServer(std::shared_ptr<Peer> peer, Peer::HeldWatch held, graph::TimelineQuery filter, RecordedTime from, wire::Watcher::Client watcher);
  kj::Promise<void> gone(GoneContext context) override;

 private:
  kj::Promise<void> send(const Told& told);

  std::shared_ptr<Peer> peer_;
  Peer::HeldWatch held_;
  wire::Watcher::Client watcher_;
  ChangeStream stream_;
  kj::ForkedPromise<void> running_ = nullptr;
};

}  // namespace entente::rpc
