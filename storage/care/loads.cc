#include "storage/care/loads.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>

#include "storage/care/row_sum.h"
#include "storage/layout/rows.h"
#include "storage/record/event_rows.h"

namespace entente::storage {
namespace {

std::uint64_t hash_of(EntityNumber entity, EntityNumber with, Section section, const PackedRow& row) {
  const auto both = [](std::uint64_t high, std::uint64_t low) { return (high << 32U) | low; };
  std::uint64_t out = 0;
  // One multiplication a word is enough where all of them are mixed at the end.
  for (const std::uint64_t word :
       {both(entity, with), both(static_cast<std::uint8_t>(section), order_preserving(row.first)), row.event,
        row.source, both(row.days_more, row.code), both(row.place, row.role)}) {
    out = (out ^ word) * 0x9e3779b97f4a7c15ULL;
    out ^= out >> 32U;
  }
  return mixed(out);
}

struct Sums {
  RowSum entity;
  RowSum pair;
};

bool by_entity(const PackedPart& a, const PackedPart& b) { return a.entity < b.entity; }

// The rows that an event has.
void add_event(Sums& sums, const LoadRecord& load, PackedEvent event) {
  auto& parts = event.parts;
  std::stable_sort(parts.begin(), parts.end(), by_entity);
  parts.erase(
      std::unique(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.entity == b.entity; }),
      parts.end());
  PackedRow row{event.first, event.days_more, event.event, event.code, event.place, event.source, 0};
  for (const Section section : {Section::dated, Section::lasting}) {
    if (section == Section::lasting && event.days_more <= static_cast<std::uint32_t>(kLookbackDays)) break;
    for (const PackedPart& part : parts) {
      row.role = part.role;
      sums.entity.add(hash_of(part.entity, 0, section, row));
    }
    row.role = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
      for (std::size_t j = i + 1; j < parts.size(); ++j)
        if (is_party_of(load, parts[i].entity) && is_party_of(load, parts[j].entity))
          sums.pair.add(hash_of(parts[i].entity, parts[j].entity, section, row));
  }
}

// Reads every block of one family; the keys' order within a block is looked at, too.
template <class Key, class Add>
Result<void> read_rows(const TableView& view, Family family, const ExpectedSink& sink, std::uint64_t& blocks, Add add) {
  std::array<PackedRow, kBlockRows> rows;
  for (auto scan = view.scan(whole(family), Direction::forward);; scan->next()) {
    if (!scan->valid()) return scan->status();
    const auto key = decode_key<Key>(scan->key());
    if (!key) return corrupt_row(family, scan->key());
    ++blocks;
    const RowBlock block(scan->value(), key->day, key->event);
    if (!block.good() || !block.read(rows)) return corrupt_row(family, scan->key());
    if (rows.front().first != key->day || rows.front().event != key->event)
      sink.fault(family, scan->key(), "begins with another row than its key says");
    for (const PackedRow& row : std::span(rows).first(block.size())) add(*key, row);
  }
}

}  // namespace

Result<void> check_loads(const TableView& view, const Loads& loads, const ExpectedSink& sink, std::uint64_t& rows) {
  std::map<LoadNumber, Sums> found;
  const auto singles = read_rows<LoadEntityRowKey>(
      view, Family::load_entity_rows, sink, rows, [&](const LoadEntityRowKey& key, const PackedRow& row) {
        found[key.load].entity.add(hash_of(key.entity, 0, key.section, row));
      });
  if (!singles) return singles;
  const auto pairs = read_rows<LoadPairRowKey>(
      view, Family::load_pair_rows, sink, rows, [&](const LoadPairRowKey& key, const PackedRow& row) {
        found[key.load].pair.add(hash_of(key.first, key.second, key.section, row));
      });
  if (!pairs) return pairs;
  for (const auto& [number, sums] : found)
    if (!loads.contains(number))
      sink.fault(Family::loads, encode_key(LoadKey{number}), "is missing, and rows of timelines are of that load");
  for (const auto& [number, load] : loads) {
    Sums expected;
    std::uint64_t events = 0;
    std::uint64_t parts = 0;
    const auto walked = each_load_event(view, number, [&](const PackedEvent& event) -> Result<bool> {
      ++events;
      parts += event.parts.size();
      add_event(expected, load, event);
      return true;
    });
    if (!walked) return walked;
    rows += events;
    const std::string key = encode_key(LoadKey{number});
    if (events != load.events || parts != load.participations)
      sink.fault(Family::load_events, key,
                 fmt::format("holds {} events with {} participations of {}, which says {} and {}", events, parts,
                             load.info.prefix, load.events, load.participations));
    for (const auto& [family, there, due] :
         {std::tuple{Family::load_entity_rows, found[number].entity, expected.entity},
          std::tuple{Family::load_pair_rows, found[number].pair, expected.pair}}) {
      if (there.rows != due.rows)
        sink.fault(family, key,
                   fmt::format("holds {} rows of {}, whose events have {}", there.rows, load.info.prefix, due.rows));
      else if (!(there == due))
        sink.fault(family, key, fmt::format("says something else than the events of {} do", load.info.prefix));
    }
    std::uint64_t sources = 0;
    for (auto scan = view.scan(starting_with(Family::load_sources, key), Direction::forward);; scan->next()) {
      if (!scan->valid()) {
        if (auto status = scan->status(); !status) return status;
        break;
      }
      const auto block = decode_sources(scan->value());
      if (!block) return corrupt_row(Family::load_sources, scan->key());
      sources += block->size();
      ++rows;
    }
    if (sources != load.sources)
      sink.fault(Family::load_sources, key,
                 fmt::format("holds {} releases of {}, which says {}", sources, load.info.prefix, load.sources));
  }
  return {};
}

}  // namespace entente::storage
