#include "storage/record/event_rows.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "storage/record/dictionary.h"

namespace entente::storage {
namespace {

using graph::EntityId;
using NumberOf = std::function<Result<EntityNumber>(const EntityId&)>;

struct Placement {
  Section section;
  Day day;
};

std::vector<Placement> placements(const EventRow& row) {
  if (!row.earliest && !row.latest) return {{Section::undated, 0}};
  const Day day = row.earliest.value_or(kBeforeAllDays);
  const bool lasting = !row.earliest || !row.latest || std::int64_t{*row.latest} - *row.earliest > kLookbackDays;
  std::vector<Placement> out{{Section::dated, day}};
  if (lasting) out.push_back({Section::lasting, day});
  return out;
}

EventRow row_of(const graph::EventFacts& facts) {
  EventRow row{std::nullopt, facts.type, facts.status, facts.level, std::nullopt, std::nullopt};
  if (facts.date) row.earliest = facts.date->earliest(), row.latest = facts.date->latest();
  return row;
}

Result<std::vector<EntityNumber>> numbers_of(const std::vector<EntityId>& ids, const NumberOf& number_of_id) {
  std::vector<EntityNumber> out;
  for (const EntityId& id : ids) {
    const auto number = number_of_id(id);
    if (!number) return number.error();
    out.push_back(*number);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void add_pairs(EventRows& rows, const std::vector<EntityNumber>& parties, const Placement& place, EventNumber event,
               const EventRow& row) {
  for (std::size_t i = 0; i < parties.size(); ++i)
    for (std::size_t j = i + 1; j < parties.size(); ++j) {
      const PairEventKey key{parties[i], parties[j], place.section, place.day, event, {}};
      rows.emplace(std::pair{Family::pair_events, encode_stem(key)}, row);
    }
}

Result<EventRows> make_rows(const graph::Event& event, const NumberOf& number_of_id) {
  const auto number = number_of(event.id);
  ENTENTE_CHECK(number.has_value(), "'{}' is no event's id", event.id.str());
  const auto everyone = numbers_of(participants(event.facts), number_of_id);
  if (!everyone) return everyone.error();
  const auto parties = numbers_of(event.facts.parties, number_of_id);
  if (!parties) return parties.error();
  const EventRow row = row_of(event.facts);
  EventRows rows;
  for (const Placement& place : placements(row)) {
    for (const EntityNumber entity : *everyone)
      rows.emplace(
          std::pair{Family::entity_events, encode_stem(EntityEventKey{entity, place.section, place.day, *number, {}})},
          row);
    add_pairs(rows, *parties, place, *number, row);
  }
  if (event.facts.forum) {
    const auto forum = number_of_id(*event.facts.forum);
    if (!forum) return forum.error();
    const auto edition = static_cast<std::uint32_t>(std::max(0, event.facts.edition.value_or(0)));
    rows.emplace(std::pair{Family::editions, encode_stem(EditionKey{*forum, edition, *number, {}})}, row);
  }
  return rows;
}

// The row of this stem that stands; the newest comes first.
Result<void> end_row(Batch& batch, Family family, const std::string& stem, RecordedTime now) {
  auto scan = batch.scan(starting_with(family, stem), Direction::forward);
  if (!scan->valid()) {
    if (auto status = scan->status(); !status) return status;
    return corrupt_row(family, stem);
  }
  auto row = decode_value<EventRow>(scan->value());
  if (!row || row->until) return corrupt_row(family, scan->key());
  row->until = now;
  std::string key(scan->key());
  scan.reset();
  put_row(batch, family, std::move(key), *row);
  return {};
}

}  // namespace

std::vector<EntityId> participants(const graph::EventFacts& facts) {
  std::vector<EntityId> out = facts.parties;
  out.insert(out.end(), facts.officials.begin(), facts.officials.end());
  if (facts.forum) out.push_back(*facts.forum);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<EventRows> rows_of(Batch& batch, const graph::Event& event) {
  return make_rows(event, [&](const EntityId& id) { return number_for(batch, id.str()); });
}

Result<EventRows> rows_of(const TableView& view, const graph::Event& event) {
  return make_rows(event, [&](const EntityId& id) -> Result<EntityNumber> {
    const auto number = find_number(view, id.str());
    if (!number) return number.error();
    if (!number->has_value())
      return Error{
          ErrorCode::corrupt, "the event " + event.id.str() + " names " + id.str() + ", which has no number", {}};
    return **number;
  });
}

Result<void> replace_rows(Batch& batch, const EventRows& before, const EventRows& after, RecordedTime now) {
  for (const auto& [at, row] : before) {
    const auto kept = after.find(at);
    if (kept != after.end() && kept->second == row) continue;
    if (auto ended = end_row(batch, at.first, at.second, now); !ended) return ended;
  }
  for (const auto& [at, row] : after) {
    const auto kept = before.find(at);
    if (kept != before.end() && kept->second == row) continue;
    std::string key = at.second;
    put_big_endian(key, Version::since(now).bits);
    put_row(batch, at.first, std::move(key), row);
  }
  return {};
}

}  // namespace entente::storage
