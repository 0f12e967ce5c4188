#include "rpc/server/rows_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

constexpr std::uint32_t kRowsAtOnce = 64;  // read at a time for a client that takes one event a call
constexpr std::size_t kRefsAtOnce = 256;   // looked up in the cache together
constexpr std::size_t kAheadMost = 16'384; // read ahead at a time: some megabytes

kj::Promise<void> push_some(wire::EventSink::Client sink, SomeRows rows, std::uint32_t at_once) {
  if (at_once > 0) {
    if (rows.events.empty()) return kj::READY_NOW;
    auto request = sink.eventsRequest(rows.size());
    rows.write(request.initEvents(static_cast<unsigned>(rows.events.size())));
    return request.send();
  }
  kj::Promise<void> sent = kj::READY_NOW;
  for (const SharedEvent& event : rows.events) {
    auto request = sink.eventRequest();
    request.setEvent(event->read());
    sent = sent.then([request = kj::mv(request)]() mutable { return request.send(); });
  }
  return sent;
}

Error cancelled() { return Error{ErrorCode::cancelled, "nobody waits for the answer any more", {}}; }

Error missing(graph::EventRef event) {
  return Error{ErrorCode::corrupt, fmt::format("a row of a timeline leads to the event {:016x}, which is not there; `entente check` says more", event.number), {}};
}

Result<std::vector<SharedEvent>> read_kept(OpenTimeline& timeline, std::span<const graph::EventRef> refs, EventCache& cache, const Stop& stop) {
  std::vector<SharedEvent> found = cache.find(refs, timeline.at);
  std::vector<graph::EventRef> lacking;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < refs.size(); ++i) {
    if (found[i]) continue;
    lacking.push_back(refs[i]);
    places.push_back(i);
  }
  if (lacking.empty()) return found;
  std::vector<EventCache::Read> read;
  read.reserve(lacking.size());
  const auto visited = timeline.versions->each_event(lacking, [&](std::size_t i, const graph::EventView& event, RecordedTime since) -> Result<void> {
    if (stop.requested()) return cancelled();
    found[places[i]] = encoded(event);
    read.push_back({lacking[i], since, found[places[i]]});
    return {};
  });
  if (!visited) return visited.error();
  for (const std::size_t place : places)
    if (!found[place]) return missing(refs[place]);
  cache.keep(std::move(read), timeline.at);
  return found;
}

// Nothing of a long timeline is kept: it would displace what is asked for again.
Result<void> read_ahead(OpenTimeline& timeline, std::span<const graph::EventRef> refs, Shared& shared, const Stop& stop) {
  const auto events = std::make_shared<EncodedEvents>(refs.size(), shared.ahead_bytes);
  const auto visited = timeline.versions->each_event(refs, [&](std::size_t i, const graph::EventView& event, RecordedTime /*since*/) -> Result<void> {
    if (stop.requested()) return cancelled();
    events->set(i, event);
    return {};
  });
  if (!visited) return visited.error();
  for (std::size_t i = 0; i < refs.size(); ++i) {
    if (!events->has(i)) return missing(refs[i]);
    timeline.ahead.push_back(EncodedEvents::share(events, i));
  }
  return {};
}

// Reads the next step of a timeline that is pushed: the first rows soon, later more at once, while there is room.
Result<void> step_ahead(OpenTimeline& timeline, Shared& shared, const Stop& stop) {
  const bool room = shared.ahead_bytes->load(std::memory_order_relaxed) < shared.limits.ahead_bytes;
  timeline.step = room ? std::clamp(timeline.step * 4, kRefsAtOnce, kAheadMost) : kRefsAtOnce;
  std::vector<graph::EventRef> refs(std::min<std::uint64_t>(timeline.step, timeline.left));
  const auto got = timeline.refs->next(refs);
  if (!got) return got.error();
  if (*got < refs.size()) timeline.left = *got;
  refs.resize(*got);
  if (refs.size() > kRefsAtOnce) return read_ahead(timeline, refs, shared, stop);
  auto kept = read_kept(timeline, refs, shared.events, stop);
  if (!kept) return kept.error();
  timeline.ahead.insert(timeline.ahead.end(), std::make_move_iterator(kept->begin()), std::make_move_iterator(kept->end()));
  return {};
}

Result<SomeRows> next_ahead(OpenTimeline& timeline, std::uint64_t wanted, Shared& shared, const Stop& stop) {
  SomeRows rows;
  while (rows.events.size() < wanted && timeline.left > 0) {
    if (stop.requested()) return cancelled();
    if (timeline.ahead.empty())
      if (auto read = step_ahead(timeline, shared, stop); !read) return read.error();
    const auto count = std::min<std::size_t>(timeline.ahead.size(), wanted - rows.events.size());
    const auto end = timeline.ahead.begin() + static_cast<std::ptrdiff_t>(count);
    rows.events.insert(rows.events.end(), std::make_move_iterator(timeline.ahead.begin()), std::make_move_iterator(end));
    timeline.ahead.erase(timeline.ahead.begin(), end);
    timeline.left -= count;
  }
  rows.done = timeline.left == 0;
  return rows;
}

