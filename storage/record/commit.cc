#include "storage/record/commit.h"

#include <algorithm>
#include <limits>

namespace entente::storage {

Result<std::optional<DatedCommit>> last_commit(const TableView& view, RecordedTime at) {
  Range range = whole(Family::commits);
  const auto last = static_cast<std::uint64_t>(std::max<std::int64_t>(at.micros, 0));
  if (at.micros < std::numeric_limits<std::int64_t>::max()) range.upper = encode_key(CommitKey{last + 1});
  const auto scan = view.scan(range, Direction::backward);
  if (!scan->valid()) {
    if (auto status = scan->status(); !status) return status.error();
    return std::optional<DatedCommit>();
  }
  const auto key = decode_key<CommitKey>(scan->key());
  const auto commit = decode_value<Commit>(scan->value());
  if (!key || !commit) return corrupt_row(Family::commits, scan->key());
  return std::optional(DatedCommit{{static_cast<std::int64_t>(key->recorded)}, *commit});
}

Result<void> Step::begin(const TableView& view, RecordedTime clock) {
  const auto last = get_row<Number>(view, Family::meta, encode_key(MetaKey{MetaName::last_recorded}));
  if (!last) return last.error();
  now.micros = std::max<std::int64_t>(clock.micros, 1);
  if (!last->has_value()) return {};
  const std::uint64_t last_micros = (*last)->value;
  const auto before = get_row<Commit>(view, Family::commits, encode_key(CommitKey{last_micros}));
  if (!before) return before.error();
  if (!before->has_value()) return corrupt_row(Family::commits, encode_key(CommitKey{last_micros}));
  counts = (*before)->counts;
  now.micros = std::max(now.micros, static_cast<std::int64_t>(last_micros) + 1);
  return {};
}

std::vector<Write> Step::finish(Commit commit) && {
  commit.counts = counts;
  const auto micros = static_cast<std::uint64_t>(now.micros);
  put_row(batch, Family::commits, encode_key(CommitKey{micros}), commit);
  put_row(batch, Family::meta, encode_key(MetaKey{MetaName::last_recorded}), Number{micros});
  return std::move(batch).take_writes();
}

}  // namespace entente::storage
