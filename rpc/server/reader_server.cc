#include "rpc/server/reader_server.h"

#include <fmt/format.h>

#include <algorithm>

#include "rpc/convert/convert.h"
#include "rpc/server/asker_server.h"

namespace entente::rpc {
namespace {

struct Opened {
  std::shared_ptr<OpenTimeline> timeline;
  SomeRows rows;
};

}  // namespace

graph::TimelineQuery ReaderServer::query_of(wire::TimelineQuery::Reader in, const char* method) {
  auto query = read(in);
  if (!query) peer_->fail(method, query.error());
  const std::uint64_t most = std::min<std::uint64_t>(peer_->shared().limits.rows_max, wire::TIMELINE_ROWS_MAX);
  if (query->limit == 0 || query->limit > most) query->limit = most;
  return std::move(*query);
}

std::optional<SomeRows> ReaderServer::answer_at_hand(const graph::TimelineQuery& query, std::uint32_t first) {
  if (!HotRows::may_answer(query) || query.limit > first) return std::nullopt;
  const auto refs = peer_->shared().hot_rows.find(query, at_);
  if (!refs) return std::nullopt;
  SomeRows rows{{}, true};
  peer_->shared().events.find(*refs, at_, EventCache::For::question, rows.some);
  if (!std::all_of(rows.some.events.begin(), rows.some.events.end(), [](const EncodedEvent& event) { return event.there(); })) return std::nullopt;
  return rows;
}

kj::Promise<void> ReaderServer::recorded(RecordedContext context) {
  return question(
      "recorded", context, [](graph::Reader& reader) { return reader.recorded(); },
      [context](RecordedTime& time) mutable { context.getResults().setMicros(time.micros); });
}

kj::Promise<void> ReaderServer::resolve(ResolveContext context) {
  const std::string name = text_of(context.getParams().getName());
  const std::size_t limit = std::min<std::size_t>(context.getParams().getLimit(), wire::RESOLVE_MAX);
  return question(
      "resolve", context, [name, limit](graph::Reader& reader) { return reader.resolve(name, limit); },
      [context](std::vector<graph::Candidate>& candidates) mutable {
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
  return question(
      "findEntity", context, [id](graph::Reader& reader) { return reader.find_entity(id); },
      [context](std::optional<graph::Entity>& entity) mutable {
        context.getResults().setFound(entity.has_value());
        if (entity) write(*entity, context.getResults().initEntity());
      });
}

kj::Promise<void> ReaderServer::report(ReportContext context) {
  const graph::EntityId id(text_of(context.getParams().getId()));
  return question(
      "report", context, [id](graph::Reader& reader) { return reader.report(id); },
      [context](std::optional<graph::EntityReport>& report) mutable {
        context.getResults().setFound(report.has_value());
        if (report) write(*report, context.getResults().initReport());
      });
}

kj::Promise<void> ReaderServer::members(MembersContext context) {
  const graph::EntityId id(text_of(context.getParams().getId()));
  return question(
      "members", context, [id](graph::Reader& reader) { return reader.members(id); },
      [context](std::vector<graph::EntityId>& ids) mutable {
        auto list = context.getResults().initIds(static_cast<unsigned>(ids.size()));
        for (unsigned i = 0; i < ids.size(); ++i) list.set(i, ids[i].str());
      });
}

kj::Promise<void> ReaderServer::timeline(TimelineContext context) {
  auto params = context.getParams();
  const graph::TimelineQuery query = query_of(params.getQuery(), "timeline");
  const std::uint32_t at_once = std::min<std::uint32_t>(params.getRowsAtOnce(), wire::ROWS_AT_ONCE_MAX);
  auto sink = params.getSink();
  context.allowCancellation();
  const auto ms = static_cast<std::int64_t>(peer_->shared().limits.stream_ms_max);
  auto late = peer_->loop().timer().afterDelay(ms * kj::MILLISECONDS).then([peer = peer_, ms]() {
    peer->fail("timeline", Error{ErrorCode::cancelled, fmt::format("the timeline was not read to its end within {} ms", ms), {}});
  });
  return peer_->ask("timeline", strand_, [reader = reader_, query](const Stop& /*stop*/) { return OpenTimeline::open(reader, query); })
      .then([peer = peer_, strand = strand_, sink, at_once](std::shared_ptr<OpenTimeline> timeline) mutable {
        return push_rows(std::move(peer), std::move(strand), std::move(timeline), kj::mv(sink), at_once);
      })
      .exclusiveJoin(kj::mv(late));
}

kj::Promise<void> ReaderServer::open(OpenContext context) {
  auto params = context.getParams();
  const graph::TimelineQuery query = query_of(params.getQuery(), "open");
  const std::uint32_t first = std::clamp<std::uint32_t>(params.getFirst(), 1, wire::ROWS_AT_ONCE_MAX);
  std::string key = Answers::key_of(params);
  KJ_IF_MAYBE (known, answers_.find(key)) {
    if (peer_->has_room()) {
      peer_->count_call();
      context.getResults(known->second).setEvents(known->first);
      return kj::READY_NOW;
    }
  }
  // In memory as a whole: no worker is asked, and the loop waits for nothing.
  if (const auto rows = peer_->has_room() ? answer_at_hand(query, first) : std::nullopt) {
    peer_->count_call();
    peer_->count_rows(rows->count());
    rows->write(context.getResults(rows->size()).initEvents(static_cast<unsigned>(rows->count())));
    return kj::READY_NOW;
  }
  Shared& shared = peer_->shared();
  return peer_->answer(
      "open", strand_, context,
      [reader = reader_, query, first, &shared, &hot = shared.hot_rows, at = at_](const Stop& stop) -> Result<Opened> {
        if (HotRows::may_answer(query))
          if (auto kept = hot.keep(*reader, query, at); !kept) return kept.error();
        auto timeline = OpenTimeline::open(reader, query);
        if (!timeline) return timeline.error();
        auto rows = next_rows(**timeline, first, shared, stop);
        if (!rows) return rows.error();
        return Opened{std::move(*timeline), std::move(*rows)};
      },
      [this, context, key = std::move(key)](Opened& opened) mutable {
        peer_->count_rows(opened.rows.count());
        auto results = context.getResults(opened.rows.size());
        opened.rows.write(results.initEvents(static_cast<unsigned>(opened.rows.count())));
        if (opened.rows.done) answers_.keep(key, results.asReader());
        else results.setRest(kj::heap<RowsServer>(peer_, strand_, std::move(opened.timeline)));
      });
}

kj::Promise<void> ReaderServer::findEvent(FindEventContext context) {
  const graph::EventId id(text_of(context.getParams().getId()));
  return question(
      "findEvent", context, [id](graph::Reader& reader) { return reader.find_event(id); },
      [context](std::optional<graph::Event>& event) mutable {
        context.getResults().setFound(event.has_value());
        if (event) write(*event, context.getResults().initEvent());
      });
}

kj::Promise<void> ReaderServer::why(WhyContext context) {
  const graph::EventId id(text_of(context.getParams().getId()));
  return question(
      "why", context, [id](graph::Reader& reader) { return reader.why(id); },
      [context](std::vector<graph::Proof>& proofs) mutable {
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
  return question(
      "findRelease", context, [id](graph::Reader& reader) { return reader.find_release(id); },
      [context](std::optional<graph::Release>& release) mutable {
        context.getResults().setFound(release.has_value());
        if (release) write(*release, context.getResults().initRelease());
      });
}

kj::Promise<void> ReaderServer::asker(AskerContext context) {
  context.getResults().setAsker(kj::heap<AskerServer>(peer_, reader_, peer_->hold_reader()));
  return kj::READY_NOW;
}

kj::Promise<void> ReaderServer::counts(CountsContext context) {
  return question(
      "counts", context, [](graph::Reader& reader) { return reader.counts(); },
      [context](graph::StoreCounts& counts) mutable {
        auto results = context.getResults();
        results.setReleases(counts.releases);
        results.setClaims(counts.claims);
        results.setEvents(counts.events);
        results.setEntities(counts.entities);
      });
}

}  // namespace entente::rpc
