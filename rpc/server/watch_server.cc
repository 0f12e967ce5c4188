#include "rpc/server/watch_server.h"

#include "base/log.h"

namespace entente::rpc {

WatchServer::WatchServer(std::shared_ptr<Peer> peer, Peer::HeldWatch held, graph::TimelineQuery filter, RecordedTime from, wire::Watcher::Client watcher)
    : peer_(std::move(peer)),
      held_(std::move(held)),
      watcher_(kj::mv(watcher)),
      stream_(peer_->shared(), peer_->loop(), held_.changes, peer_->strand(), std::move(filter), from, [this](const Told& told) { return send(told); }) {
  // Not from within the call that asks for it: its answer goes first.
  running_ = kj::evalLater([this]() { return stream_.run(); })
                 .exclusiveJoin(peer_->stopping())
                 .catch_([this](kj::Exception&& exception) -> kj::Promise<void> {
                   log::info("{}: a watch ended: {}", peer_->name(), exception.getDescription().cStr());
                   return kj::mv(exception);
                 })
                 .fork();
}

kj::Promise<void> WatchServer::gone(GoneContext context) {
  context.allowCancellation();
  return running_.addBranch();
}

kj::Promise<void> WatchServer::send(const Told& told) {
  peer_->count_rows(told.changes.size());
  auto request = watcher_.changesRequest(told.size());
  request.setThroughMicros(told.through.micros);
  request.setChanges(told.on_wire());
  auto sent = request.send();
  if (told.written != std::chrono::steady_clock::time_point{}) peer_->shared().told.note(std::chrono::steady_clock::now() - told.written);
  return sent;
}

}  // namespace entente::rpc
