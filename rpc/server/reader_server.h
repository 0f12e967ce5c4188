// The Reader capability: one frozen view, asked on a worker.
#pragma once

#include <memory>
#include <vector>

#include "graph/view/reader.h"
#include "rpc/schema/reader.capnp.h"
#include "rpc/server/answers.h"
#include "rpc/server/peer.h"
#include "rpc/server/rows_server.h"

namespace entente::rpc {

class ReaderServer final : public wire::Reader::Server {
 public:
  // `held` counts the snapshot for as long as it is there.
  ReaderServer(std::shared_ptr<Peer> peer, std::shared_ptr<graph::Reader> reader, Peer::HeldReader held)
      : peer_(std::move(peer)), strand_(peer_->strand()), held_(std::move(held)), reader_(std::move(reader)) {
    if (const auto recorded = reader_->recorded()) at_ = *recorded;
  }

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
  kj::Promise<void> open(OpenContext context) override;
  kj::Promise<void> asker(AskerContext context) override;

 private:
  // `ask(reader) -> Result<T>` on a worker, `fill(T&)` here.
  template <class Context, class Ask, class Fill>
  kj::Promise<void> question(const char* method, Context context, Ask ask, Fill fill) {
    return peer_->answer(
        method, strand_, context, [reader = reader_, ask = std::move(ask)](const Stop& /*stop*/) { return ask(*reader); },
        std::move(fill));
  }
  // What is kept of the newest rows and their events answers the whole question; absent when it does not.
  std::optional<SomeRows> answer_at_hand(const graph::TimelineQuery& query, std::uint32_t first);
  graph::TimelineQuery query_of(wire::TimelineQuery::Reader in, const char* method);

  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
  Peer::HeldReader held_;
  std::shared_ptr<graph::Reader> reader_;
  RecordedTime at_;
  Answers answers_;
};

}  // namespace entente::rpc
