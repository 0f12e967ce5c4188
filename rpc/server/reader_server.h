// The Reader capability: one frozen view, asked on a worker.
#pragma once

#include <memory>

#include "graph/view/reader.h"
#include "rpc/schema/entente.capnp.h"
#include "rpc/server/workers.h"

namespace entente::rpc {

class ReaderServer final : public wire::Reader::Server {
 public:
  ReaderServer(Workers& workers, std::shared_ptr<graph::Reader> reader) : workers_(workers), worker_(workers.pick()), reader_(std::move(reader)) {}

  kj::Promise<void> recorded(RecordedContext context) override;
  kj::Promise<void> resolve(ResolveContext context) override;
  kj::Promise<void> findEntity(FindEntityContext context) override;
  kj::Promise<void> report(ReportContext context) override;
  kj::Promise<void> members(MembersContext context) override;
  kj::Promise<void> timeline(TimelineContext context) override;
  kj::Promise<void> findEvent(FindEventContext context) override;
  kj::Promise<void> why(WhyContext context) override;
  kj::Promise<void> findRelease(FindReleaseContext context) override;
  kj::Promise<void> counts(CountsContext context) override;

 private:
  Workers& workers_;
  std::size_t worker_;
  std::shared_ptr<graph::Reader> reader_;
};

}  // namespace entente::rpc
