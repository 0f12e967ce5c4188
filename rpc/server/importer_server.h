// The Importer capability: takes readings of releases, one atomic and durable write each, and keeps what pulling
// remembers of its sources.
#pragma once

#include "graph/view/claim_sink.h"
#include "graph/view/source_state.h"
#include "rpc/schema/entente.capnp.h"
#include "rpc/server/workers.h"

namespace entente::rpc {

class ImporterServer final : public wire::Importer::Server {
 public:
  ImporterServer(Workers& workers, graph::ClaimSink& sink, graph::SourceStates& states)
      : workers_(workers), worker_(workers.pick()), sink_(sink), states_(states) {}
  kj::Promise<void> submit(SubmitContext context) override;
  kj::Promise<void> submitWith(SubmitWithContext context) override;
  kj::Promise<void> findState(FindStateContext context) override;
  kj::Promise<void> states(StatesContext context) override;
  kj::Promise<void> putStates(PutStatesContext context) override;
  kj::Promise<void> hold(HoldContext context) override;

 private:
  Workers& workers_;
  std::size_t worker_;
  graph::ClaimSink& sink_;
  graph::SourceStates& states_;
};

}  // namespace entente::rpc
