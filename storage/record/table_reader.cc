#include "storage/record/table_reader.h"

#include <algorithm>
#include <limits>
#include <map>

#include "graph/view/whole.h"
#include "storage/record/claims.h"
#include "storage/record/commit.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/evidence.h"
#include "storage/record/resolve.h"
#include "storage/record/timeline.h"
#include "storage/record/whole.h"

namespace entente::storage {
namespace {

using graph::Candidate;
using graph::Entity;
using graph::EntityId;
using graph::EntityReport;
using graph::Event;
using graph::EventId;
using graph::Proof;
using graph::Release;

// Adds one event's row to a report.
void count(EntityReport& report, std::map<graph::EventType, std::uint64_t>& types, std::map<int, std::uint64_t>& years,
           const EventRow& row) {
  ++report.events;
  ++types[row.type];
  const auto first = row.earliest ? row.earliest : row.latest;
  const auto last = row.latest ? row.latest : row.earliest;
  if (!first || !last) return;
  ++years[to_civil(*first).year];
  report.first_seen = std::min(report.first_seen.value_or(*first), *first);
  report.last_seen = std::max(report.last_seen.value_or(*last), *last);
}

class TableReader final : public graph::Reader, public graph::WholeView {
 public:
  TableReader(std::shared_ptr<const TableView> view, RecordedTime at, const graph::StoreCounts& counts)
      : view_(std::move(view)), at_(at), counts_(counts) {}

  Result<RecordedTime> recorded() override { return at_; }
  Result<graph::StoreCounts> counts() override { return counts_; }

  Result<std::vector<Candidate>> resolve(std::string_view name, std::size_t limit) override {
    return resolve_name(*view_, at_, name, limit);
  }

  Result<std::optional<Entity>> find_entity(const EntityId& id) override {
    auto known = find_known(id);
    if (!known) return known.error();
    return known->has_value() ? std::optional(std::move((*known)->record.entity)) : std::nullopt;
  }

  Result<std::optional<EntityReport>> report(const EntityId& id) override {
    auto known = find_known(id);
    if (!known) return known.error();
    if (!known->has_value()) return std::optional<EntityReport>();
    EntityReport report;
    report.entity = std::move((*known)->record.entity);
    if (auto counted = count_events((*known)->number, report); !counted) return counted.error();
    return std::optional(std::move(report));
  }

  Result<std::vector<EntityId>> members(const EntityId& group) override {
    const auto number = find_number(*view_, group.str());
    if (!number) return number.error();
    std::vector<EntityId> out;
    if (!number->has_value()) return out;
    const auto walked = for_each_row<MemberKey, Present>(
        *view_, starting_with(Family::members, encode_key(TermKey{**number})),
        [&](const MemberKey& key, const Present&) -> Result<bool> {
          const auto record = find_version<EntityRecord>(*view_, Family::entities, entity_stem(key.member), at_);
          if (!record) return record.error();
          if (!record->has_value()) return true;
          const auto& groups = (*record)->entity.member_of;
          const bool belongs =
              (*record)->origin != Origin::none && std::find(groups.begin(), groups.end(), group) != groups.end();
          if (belongs) out.push_back((*record)->entity.id);
          return true;
        });
    if (!walked) return walked.error();
    std::sort(out.begin(), out.end());
    return out;
  }

  Result<std::unique_ptr<graph::EventCursor>> timeline(const graph::TimelineQuery& query) override {
    return open_timeline(view_, at_, query);
  }

  Result<std::optional<Event>> find_event(const EventId& id) override {
    const auto number = number_of(id);
    if (!number) return std::optional<Event>();
    auto record = find_version<EventRecord>(*view_, Family::events, event_stem(*number), at_);
    if (!record) return record.error();
    if (!record->has_value() || !(*record)->event) return std::optional<Event>();
    if (auto filled = EvidenceReader(view_, at_).fill(*(*record)->event); !filled) return filled.error();
    return std::move((*record)->event);
  }

