#include "rpc/server/rows_server.h"

#include <fmt/format.h>
#include <kj/refcount.h>
#include <kj/vector.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

constexpr std::uint32_t kRowsAtOnce = 64;     // read at a time for a client that takes one event a call
constexpr std::size_t kRefsAtOnce = 256;      // looked up in the cache together
constexpr std::size_t kWindowMost = 32'768;   // events of one window, and what their words may take:
constexpr std::size_t kWindowAtHand = 4'096;  // where those of the last were all at hand: order gains nothing, overlap does
constexpr std::size_t kWindowBytes = std::size_t{12} << 20U;
constexpr std::size_t kRefsInTurn = 8'192;    // read by a worker in one turn, and of a window's events:
constexpr std::size_t kEventsInTurn = 8'192;

Error cancelled() { return Error{ErrorCode::cancelled, "nobody waits for the answer any more", {}}; }

Error missing(graph::EventRef event) {
  return Error{ErrorCode::corrupt, fmt::format("a row of a timeline leads to the event {:016x}, which is not there; `entente check` says more", event.number), {}};
}

// Reads events and keeps them for who asks next; `places` says where in `into` each belongs. Gives what their words are in.
Result<std::vector<std::shared_ptr<const EventPiece>>> read_events(graph::TimelineRefs& record, std::span<const graph::EventRef> refs, std::span<const std::size_t> places, RecordedTime at,
                                                                   EventCache& cache, EventCache::For whom, std::vector<EncodedEvent>& into, std::size_t event_bytes, const Stop& stop) {
  std::vector<std::shared_ptr<const EventPiece>> pieces;
  std::vector<EventCache::Read> read;
  EventEncoder encoder(refs.size(), event_bytes);
  const auto keep = [&]() {
    if (read.empty()) return;
    cache.keep(pieces.back(), read, at, whom);
    read.clear();
  };
  const auto visited = record.each_event(refs, [&](std::size_t i, const graph::EventView& event, RecordedTime since) -> Result<void> {
    if (stop.requested()) return cancelled();
    const EncodedEvent encoded = encoder.add(event);
    if (pieces.empty() || pieces.back() != encoder.piece()) {
      keep();
      pieces.push_back(encoder.piece());
    }
    read.push_back({refs[i], since, encoded});
    into[places[i]] = encoded;
    return {};
  });
  if (!visited) return visited.error();
  keep();
  for (std::size_t i = 0; i < refs.size(); ++i)
    if (!into[places[i]].there()) return missing(refs[i]);
  return pieces;
}

// Those that are not there, and where they belong.
struct Lacking {
  std::vector<graph::EventRef> refs;
  std::vector<std::size_t> places;

  Lacking(std::span<const graph::EventRef> all, const std::vector<EncodedEvent>& there) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (there[i].there()) continue;
      refs.push_back(all[i]);
      places.push_back(i);
    }
  }
};

Result<SomeEvents> read_kept(OpenTimeline& timeline, std::span<const graph::EventRef> refs, EventCache& cache, const Stop& stop) {
  SomeEvents found;
  cache.find(refs, timeline.at, EventCache::For::question, found);
  const Lacking lacking(refs, found.events);
  if (lacking.refs.empty()) return found;
  const auto pieces = read_events(*timeline.versions, lacking.refs, lacking.places, timeline.at, cache, EventCache::For::question, found.events, EventEncoder::kEventBytes, stop);
  if (!pieces) return pieces.error();
  for (const auto& piece : *pieces) found.keep(piece);
  return found;
}

