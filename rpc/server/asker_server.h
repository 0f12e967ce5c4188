// The Asker capability: questions of the query layer over one view of the store, worked out on a worker.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "graph/query/line.h"
#include "rpc/schema/asker.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

// An engine over the server's store, with the server's bounds and graphs. Questions that name no recorded time are
// answered as of `at`, or, without one, of the first question's time. The store and the graphs outlive it.
std::unique_ptr<graph::query::Engine> make_engine(Shared& shared, std::optional<RecordedTime> at);

// The questions to one view and the answer that is under way. Used on one strand.
class Asking {
 public:
  Asking(Shared& shared, std::shared_ptr<graph::Reader> reader) : shared_(shared), reader_(std::move(reader)) {}

  // Ends the answer before it. `number` is given back to go_on.
  Result<graph::query::LinePart> begin(std::string question, std::uint64_t line, std::uint32_t rows,
                                       std::uint64_t number, const Stop& stop);
  // Fails with cancelled when another question was asked meanwhile.
  Result<graph::query::LinePart> go_on(std::uint64_t number, std::uint32_t rows, const Stop& stop);

 private:
  Shared& shared_;
  std::shared_ptr<graph::Reader> reader_;
  std::unique_ptr<graph::query::Engine> engine_;
  std::unique_ptr<graph::query::LineStream> answer_;
  std::uint64_t number_ = 0;
};

class AskerServer final : public wire::Asker::Server {
 public:
  // `held` counts the view for as long as this is there.
  AskerServer(std::shared_ptr<Peer> peer, std::shared_ptr<graph::Reader> reader, Peer::HeldReader held)
      : peer_(std::move(peer)),
        strand_(peer_->strand()),
        held_(std::make_shared<Peer::HeldReader>(std::move(held))),
        asking_(std::make_shared<Asking>(peer_->shared(), std::move(reader))) {}
  kj::Promise<void> ask(AskContext context) override;

 private:
  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
  std::shared_ptr<Peer::HeldReader> held_;
  std::shared_ptr<Asking> asking_;
  std::uint64_t asked_ = 0;
};

}  // namespace entente::rpc
