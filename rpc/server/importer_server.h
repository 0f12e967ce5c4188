// The Importer capability: takes readings of releases, one atomic and durable write each.
#pragma once

#include "graph/view/claim_sink.h"
#include "rpc/schema/entente.capnp.h"
#include "rpc/server/workers.h"

namespace entente::rpc {

class ImporterServer final : public wire::Importer::Server {
 public:
  ImporterServer(Workers& workers, graph::ClaimSink& sink) : workers_(workers), worker_(workers.pick()), sink_(sink) {}
  kj::Promise<void> submit(SubmitContext context) override;

 private:
  Workers& workers_;
  std::size_t worker_;
  graph::ClaimSink& sink_;
};

}  // namespace entente::rpc