Result<SomeRows> next_by_refs(OpenTimeline& timeline, std::uint64_t wanted, EventCache& cache, const Stop& stop) {
  SomeRows rows;
  std::array<graph::EventRef, kRefsAtOnce> refs;
  while (rows.events.size() < wanted) {
    if (stop.requested()) return cancelled();
    const std::size_t ask = std::min<std::size_t>(refs.size(), wanted - rows.events.size());
    const auto got = timeline.refs->next(std::span(refs).first(ask));
    if (!got) return got.error();
    auto found = read_kept(timeline, std::span(refs).first(*got), cache, stop);
    if (!found) return found.error();
    rows.events.insert(rows.events.end(), std::make_move_iterator(found->begin()), std::make_move_iterator(found->end()));
    timeline.left -= *got;
    if (*got < ask) {
      timeline.left = 0;
      break;
    }
  }
  rows.done = timeline.left == 0;
  return rows;
}

Result<SomeRows> next_by_cursor(OpenTimeline& timeline, std::uint64_t wanted, const Stop& stop) {
  SomeRows rows;
  while (rows.events.size() < wanted) {
    if (stop.requested()) return cancelled();
    const auto event = timeline.cursor->next();
    if (!event) return event.error();
    if (!*event) {
      timeline.left = 0;
      break;
    }
    rows.events.push_back(encoded(**event));
    --timeline.left;
  }
  rows.done = timeline.left == 0;
  return rows;
}

// A timeline on its way into a sink.
struct Push {
  std::shared_ptr<Peer> peer;
  Peer::Strand strand;
  std::shared_ptr<OpenTimeline> timeline;
  wire::EventSink::Client sink;
  std::uint32_t at_once = 0;

  kj::Promise<SomeRows> read() {
    const std::uint32_t some = at_once == 0 ? kRowsAtOnce : at_once;
    Shared& shared = peer->shared();
    return peer->ask("timeline", strand, [timeline = timeline, some, &shared](const Stop& stop) { return next_rows(*timeline, some, shared, stop); });
  }
};

// The next rows are read while these are encoded and sent; no more than that is ever ahead of the sink.
kj::Promise<void> push_on(Push push, kj::Promise<SomeRows> reading) {
  return reading.then([push = kj::mv(push)](SomeRows rows) mutable -> kj::Promise<void> {
    push.peer->count_rows(rows.events.size());
    if (rows.done) return push_some(push.sink, std::move(rows), push.at_once).then([sink = push.sink]() mutable { return sink.doneRequest().send().ignoreResult(); });
    auto next = push.read();
    return push_some(push.sink, std::move(rows), push.at_once).then([push = kj::mv(push), next = kj::mv(next)]() mutable { return push_on(kj::mv(push), kj::mv(next)); });
  });
}

}  // namespace

Result<std::shared_ptr<OpenTimeline>> OpenTimeline::open(const std::shared_ptr<graph::Reader>& reader, const graph::TimelineQuery& query) {
  auto out = std::make_shared<OpenTimeline>();
  out->reader = reader;
  out->left = query.limit;
  const auto at = reader->recorded();
  if (!at) return at.error();
  out->at = *at;
  // Evidence is worked out with each event and kept nowhere.
  if (out->versions = dynamic_cast<graph::TimelineRefs*>(reader.get()); out->versions != nullptr && !query.evidence) {
    auto refs = out->versions->timeline_refs(query);
    if (!refs) return refs.error();
    out->refs = std::move(*refs);
    if (out->refs) return out;
  }
  auto cursor = reader->timeline(query);
  if (!cursor) return cursor.error();
  out->cursor = std::move(*cursor);
  return out;
}

capnp::MessageSize SomeRows::size() const {
  constexpr std::uint64_t kBesides = 16;  // the answer itself, and a sink's call around it
  capnp::MessageSize size{kBesides, 1};
  for (const SharedEvent& event : events) size.wordCount += event->words();
  return size;
}

void SomeRows::write(capnp::List<wire::Event>::Builder out) const {
  for (unsigned i = 0; i < events.size(); ++i) out.setWithCaveats(i, events[i]->read());
}

Result<SomeRows> next_rows(OpenTimeline& timeline, std::uint64_t max, Shared& shared, const Stop& stop) {
  const std::uint64_t wanted = std::min(max, timeline.left);
  if (!timeline.refs) return next_by_cursor(timeline, wanted, stop);
  return timeline.reads_ahead ? next_ahead(timeline, wanted, shared, stop) : next_by_refs(timeline, wanted, shared.events, stop);
}

kj::Promise<void> RowsServer::next(NextContext context) {
  const std::uint32_t max = std::clamp<std::uint32_t>(context.getParams().getMax(), 1, wire::ROWS_AT_ONCE_MAX);
  Shared& shared = peer_->shared();
  return peer_->answer(
      "next", strand_, context, [timeline = timeline_, max, &shared](const Stop& stop) { return next_rows(*timeline, max, shared, stop); },
      [this, context](SomeRows& rows) mutable {
        peer_->count_rows(rows.events.size());
        auto results = context.getResults(rows.size());
        rows.write(results.initEvents(static_cast<unsigned>(rows.events.size())));
        results.setDone(rows.done);
      });
}

kj::Promise<void> push_rows(std::shared_ptr<Peer> peer, Peer::Strand strand, std::shared_ptr<OpenTimeline> timeline,
                            wire::EventSink::Client sink, std::uint32_t at_once) {
  timeline->reads_ahead = true;
  Push push{std::move(peer), std::move(strand), std::move(timeline), kj::mv(sink), at_once};
  auto first = push.read();
  return push_on(kj::mv(push), kj::mv(first));
}

}  // namespace entente::rpc
