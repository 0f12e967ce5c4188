// The HTTP gate of one loop: connections, who may, answers from workers, changes as server-sent events. Read-only.
#pragma once

#include <kj/async.h>
#include <kj/compat/http.h>
#include <kj/compat/tls.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "rpc/access/access.h"
#include "rpc/http/api.h"
#include "rpc/server/feed.h"
#include "rpc/server/loop.h"
#include "rpc/server/shared.h"

namespace entente::rpc {

struct HttpRules {
  std::vector<std::string> origins;  // pages of these may ask (CORS); "*": of any
  bool open = false;                 // who can connect may read, without a token
};

class HttpServer final : private kj::TaskSet::ErrorHandler {
 public:
  // `tls` may be null; all outlive this.
  HttpServer(Shared& shared, Loop& loop, LoopChanges& changes, const HttpRules& rules, kj::TlsContext* tls);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void adopt(Arrival arrival);
  // Ends the streams of changes of those who may not have them any more.
  void look_at_tokens();
  // Ends the streams of changes and lets the answers under way be sent, up to drain_ms_max.
  kj::Promise<void> drain();

 private:
  class Client;
  struct Headers;
  class Watching;

  kj::Promise<void> serve(kj::Own<kj::AsyncIoStream> stream, std::uint64_t number, Origin origin);
  void taskFailed(kj::Exception&& exception) override;

  Shared& shared_;
  Loop& loop_;
  LoopChanges& changes_;
  const HttpRules& rules_;
  kj::TlsContext* tls_;
  std::unique_ptr<Headers> headers_;
  HttpSource source_;
  std::uint64_t answering_ = 0;
  bool draining_ = false;
  std::set<Watching*> watching_;
  kj::Maybe<kj::Own<kj::PromiseFulfiller<void>>> drained_;
  kj::Own<kj::TaskSet> tasks_;
};

}  // namespace entente::rpc
