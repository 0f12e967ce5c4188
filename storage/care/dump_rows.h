// The lines of a dump: what each holds, by name. For storage/care only; docs/dump.md describes them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "storage/care/json_fields.h"
#include "storage/layout/rows.h"

namespace entente::storage {

// A version of a thing is the `latest`, or one that it replaced.

struct HeadLine {
  std::uint32_t version = 0;
};
struct EndLine {
  std::uint64_t lines = 0;  // of the whole dump
};
struct MetaLine {
  std::optional<std::uint64_t> next_number;
  std::optional<std::uint64_t> last_recorded;  // microseconds since 1970
  std::optional<std::uint64_t> last_load;
  std::optional<std::string> gazetteer_version;
};
struct TermLine {
  EntityNumber number = 0;
  std::string id;
};
struct CommitLine {
  RecordedTime recorded;
  CommitKind kind = CommitKind::release;
  std::optional<graph::Outcome> outcome;
  std::optional<graph::ReleaseId> release;
  std::optional<std::uint64_t> load;
  std::uint32_t revision = 0;
  graph::StoreCounts counts;
};
struct EntityLine {
  EntityNumber number = 0;
  bool latest = false;
  EntityRecord record;
};
struct ReleaseLine {
  graph::ReleaseId id;
  bool latest = false;
  ReleaseRecord record;
};
struct TextLine {
  graph::ReleaseId release;
  std::uint32_t revision = 0;
  std::string text;
};
struct ClaimLine {
  graph::ClaimId id;
  ClaimRecord record;
};
struct JoinLine {
  graph::ClaimId claim;
  bool latest = false;
  JoinRecord record;
};
struct EventLine {
  graph::EventId id;
  bool latest = false;
  EventRecord record;
};
struct CorrectionLine {
  CorrectionKind kind = CorrectionKind::retract;
  std::string subject;  // sixteen hex digits of what a claim says, or the id of an event or entity
  std::string target;   // the id of an event or entity
  bool latest = false;
  CorrectionRecord record;
};
struct StateLine {
  StateRecord record;
};
struct LoadLine {
  LoadNumber number = 0;
  LoadRecord record;
};
struct LoadSourceLine {
  LoadNumber load = 0;
  PackedSource source;
};
struct LoadEventLine {
  LoadNumber load = 0;
  PackedEvent event;
};

template <class Io>
void describe(Io& io, HeadLine& v) {
  io("version", v.version);
}
template <class Io>
void describe(Io& io, EndLine& v) {
  io("lines", v.lines);
}
template <class Io>
void describe(Io& io, MetaLine& v) {
  io("next_number", v.next_number);
  io("last_recorded", v.last_recorded);
  io("last_load", v.last_load);
  io("gazetteer_version", v.gazetteer_version);
}
template <class Io>
void describe(Io& io, TermLine& v) {
  io("number", v.number);
  io("id", v.id);
}
template <class Io>
void describe(Io& io, CommitLine& v) {
  io("recorded", v.recorded);
  io("kind", v.kind);
  io("outcome", v.outcome);
  io("release", v.release);
  io("load", v.load);
  io("revision", v.revision);
  io("counts", v.counts);
}
template <class Io>
void describe(Io& io, EntityLine& v) {
  io("number", v.number);
  io("latest", v.latest);
  io("since", v.record.since);
  io("origin", v.record.origin);
  io("entity", v.record.entity);
  io("post_days", v.record.post_days);
}
template <class Io>
void describe(Io& io, ReleaseLine& v) {
  graph::Release& release = v.record.release;
  io("id", v.id);
  io("latest", v.latest);
  io("since", v.record.since);
  io("revision", v.record.revision);
  io("text_revision", v.record.text_revision);
  io("claims", v.record.claims);
  io("publisher", release.publisher);
  io("url", release.url);
  io("title", release.title);
  io("language", release.language);
  io("published", release.published);
  io("fetched", release.fetched);
  io("content_hash", release.content_hash);
}
template <class Io>
void describe(Io& io, TextLine& v) {
  io("release", v.release);
  io("revision", v.revision);
  io("text", v.text);
}
template <class Io>
void describe(Io& io, ClaimLine& v) {
  BodyFields body = body_fields(v.record.body);
  io("id", v.id);
  io("recorded", v.record.recorded);
  io("rule", v.record.rule);
  io("confidence", v.record.confidence);
  io("evidence", v.record.evidence);
  io("body", body);
  std::optional<BodyFields> said;
  if (v.record.said) said = body_fields(*v.record.said);
  io("said", said);
  take_body(body, v.record.body);
  if (said) take_body(*said, v.record.said.emplace());
}
template <class Io>
void describe(Io& io, JoinLine& v) {
  graph::EventId event = event_id_of(v.record.event);
  io("claim", v.claim);
  io("latest", v.latest);
  io("since", v.record.since);
  io("event", event);
  io("reason", v.record.reason);
  v.record.event = number_of(event).value_or(0);
}
template <class Io>
void describe(Io& io, EventLine& v) {
  io("id", v.id);
  io("latest", v.latest);
  io("since", v.record.since);
  io("event", v.record.event);
  std::optional<graph::EventId> moved_to;
  if (v.record.moved_to) moved_to = event_id_of(*v.record.moved_to);
  io("moved_to", moved_to);
  if (moved_to) v.record.moved_to = number_of(*moved_to);
}
template <class Io>
void describe(Io& io, CorrectionLine& v) {
  io("kind", v.kind);
  io("subject", v.subject);
  io("target", v.target);
  io("latest", v.latest);
  io("since", v.record.since);
  io("stands", v.record.stands);
  io("author", v.record.author);
  io("reason", v.record.reason);
}
template <class Io>
void describe(Io& io, StateLine& v) {
  io("source", v.record.source);
  io("item", v.record.item);
  io("bytes", v.record.bytes);
}
template <class Io>
void describe(Io& io, LoadLine& v) {
  io("number", v.number);
  io("load", v.record);
}
template <class Io>
void describe(Io& io, LoadSourceLine& v) {
  io("load", v.load);
  io("source", v.source);
}
template <class Io>
void describe(Io& io, LoadEventLine& v) {
  io("load", v.load);
  io("event", v.event);
}

// Calls visit(PackedSource&) -> Result<bool> for each release that a table names, by number.
Result<void> each_load_source(const TableView& view, LoadNumber load, const std::function<Result<bool>(PackedSource&)>& visit);
// Gives the blocks by which the events of a load are found, in the order of their keys.
Result<void> derive_load_rows(const TableView& view, LoadNumber number, const LoadRecord& load,
                              const std::function<Result<void>(Write)>& put);

}  // namespace entente::storage
