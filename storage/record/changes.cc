#include "storage/record/changes.h"

#include <map>
#include <set>
#include <vector>

#include "storage/codec/load_io.h"
#include "storage/record/claims.h"

namespace entente::storage {
namespace {

// Steps looked at before a page ends even when they changed nothing.
constexpr std::size_t kCommitsAtOnce = 4'096;

std::string joins_of(ReleaseNumber release, std::uint32_t revision) {
  std::string start;
  put_big_endian(start, release);
  put_big_endian(start, revision);
  return start;
}

class ChangeReader {
 public:
  explicit ChangeReader(const TableView& view) : view_(view) {}

  Result<graph::Changes> read(RecordedTime after, std::size_t max) {
    out_.through = after;
    Range range = whole(Family::commits);
    if (after.micros >= 0) range.lower = encode_key(CommitKey{static_cast<std::uint64_t>(after.micros) + 1});
    std::size_t looked_at = 0;
    const auto walked = for_each_row<CommitKey, Commit>(view_, range, [&](const CommitKey& key, const Commit& commit) -> Result<bool> {
      if (out_.changes.size() >= max || looked_at == kCommitsAtOnce) {
        out_.more = true;
        return false;
      }
      ++looked_at;
      const RecordedTime recorded{static_cast<std::int64_t>(key.recorded)};
      if (auto read = take(recorded, commit); !read) return read.error();
      out_.through = recorded;
      return true;
    });
    if (!walked) return walked.error();
    return std::move(out_);
  }

 private:
  Result<void> take(RecordedTime recorded, const Commit& commit) {
    if (commit.kind == CommitKind::release) return take_release(recorded, commit);
    if (commit.kind == CommitKind::load) return take_load(recorded, commit);
    return {};
  }

  // An event changes when a claim of the new reading tells of it, or one of the reading before did.
  Result<void> take_release(RecordedTime recorded, const Commit& commit) {
    std::set<EventNumber> touched;
    for (const std::uint32_t revision : {commit.revision, commit.revision - 1}) {
      if (revision == 0) continue;
      const auto walked = for_each_row<JoinKeyOfClaim, JoinRecord>(
          view_, starting_with(Family::joins, joins_of(commit.release, revision)), [&](const JoinKeyOfClaim&, const JoinRecord& join) -> Result<bool> {
            if (join.since <= recorded) touched.insert(join.event);
            return true;
          });
      if (!walked) return walked;
    }
    // Claims of other releases may have moved with them: from an event that changed, or to it.
    std::vector<EventNumber> left(touched.begin(), touched.end());
    std::map<EventNumber, graph::Change> changed;
    while (!left.empty()) {
      const EventNumber event = left.back();
      left.pop_back();
      auto change = change_of(recorded, event);
      if (!change) return change.error();
      if (!change->has_value()) continue;
      for (const auto* const side : {&(*change)->before, &(*change)->after}) {
        if (!side->has_value()) continue;
        for (const auto& claim : (*side)->claims)
          if (auto led = follow(recorded, claim, touched, left); !led) return led;
      }
      changed.emplace(event, std::move(**change));
    }
    for (auto& [event, change] : changed) out_.changes.push_back(std::move(change));
    return {};
  }

  // The events that a claim told of, before and since.
  Result<void> follow(RecordedTime recorded, const graph::ClaimId& claim, std::set<EventNumber>& touched, std::vector<EventNumber>& left) const {
    const auto key = key_of(claim);
    if (!key) return {};
    for (const std::int64_t at : {recorded.micros - 1, recorded.micros}) {
      const auto join = find_version<JoinRecord>(view_, Family::joins, join_stem(*key), {at});
      if (!join) return join.error();
      if (join->has_value() && touched.insert((*join)->event).second) left.push_back((*join)->event);
    }
    return {};
  }

  // Absent when the step left the event as it was.
  Result<std::optional<graph::Change>> change_of(RecordedTime recorded, EventNumber event) const {
    const std::string stem = event_stem(event);
    auto now = find_version<EventRecord>(view_, Family::events, stem, recorded);
    if (!now) return now.error();
    if (!now->has_value() || (*now)->since != recorded) return std::optional<graph::Change>();
    auto before = find_version<EventRecord>(view_, Family::events, stem, {recorded.micros - 1});
    if (!before) return before.error();
    graph::Change change;
    change.recorded = recorded;
    change.after = std::move((*now)->event);
    if (before->has_value()) change.before = std::move((*before)->event);
    if (change.before == change.after) return std::optional<graph::Change>();
    if (change.before) change.kind = change.after ? graph::ChangeKind::revised : graph::ChangeKind::gone;
    return std::optional(std::move(change));
  }

  Result<void> take_load(RecordedTime recorded, const Commit& commit) {
    const std::string key = encode_key(LoadKey{static_cast<LoadNumber>(commit.release)});
    const auto bytes = view_.get(Family::loads, key);
    if (!bytes) return bytes.error();
    const auto load = bytes->has_value() ? decode_load(**bytes) : std::nullopt;
    if (!load) return corrupt_row(Family::loads, key);
    graph::Change change;
    change.kind = graph::ChangeKind::loaded;
    change.recorded = recorded;
    change.table = load->info.prefix;
    out_.changes.push_back(std::move(change));
    return {};
  }

  const TableView& view_;
  graph::Changes out_;
};

}  // namespace

Result<graph::Changes> read_changes(const TableView& view, RecordedTime after, std::size_t max) {
  return ChangeReader(view).read(after, max);
}

}  // namespace entente::storage