Result<SomeRows> next_by_refs(OpenTimeline& timeline, std::uint64_t wanted, EventCache& cache, const Stop& stop) {
  SomeRows rows;
  std::array<graph::EventRef, kRefsAtOnce> refs;
  while (rows.count() < wanted) {
    if (stop.requested()) return cancelled();
    const std::size_t ask = std::min<std::size_t>(refs.size(), wanted - rows.count());
    const auto got = timeline.refs->next(std::span(refs).first(ask));
    if (!got) return got.error();
    auto found = read_kept(timeline, std::span(refs).first(*got), cache, stop);
    if (!found) return found.error();
    if (rows.count() == 0) {
      rows.some = std::move(*found);
    } else {
      rows.some.events.insert(rows.some.events.end(), found->events.begin(), found->events.end());
      for (const auto& piece : found->pieces) rows.some.keep(piece);
    }
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
  EventEncoder encoder(wanted);
  while (rows.count() < wanted) {
    if (stop.requested()) return cancelled();
    const auto event = timeline.cursor->next();
    if (!event) return event.error();
    if (!*event) {
      timeline.left = 0;
      break;
    }
    rows.some.events.push_back(encoder.add(**event));
    rows.some.keep(encoder.piece());
    --timeline.left;
  }
  rows.done = timeline.left == 0;
  return rows;
}

// Rows of a timeline on its way into a sink that are read together.
struct Window {
  explicit Window(std::shared_ptr<std::atomic<std::uint64_t>> counter) : ahead(std::move(counter)) {}
  ~Window() { ahead->fetch_sub(bytes, std::memory_order_relaxed); }
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Counts what is read, for as long as it is here.
  void count_bytes() {
    for (const EncodedEvent& event : rows.some.events) bytes += event.words() * sizeof(capnp::word);
    ahead->fetch_add(bytes, std::memory_order_relaxed);
  }

  std::vector<graph::EventRef> refs;
  std::optional<Lacking> lacking;  // in the order of their refs: in that of the record
  SomeRows rows;
  std::uint64_t bytes = 0;
  std::shared_ptr<std::atomic<std::uint64_t>> ahead;
};
using SharedWindow = std::shared_ptr<Window>;

// A timeline on its way into a sink, a window at a time: the references in their order, then the events that are not at
// hand in the record's, by as many workers as have time. The next window is read while this one is sent, and no more.
struct Push : kj::Refcounted {
  Push(std::shared_ptr<Peer> by, Peer::Strand on, std::shared_ptr<OpenTimeline> what, wire::EventSink::Client to, std::uint32_t rows)
      : peer(std::move(by)), strand(std::move(on)), timeline(std::move(what)), sink(kj::mv(to)), at_once(rows) {}

  std::shared_ptr<Peer> peer;
  Peer::Strand strand;
  std::shared_ptr<OpenTimeline> timeline;
  wire::EventSink::Client sink;
  std::uint32_t at_once;
  std::size_t event_bytes = 0;  // of one in the last window; 0: there was none
  bool at_hand = false;         // none of the last window's had to be read

  kj::Promise<SharedWindow> read();
  kj::Promise<void> send(SharedWindow window);

 private:
  std::size_t next_size() const;
  kj::Promise<void> read_refs(SharedWindow window, std::size_t wanted);
  kj::Promise<void> read_lacking(SharedWindow window);
  kj::Promise<void> send_from(SharedWindow window, std::size_t from);
};

// The first rows soon, then many together, while there is room; calls of as many rows as the client wants, but for the last.
std::size_t Push::next_size() const {
  const Shared& shared = peer->shared();
  const std::uint64_t ahead = shared.ahead_bytes->load(std::memory_order_relaxed);
  const std::uint64_t room = ahead < shared.limits.ahead_bytes ? (shared.limits.ahead_bytes - ahead) / 2 : 0;
  const std::size_t most = event_bytes == 0 ? 0 : std::min<std::size_t>(at_hand ? kWindowAtHand : kWindowMost, std::min<std::uint64_t>(kWindowBytes, room) / event_bytes);
  const std::size_t some = std::max(kRefsAtOnce, most);
  return at_once == 0 ? some : (some + at_once - 1) / at_once * at_once;
}

kj::Promise<SharedWindow> Push::read() {
  Shared& shared = peer->shared();
  auto window = std::make_shared<Window>(shared.ahead_bytes);
  if (!timeline->refs) {
    const std::uint32_t some = at_once == 0 ? kRowsAtOnce : at_once;
    return peer->ask("timeline", strand, [timeline = timeline, some, &shared](const Stop& stop) { return next_rows(*timeline, some, shared, stop); }).then([window](SomeRows rows) {
      window->rows = std::move(rows);
      window->count_bytes();
      return window;
    });
  }
  return read_refs(window, next_size())
      .then([push = kj::addRef(*this), window]() mutable { return push->read_lacking(window); })
      .then([this, window]() {
        window->count_bytes();
        event_bytes = window->refs.empty() ? 0 : window->bytes / window->refs.size();
        at_hand = window->lacking->refs.empty();
        return window;
      });
}

kj::Promise<void> Push::read_refs(SharedWindow window, std::size_t wanted) {
  Shared& shared = peer->shared();
  return peer->ask("timeline", strand,
                   [timeline = timeline, window, wanted, &shared](const Stop& stop) -> Result<bool> {
                     if (stop.requested()) return cancelled();
                     const std::size_t had = window->refs.size();
                     const std::size_t ask = std::min<std::uint64_t>(std::min(kRefsInTurn, wanted - had), timeline->left);
                     window->refs.resize(had + ask);
                     const auto got = timeline->refs->next(std::span(window->refs).subspan(had));
                     if (!got) return got.error();
                     window->refs.resize(had + *got);
                     timeline->left = *got < ask ? 0 : timeline->left - *got;
                     if (timeline->left > 0 && window->refs.size() < wanted) return false;
                     window->rows.done = timeline->left == 0;
                     shared.events.find(window->refs, timeline->at, EventCache::For::passing, window->rows.some);
                     std::vector<std::pair<graph::EventRef, std::size_t>> order;
                     Lacking& lacking = window->lacking.emplace(window->refs, window->rows.some.events);
                     for (std::size_t i = 0; i < lacking.refs.size(); ++i) order.emplace_back(lacking.refs[i], lacking.places[i]);
                     std::sort(order.begin(), order.end());
                     for (std::size_t i = 0; i < order.size(); ++i) std::tie(lacking.refs[i], lacking.places[i]) = order[i];
                     return true;
                   })
      .then([push = kj::addRef(*this), window, wanted](bool all) mutable -> kj::Promise<void> {
        if (all) return kj::READY_NOW;
        return push->read_refs(window, wanted);
      });
}

// Each part has its events in one stretch of the record, and its own places in the window.
kj::Promise<void> Push::read_lacking(SharedWindow window) {
  Shared& shared = peer->shared();
  const std::size_t count = window->lacking->refs.size();
  kj::Vector<kj::Promise<void>> parts;
  // As many as a large piece has room for.
  const std::size_t bytes = event_bytes == 0 ? EventEncoder::kEventBytes : event_bytes + event_bytes / 16;
  const std::size_t in_turn = std::clamp<std::size_t>(EventPiece::kLarge / bytes, kRefsAtOnce, kEventsInTurn);
  for (std::size_t from = 0; from < count; from += in_turn) {
    const std::size_t size = std::min(in_turn, count - from);
    parts.add(peer->ask("timeline", peer->strand(),
                        [timeline = timeline, window, from, size, bytes, &shared](const Stop& stop) {
                          const auto refs = std::span(window->lacking->refs).subspan(from, size);
                          const auto places = std::span(window->lacking->places).subspan(from, size);
                          return read_events(*timeline->versions, refs, places, timeline->at, shared.events, EventCache::For::passing, window->rows.some.events, bytes, stop);
                        })
                  .then([window](const std::vector<std::shared_ptr<const EventPiece>>& pieces) {
                    for (const auto& piece : pieces) window->rows.some.keep(piece);
                  }));
  }
  return kj::joinPromises(parts.releaseAsArray());
}

kj::Promise<void> Push::send(SharedWindow window) {
  if (window->rows.done)
    return send_from(kj::mv(window), 0).then([push = kj::addRef(*this)]() mutable { return push->sink.doneRequest().send().ignoreResult(); });
  auto next = read();
  return send_from(kj::mv(window), 0).then([push = kj::addRef(*this), next = kj::mv(next)]() mutable {
    return next.then([push = kj::mv(push)](SharedWindow more) mutable { return push->send(kj::mv(more)); });
  });
}

kj::Promise<void> Push::send_from(SharedWindow window, std::size_t from) {
  const auto& events = window->rows.some.events;
  if (from == events.size()) return kj::READY_NOW;
  const std::size_t count = std::min<std::size_t>(std::max<std::uint32_t>(at_once, 1), events.size() - from);
  peer->count_rows(count);
  kj::Promise<void> sent = nullptr;
  if (at_once == 0) {
    auto request = sink.eventRequest();
    request.setEvent(events[from].read());
    sent = request.send();
  } else {
    auto request = sink.eventsRequest(message_size(events.data() + from, count));
    write(events.data() + from, count, request.initEvents(static_cast<unsigned>(count)));
    sent = request.send();
  }
  return sent.then([push = kj::addRef(*this), window = kj::mv(window), from, count]() mutable { return push->send_from(kj::mv(window), from + count); });
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

Result<SomeRows> next_rows(OpenTimeline& timeline, std::uint64_t max, Shared& shared, const Stop& stop) {
  const std::uint64_t wanted = std::min(max, timeline.left);
  return timeline.refs ? next_by_refs(timeline, wanted, shared.events, stop) : next_by_cursor(timeline, wanted, stop);
}

kj::Promise<void> RowsServer::next(NextContext context) {
  const std::uint32_t max = std::clamp<std::uint32_t>(context.getParams().getMax(), 1, wire::ROWS_AT_ONCE_MAX);
  Shared& shared = peer_->shared();
  return peer_->answer(
      "next", strand_, context, [timeline = timeline_, max, &shared](const Stop& stop) { return next_rows(*timeline, max, shared, stop); },
      [this, context](SomeRows& rows) mutable {
        peer_->count_rows(rows.count());
        auto results = context.getResults(rows.size());
        rows.write(results.initEvents(static_cast<unsigned>(rows.count())));
        results.setDone(rows.done);
      });
}

kj::Promise<void> push_rows(std::shared_ptr<Peer> peer, Peer::Strand strand, std::shared_ptr<OpenTimeline> timeline,
                            wire::EventSink::Client sink, std::uint32_t at_once) {
  auto push = kj::refcounted<Push>(std::move(peer), std::move(strand), std::move(timeline), kj::mv(sink), at_once);
  auto first = push->read();
  return first.then([push = kj::mv(push)](SharedWindow window) mutable { return push->send(kj::mv(window)); });
}

}  // namespace entente::rpc
