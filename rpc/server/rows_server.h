// The rows of a timeline, some at a time: for the asking, or pushed into a client's sink.
#pragma once

#include <memory>
#include <vector>

#include "graph/view/reader.h"
#include "rpc/schema/reader.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

// A timeline under way on a snapshot. Used on one strand.
struct OpenTimeline {
  std::shared_ptr<graph::Reader> reader;  // the cursor needs its snapshot
  std::unique_ptr<graph::EventCursor> cursor;
  std::uint64_t left = 0;  // rows it may still give
};

struct SomeRows {
  std::vector<graph::Event> events;
  bool done = false;
};

// The next rows, at most `max`; looks at `stop` before each.
Result<SomeRows> next_rows(OpenTimeline& timeline, std::uint64_t max, const Stop& stop);

class RowsServer final : public wire::Rows::Server {
 public:
  RowsServer(std::shared_ptr<Peer> peer, Peer::Strand strand, std::shared_ptr<OpenTimeline> timeline)
      : peer_(std::move(peer)), strand_(std::move(strand)), timeline_(std::move(timeline)) {}
  kj::Promise<void> next(NextContext context) override;

 private:
  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
  std::shared_ptr<OpenTimeline> timeline_;
};

// Pushes all rows into the sink, `at_once` to a call (0: one, in the manner of the first clients). Resolves when the sink
// has been told that it is done.
kj::Promise<void> push_rows(std::shared_ptr<Peer> peer, Peer::Strand strand, std::shared_ptr<OpenTimeline> timeline,
                            wire::EventSink::Client sink, std::uint32_t at_once);

}  // namespace entente::rpc
