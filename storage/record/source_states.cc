#include "storage/record/source_states.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "storage/layout/rows.h"

namespace entente::storage {
namespace {

SourceStateKey key_of(std::string_view source, std::string_view item) { return {fnv1a64(source), fnv1a64(item)}; }

}  // namespace

Result<std::optional<std::string>> load_state(const TableView& view, std::string_view source, std::string_view item) {
  const auto row = get_row<StateRecord>(view, Family::source_state, encode_key(key_of(source, item)));
  if (!row) return row.error();
  // Names with one hash: the one that is not here is as one never seen.
  if (!row->has_value() || (*row)->source != source || (*row)->item != item) return std::optional<std::string>();
  return std::optional(std::string((*row)->bytes));
}

Result<std::vector<graph::StateRow>> load_states(const TableView& view, std::string_view source,
                                                 const std::optional<std::string>& after, std::size_t limit) {
  std::string start;
  put_big_endian(start, fnv1a64(source));
  Range range = starting_with(Family::source_state, start);
  // No key has this one as its start, so the row itself is stepped over.
  if (after) range.lower = encode_key(key_of(source, *after)) + '\0';
  std::vector<graph::StateRow> out;
  const auto walked = for_each_row<SourceStateKey, StateRecord>(
      view, range, [&](const SourceStateKey&, StateRecord& row) -> Result<bool> {
        if (row.source == source) out.push_back({std::move(row.source), std::move(row.item), std::move(row.bytes)});
        return out.size() < limit;
      });
  if (!walked) return walked.error();
  return out;
}

Result<void> add_state_writes(std::span<const graph::StateRow> rows, std::vector<Write>& writes) {
  for (const graph::StateRow& row : rows) {
    if (row.source.size() + row.item.size() + row.bytes.size() > graph::kStateBytesMax)
      return Error{ErrorCode::too_large,
                   fmt::format("the state of {} {:.200} has more than {} bytes; nothing was recorded", row.source,
                               row.item, graph::kStateBytesMax),
                   {}};
    writes.push_back({Family::source_state, encode_key(key_of(row.source, row.item)),
                      encode_value(StateRecord{row.source, row.item, row.bytes})});
  }
  return {};
}

}  // namespace entente::storage
