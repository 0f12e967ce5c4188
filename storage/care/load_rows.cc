#include <algorithm>
#include <tuple>

#include "storage/care/dump_rows.h"
#include "storage/record/event_rows.h"
#include "storage/record/loads.h"

namespace entente::storage {
namespace {

struct Placed {
  EntityNumber entity;
  EntityNumber with;
  Section section;
  PackedRow row;
};

bool comes_first(const Placed& a, const Placed& b) {
  const auto key = [](const Placed& p) { return std::tuple(p.entity, p.with, p.section, p.row.first, p.row.event); };
  return key(a) < key(b);
}

// The rows of one event: of each who takes part, once, and of each two parties.
void place(const LoadRecord& load, PackedEvent event, std::vector<Placed>& singles, std::vector<Placed>& pairs) {
  auto& parts = event.parts;
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.entity < b.entity; });
  parts.erase(std::unique(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.entity == b.entity; }), parts.end());
  PackedRow row{event.first, event.days_more, event.event, event.code, event.place, event.source, 0};
  for (const Section section : {Section::dated, Section::lasting}) {
    if (section == Section::lasting && event.days_more <= static_cast<std::uint32_t>(kLookbackDays)) break;
    for (const PackedPart& part : parts) {
      row.role = part.role;
      singles.push_back({part.entity, 0, section, row});
    }
    row.role = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
      for (std::size_t j = i + 1; j < parts.size(); ++j)
        if (is_party_of(load, parts[i].entity) && is_party_of(load, parts[j].entity))
          pairs.push_back({parts[i].entity, parts[j].entity, section, row});
  }
}

Result<void> put_blocks(std::vector<Placed>& rows, LoadNumber load, bool pairs, const std::function<Result<void>(Write)>& put) {
  std::sort(rows.begin(), rows.end(), comes_first);
  const auto of_one = [](const Placed& a, const Placed& b) { return a.entity == b.entity && a.with == b.with && a.section == b.section; };
  std::vector<PackedRow> block;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    block.push_back(rows[at].row);
    if (at + 1 < rows.size() && of_one(rows[at], rows[at + 1]) && block.size() < kBlockRows) continue;
    const Placed& p = rows[at + 1 - block.size()];
    std::string key = pairs ? encode_key(LoadPairRowKey{p.entity, p.with, load, p.section, p.row.first, p.row.event})
                            : encode_key(LoadEntityRowKey{p.entity, load, p.section, p.row.first, p.row.event});
    if (auto done = put({pairs ? Family::load_pair_rows : Family::load_entity_rows, std::move(key), encode_rows(block)}); !done) return done;
    block.clear();
  }
  return {};
}

}  // namespace

Result<void> each_load_source(const TableView& view, LoadNumber load, const std::function<Result<bool>(PackedSource&)>& visit) {
  for (auto scan = view.scan(starting_with(Family::load_sources, encode_key(LoadKey{load})), Direction::forward);; scan->next()) {
    if (!scan->valid()) return scan->status();
    auto block = decode_sources(scan->value());
    if (!block) return corrupt_row(Family::load_sources, scan->key());
    for (PackedSource& source : *block) {
      const auto more = visit(source);
      if (!more) return more.error();
      if (!*more) return {};
    }
  }
}

Result<void> derive_load_rows(const TableView& view, LoadNumber number, const LoadRecord& load,
                              const std::function<Result<void>(Write)>& put) {
  std::vector<Placed> singles;
  std::vector<Placed> pairs;
  const auto walked = each_load_event(view, number, [&](const PackedEvent& event) -> Result<bool> {
    place(load, event, singles, pairs);
    return true;
  });
  if (!walked) return walked;
  if (auto done = put_blocks(singles, number, false, put); !done) return done;
  return put_blocks(pairs, number, true, put);
}

}  // namespace entente::storage
