// graph values to the wire and back. Reading a hostile value fails with invalid_argument; it never crashes.
#pragma once

#include "base/result.h"
#include "graph/view/changes.h"
#include "graph/view/claim_sink.h"
#include "graph/view/reader.h"
#include "graph/view/source_state.h"
#include "rpc/schema/importer.capnp.h"
#include "rpc/schema/model.capnp.h"

namespace entente::rpc {

void write(const graph::EventFacts& facts, wire::EventFacts::Builder out);
void write(const graph::Event& event, wire::Event::Builder out);
void write(const graph::Claim& claim, wire::Claim::Builder out);
void write(const graph::Release& release, wire::Release::Builder out);
void write(const graph::Entity& entity, wire::Entity::Builder out);
void write(const graph::EntityReport& report, wire::EntityReport::Builder out);
void write(const graph::TimelineQuery& query, wire::TimelineQuery::Builder out);

void write(const graph::StateRow& row, wire::StateRow::Builder out);

Result<graph::EventFacts> read(wire::EventFacts::Reader in);
Result<graph::Event> read(wire::Event::Reader in);
Result<graph::Claim> read(wire::Claim::Reader in);
Result<graph::Release> read(wire::Release::Reader in);
Result<graph::Entity> read(wire::Entity::Reader in);
Result<graph::EntityReport> read(wire::EntityReport::Reader in);
Result<graph::TimelineQuery> read(wire::TimelineQuery::Reader in);
graph::StateRow read(wire::StateRow::Reader in);

void write(const graph::Reading& reading, wire::Reading::Builder out);
void write(const graph::RecordReport& report, wire::RecordReport::Builder out);
// As a watcher is told of it.
void write(const graph::Change& change, graph::ChangeKind told_as, wire::Change::Builder out);
Result<graph::Reading> read(wire::Reading::Reader in);
Result<graph::RecordReport> read(wire::RecordReport::Reader in);

Result<graph::ToldChange> read(wire::Change::Reader in);

std::string text_of(capnp::Text::Reader text);

// Many rows at once.
template <class List>
void write_events(const std::vector<graph::Event>& events, List list) {
  for (unsigned i = 0; i < events.size(); ++i) write(events[i], list[i]);
}

}  // namespace entente::rpc
