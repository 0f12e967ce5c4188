// The Gate and the Session: what a client is handed first.
#pragma once

#include "rpc/schema/entente.capnp.h"
#include "rpc/server/workers.h"
#include "storage/store.h"

namespace entente::rpc {

class SessionServer final : public wire::Session::Server {
 public:
  SessionServer(Workers& workers, storage::Store& store) : workers_(workers), store_(store) {}
  kj::Promise<void> reader(ReaderContext context) override;
  kj::Promise<void> importer(ImporterContext context) override;
  kj::Promise<void> echo(EchoContext context) override;

 private:
  Workers& workers_;
  storage::Store& store_;
};

class GateServer final : public wire::Gate::Server {
 public:
  GateServer(Workers& workers, storage::Store& store) : workers_(workers), store_(store) {}
  kj::Promise<void> enter(EnterContext context) override {
    context.getResults().setSession(kj::heap<SessionServer>(workers_, store_));
    return kj::READY_NOW;
  }

 private:
  Workers& workers_;
  storage::Store& store_;
};

}  // namespace entente::rpc