  Result<std::vector<Proof>> why(const EventId& id) override {
    const auto event = find_event(id);
    if (!event) return event.error();
    std::vector<Proof> out;
    if (!event->has_value()) return out;
    std::vector<ClaimKey> keys;
    for (const auto& claim : (*event)->claims) {
      const auto key = key_of(claim);
      if (!key) return corrupt_row(Family::events, event_stem(number_of(id).value()));
      keys.push_back(*key);
    }
    std::sort(keys.begin(), keys.end());
    for (const ClaimKey& key : keys) {
      auto proof = proof_of(key, out.empty() ? nullptr : &out.back().release);
      if (!proof) return proof.error();
      out.push_back(std::move(*proof));
    }
    return out;
  }

  Result<void> each_entity(const std::function<Result<bool>(const Entity&)>& visit) override {
    return each_standing_entity(*view_, at_, visit);
  }
  Result<void> each_event(const std::function<Result<bool>(const Event&)>& visit) override {
    return each_standing_event(*view_, at_, visit);
  }

  Result<std::optional<Release>> find_release(const graph::ReleaseId& id) override {
    const auto number = number_of(id);
    if (!number) return std::optional<Release>();
    return load_release(*view_, *number, at_);
  }

 private:
  struct Known {
    EntityNumber number = 0;
    EntityRecord record;
  };

  Result<std::optional<Known>> find_known(const EntityId& id) const {
    const auto number = find_number(*view_, id.str());
    if (!number) return number.error();
    if (!number->has_value()) return std::optional<Known>();
    auto record = find_version<EntityRecord>(*view_, Family::entities, entity_stem(**number), at_);
    if (!record) return record.error();
    if (!record->has_value() || (*record)->origin == Origin::none) return std::optional<Known>();
    return std::optional(Known{**number, std::move(**record)});
  }

  Result<void> count_events(EntityNumber number, EntityReport& report) const {
    std::map<graph::EventType, std::uint64_t> types;
    std::map<int, std::uint64_t> years;
    const auto walked = for_each_row<EntityEventKey, EventRow>(
        *view_, starting_with(Family::entity_events, encode_key(TermKey{number})),
        [&](const EntityEventKey& key, const EventRow& row) -> Result<bool> {
          const bool again = key.section == Section::lasting;
          if (!again && Lifetime{key.since.time(), row.until}.holds_at(at_)) count(report, types, years, row);
          return true;
        });
    if (!walked) return walked;
    report.by_type.assign(types.begin(), types.end());
    std::stable_sort(report.by_type.begin(), report.by_type.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    report.by_year.assign(years.begin(), years.end());
    return {};
  }

  // `known` is the release of the proof before, which is often the same.
  Result<Proof> proof_of(const ClaimKey& key, const Release* known) const {
    auto claim = load_claim(*view_, key);
    if (!claim) return claim.error();
    const auto join = find_version<JoinRecord>(*view_, Family::joins, join_stem(key), at_);
    if (!join) return join.error();
    if (!join->has_value()) return corrupt_row(Family::joins, join_stem(key));
    Proof proof{std::move(*claim), {}, (*join)->reason};
    if (known != nullptr && known->id == proof.claim.release) {
      proof.release = *known;
      return proof;
    }
    auto release = load_release(*view_, key.release, at_);
    if (!release) return release.error();
    if (!release->has_value()) return corrupt_row(Family::releases, release_stem(key.release));
    proof.release = std::move(**release);
    return proof;
  }

  std::shared_ptr<const TableView> view_;
  RecordedTime at_;
  graph::StoreCounts counts_;
};

}  // namespace

Result<std::unique_ptr<graph::Reader>> make_reader(std::unique_ptr<TableView> view, std::optional<RecordedTime> as_of) {
  constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};
  const auto last = last_commit(*view, as_of.value_or(kNow));
  if (!last) return last.error();
  const auto commit = last->value_or(DatedCommit{});
  return std::unique_ptr<graph::Reader>(std::make_unique<TableReader>(std::shared_ptr<const TableView>(std::move(view)),
                                                                      commit.recorded, commit.commit.counts));
}

}  // namespace entente::storage
