#include "rpc/server/reader_server.h"

#include <algorithm>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kRowsAtOnce = 64;

template <class T>
T take_or_throw(Result<T> result) {
  if (!result) kj::throwFatalException(to_exception(result.error()));
  return std::move(*result);
}

struct Rows {
  std::vector<graph::Event> events;
  bool more = true;
};

using SharedCursor = std::shared_ptr<graph::EventCursor>;

Rows next_rows(graph::EventCursor& cursor) {
  Rows rows;
  while (rows.events.size() < kRowsAtOnce) {
    auto event = take_or_throw(cursor.next());
    if (!event) {
      rows.more = false;
      break;
    }
    rows.events.push_back(std::move(*event));
  }
  return rows;
}

// One batch after another: the next is read when the sink has taken the last, so a slow client slows itself.
kj::Promise<void> stream_rows(Workers& workers, std::size_t worker, SharedCursor cursor, std::shared_ptr<graph::Reader> reader, wire::EventSink::Client sink) {
  return workers.run(worker, [cursor]() { return next_rows(*cursor); }).then([&workers, worker, cursor, reader, sink](Rows rows) mutable -> kj::Promise<void> {
    kj::Promise<void> sent = kj::READY_NOW;
    for (const graph::Event& event : rows.events) {
      auto request = sink.eventRequest();
      write(event, request.initEvent());
      sent = sent.then([request = kj::mv(request)]() mutable { return request.send(); });
    }
    if (!rows.more) return sent.then([sink]() mutable { return sink.doneRequest().send().ignoreResult(); });
    return sent.then([&workers, worker, cursor, reader, sink]() mutable { return stream_rows(workers, worker, cursor, reader, sink); });
  });
}

}  // namespace

kj::Promise<void> ReaderServer::recorded(RecordedContext context) {
  return workers_.run(worker_, [reader = reader_]() { return take_or_throw(reader->recorded()); }).then([context](RecordedTime time) mutable {
    context.getResults().setMicros(time.micros);
  });
}

kj::Promise<void> ReaderServer::resolve(ResolveContext context) {
  const std::string name = text_of(context.getParams().getName());
  const std::size_t limit = std::min<std::size_t>(context.getParams().getLimit(), wire::RESOLVE_MAX);
  return workers_.run(worker_, [reader = reader_, name, limit]() { return take_or_throw(reader->resolve(name, limit)); })
      .then([context](std::vector<graph::Candidate> candidates) mutable {
        auto list = context.getResults().initCandidates(static_cast<unsigned>(candidates.size()));
        for (unsigned i = 0; i < candidates.size(); ++i) {
          list[i].setId(candidates[i].id.str());
          list[i].setLabel(candidates[i].label);
          list[i].setMatched(candidates[i].matched);
          list[i].setScore(candidates[i].score);
        }
      });
}

kj::Promise<void> ReaderServer::findEntity(FindEntityContext context) {
  const graph::EntityId id(text_of(context.getParams().getId()));
  return workers_.run(worker_, [reader = reader_, id]() { return take_or_throw(reader->find_entity(id)); }).then([context](std::optional<graph::Entity> entity) mutable {
    context.getResults().setFound(entity.has_value());
    if (entity) write(*entity, context.getResults().initEntity());
  });
}

kj::Promise<void> ReaderServer::report(ReportContext context) {
  const graph::EntityId id(text_of(context.getParams().getId()));
  return workers_.run(worker_, [reader = reader_, id]() { return take_or_throw(reader->report(id)); }).then([context](std::optional<graph::EntityReport> report) mutable {
    context.getResults().setFound(report.has_value());
    if (report) write(*report, context.getResults().initReport());
  });
}

kj::Promise<void> ReaderServer::members(MembersContext context) {
  const graph::EntityId id(text_of(context.getParams().getId()));
  return workers_.run(worker_, [reader = reader_, id]() { return take_or_throw(reader->members(id)); }).then([context](std::vector<graph::EntityId> ids) mutable {
    auto list = context.getResults().initIds(static_cast<unsigned>(ids.size()));
    for (unsigned i = 0; i < ids.size(); ++i) list.set(i, ids[i].str());
  });
}

kj::Promise<void> ReaderServer::timeline(TimelineContext context) {
  auto query = take_or_throw(read(context.getParams().getQuery()));
  if (query.limit == 0 || query.limit > wire::TIMELINE_ROWS_MAX) query.limit = wire::TIMELINE_ROWS_MAX;
  auto sink = context.getParams().getSink();
  context.allowCancellation();
  return workers_.run(worker_, [reader = reader_, query]() { return SharedCursor(take_or_throw(reader->timeline(query))); })
      .then([this, sink](SharedCursor cursor) mutable { return stream_rows(workers_, worker_, std::move(cursor), reader_, sink); });
}

kj::Promise<void> ReaderServer::findEvent(FindEventContext context) {
  const graph::EventId id(text_of(context.getParams().getId()));
  return workers_.run(worker_, [reader = reader_, id]() { return take_or_throw(reader->find_event(id)); }).then([context](std::optional<graph::Event> event) mutable {
    context.getResults().setFound(event.has_value());
    if (event) write(*event, context.getResults().initEvent());
  });
}

kj::Promise<void> ReaderServer::why(WhyContext context) {
  const graph::EventId id(text_of(context.getParams().getId()));
  return workers_.run(worker_, [reader = reader_, id]() { return take_or_throw(reader->why(id)); }).then([context](std::vector<graph::Proof> proofs) mutable {
    auto list = context.getResults().initProofs(static_cast<unsigned>(proofs.size()));
    for (unsigned i = 0; i < proofs.size(); ++i) {
      write(proofs[i].claim, list[i].initClaim());
      write(proofs[i].release, list[i].initRelease());
      list[i].setJoinReason(proofs[i].join_reason);
    }
  });
}

kj::Promise<void> ReaderServer::findRelease(FindReleaseContext context) {
  const graph::ReleaseId id(text_of(context.getParams().getId()));
  return workers_.run(worker_, [reader = reader_, id]() { return take_or_throw(reader->find_release(id)); }).then([context](std::optional<graph::Release> release) mutable {
    context.getResults().setFound(release.has_value());
    if (release) write(*release, context.getResults().initRelease());
  });
}

kj::Promise<void> ReaderServer::counts(CountsContext context) {
  return workers_.run(worker_, [reader = reader_]() { return take_or_throw(reader->counts()); }).then([context](graph::StoreCounts counts) mutable {
    auto results = context.getResults();
    results.setReleases(counts.releases);
    results.setClaims(counts.claims);
    results.setEvents(counts.events);
    results.setEntities(counts.entities);
  });
}

}  // namespace entente::rpc
