// The rows of a timeline, some at a time: for the asking, or pushed into a client's sink.
#pragma once

#include <memory>
#include <vector>

#include "graph/view/reader.h"
#include "graph/view/timeline_refs.h"
#include "rpc/schema/reader.capnp.h"
#include "rpc/server/encoded_event.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

// A timeline under way on a snapshot. Used on one strand.
struct OpenTimeline {
  std::shared_ptr<graph::Reader> reader;  // the cursors need its snapshot
  RecordedTime at;
  graph::TimelineRefs* versions = nullptr;       // of the reader; with `refs`
  std::unique_ptr<graph::RefCursor> refs;        // where references say which events count
  std::unique_ptr<graph::EventCursor> cursor;    // otherwise
  std::uint64_t left = 0;  // rows it may still give

  static Result<std::shared_ptr<OpenTimeline>> open(const std::shared_ptr<graph::Reader>& reader, const graph::TimelineQuery& query);
};

struct SomeRows {
  SomeEvents some;
  bool done = false;

  std::size_t count() const { return some.events.size(); }
  // What a message with them takes.
  capnp::MessageSize size() const { return message_size(some.events.data(), count()); }
  // REQUIRES: as write() of encoded_event.h.
  void write(capnp::List<wire::Event>::Builder out) const { rpc::write(some.events.data(), count(), out); }
};

// The next rows, at most `max`; looks at `stop` on the way.
Result<SomeRows> next_rows(OpenTimeline& timeline, std::uint64_t max, Shared& shared, const Stop& stop);

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
