#include "rpc/server/watch_server.h"

#include "base/log.h"
#include "rpc/convert/convert.h"

namespace entente::rpc {

WatchServer::WatchServer(std::shared_ptr<Peer> peer, Peer::HeldWatch held, graph::TimelineQuery filter, RecordedTime from, wire::Watcher::Client watcher)
    : peer_(std::move(peer)),
      held_(std::move(held)),
      watcher_(kj::mv(watcher)),
      stream_(peer_->shared(), peer_->loop(), held_.changes, peer_->strand(), std::move(filter), from, [this](const ChangeStream::Told& told) { return send(told); }) {
  // Not from within the call that asks for it: its answer goes first.
  running_ = kj::evalLater([this]() { return stream_.run(); })
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

kj::Promise<void> WatchServer::send(const ChangeStream::Told& told) {
  peer_->count_rows(told.changes.size());
  auto request = watcher_.changesRequest();
  request.setThroughMicros(told.through.micros);
  auto list = request.initChanges(static_cast<unsigned>(told.changes.size()));
  for (unsigned i = 0; i < told.changes.size(); ++i) write(*told.changes[i].second, told.changes[i].first, list[i]);
  return request.send();
}

}  // namespace entente::rpc
