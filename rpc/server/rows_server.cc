#include "rpc/server/rows_server.h"

#include <algorithm>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

constexpr std::uint32_t kRowsAtOnce = 64;  // read at a time for a client that takes one event a call

kj::Promise<void> push_some(wire::EventSink::Client sink, SomeRows rows, std::uint32_t at_once) {
  if (at_once > 0) {
    if (rows.events.empty()) return kj::READY_NOW;
    auto request = sink.eventsRequest();
    write_events(rows.events, request.initEvents(static_cast<unsigned>(rows.events.size())));
    return request.send();
  }
  kj::Promise<void> sent = kj::READY_NOW;
  for (const graph::Event& event : rows.events) {
    auto request = sink.eventRequest();
    write(event, request.initEvent());
    sent = sent.then([request = kj::mv(request)]() mutable { return request.send(); });
  }
  return sent;
}

}  // namespace

Result<SomeRows> next_rows(OpenTimeline& timeline, std::uint64_t max, const Stop& stop) {
  SomeRows rows;
  const std::uint64_t wanted = std::min(max, timeline.left);
  rows.events.reserve(wanted);
  while (rows.events.size() < wanted) {
    if (stop.requested()) return Error{ErrorCode::cancelled, "nobody waits for the answer any more", {}};
    auto event = timeline.cursor->next();
    if (!event) return event.error();
    if (!*event) {
      timeline.left = 0;
      break;
    }
    rows.events.push_back(std::move(**event));
    --timeline.left;
  }
  rows.done = timeline.left == 0;
  return rows;
}

kj::Promise<void> RowsServer::next(NextContext context) {
  const std::uint32_t max = std::clamp<std::uint32_t>(context.getParams().getMax(), 1, wire::ROWS_AT_ONCE_MAX);
  return peer_->answer(
      "next", strand_, context, [timeline = timeline_, max](const Stop& stop) { return next_rows(*timeline, max, stop); },
      [this, context](SomeRows& rows) mutable {
        peer_->shared().counters.rows.fetch_add(rows.events.size(), std::memory_order_relaxed);
        auto results = context.getResults();
        write_events(rows.events, results.initEvents(static_cast<unsigned>(rows.events.size())));
        results.setDone(rows.done);
      });
}

// The next rows are read while the last are on their way; they are sent when the sink has room.
kj::Promise<void> push_rows(std::shared_ptr<Peer> peer, Peer::Strand strand, std::shared_ptr<OpenTimeline> timeline,
                            wire::EventSink::Client sink, std::uint32_t at_once) {
  const std::uint32_t some = at_once == 0 ? kRowsAtOnce : at_once;
  return peer->ask("timeline", strand, [timeline, some](const Stop& stop) { return next_rows(*timeline, some, stop); })
      .then([peer, strand, timeline, sink, at_once](SomeRows rows) mutable -> kj::Promise<void> {
        peer->shared().counters.rows.fetch_add(rows.events.size(), std::memory_order_relaxed);
        const bool done = rows.done;
        auto sent = push_some(sink, std::move(rows), at_once);
        if (done) return sent.then([sink]() mutable { return sink.doneRequest().send().ignoreResult(); });
        return sent.then([peer, strand, timeline, sink, at_once]() mutable {
          return push_rows(std::move(peer), std::move(strand), std::move(timeline), kj::mv(sink), at_once);
        });
      });
}

}  // namespace entente::rpc
