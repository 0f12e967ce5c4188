// The connections of one loop. Used on the loop's thread only.
#pragma once

#include <kj/async.h>
#include <kj/compat/tls.h>

#include <map>
#include <memory>
#include <string>

#include "rpc/server/feed.h"
#include "rpc/server/loop.h"
#include "rpc/server/peer.h"
#include "rpc/server/shared.h"

namespace entente::rpc {

class Connections final : private kj::TaskSet::ErrorHandler {
 public:
  // `tls` may be null; all outlive this.
  Connections(Shared& shared, Loop& loop, LoopChanges& changes, kj::TlsContext* tls);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  // Takes the socket over and serves it. TLS is for what does not come over a unix socket.
  void adopt(Arrival arrival);
  // Lets the calls in flight come to their end, up to drain_ms_max, then resolves with everything closed.
  kj::Promise<void> drain();
  // Breaks what was given to holders of tokens that do not stand any more.
  void look_at_tokens();

 private:
  class Connection;

  kj::Promise<void> serve(kj::Own<kj::AsyncIoStream> stream, std::shared_ptr<Peer> peer);
  void taskFailed(kj::Exception&& exception) override;
  bool quiet() const;

  Shared& shared_;
  Loop& loop_;
  kj::TlsContext* tls_;
  LoopChanges& changes_;
  std::map<std::uint64_t, std::weak_ptr<Peer>> peers_;
  kj::Maybe<kj::Own<kj::PromiseFulfiller<void>>> drained_;
  kj::Own<kj::TaskSet> tasks_;
};

}  // namespace entente::rpc
