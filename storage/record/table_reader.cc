#include "storage/record/table_reader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "graph/view/timeline_refs.h"
#include "graph/view/whole.h"
#include "storage/record/claims.h"
#include "storage/record/commit.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/evidence.h"
#include "storage/record/resolve.h"
#include "storage/record/row_stream.h"
#include "storage/record/same.h"
#include "storage/record/table_rows.h"
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
           const graph::Row& row) {
  ++report.events;
  ++types[row.type];
  const auto first = row.first ? row.first : row.last;
  const auto last = row.last ? row.last : row.first;
  if (!first || !last) return;
  ++years[to_civil(*first).year];
  report.first_seen = std::min(report.first_seen.value_or(*first), *first);
  report.last_seen = std::max(report.last_seen.value_or(*last), *last);
}

class TableReader final : public graph::Reader, public graph::WholeView, public graph::TimelineRefs {
 public:
  TableReader(std::shared_ptr<const Scope> scope, const graph::StoreCounts& counts)
      : scope_(std::move(scope)), view_(scope_->view), at_(scope_->at), counts_(counts), rows_(make_row_reader(*scope_)) {}

  graph::RowReader* rows() override { return rows_.get(); }

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
    return open_timeline(scope_, query);
  }

  Result<std::unique_ptr<graph::RefCursor>> timeline_refs(const graph::TimelineQuery& query) override {
    return open_timeline_refs(scope_, query);
  }
  Result<void> each_event(std::span<const graph::EventRef> events, const VisitEvent& visit) override {
    return visit_events(*scope_, counts_.events, events, visit);
  }
  Result<void> every_event(const VisitAny& visit) override { return visit_every_event(*scope_, visit); }

  Result<std::optional<Event>> find_event(const EventId& id) override {
    const auto ref = rows_->find_ref(id);
    if (!ref) return std::optional<Event>();
    auto event = storage::find_event(*scope_, *ref);
    if (!event || !event->has_value()) return event;
    if (auto filled = EvidenceReader(view_, at_).fill(**event); !filled) return filled.error();
    return event;
  }

  Result<std::vector<Proof>> why(const EventId& id) override {
    const auto event = find_event(id);
    if (!event) return event.error();
    std::vector<Proof> out;
    if (!event->has_value()) return out;
    if (const auto ref = rows_->find_ref(id); ref && ref->table != 0) return table_proof(*ref);
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
  Result<void> each_reading(const std::function<Result<bool>(const graph::Reading&)>& visit) override {
    return each_standing_reading(*view_, at_, visit);
  }

  Result<std::optional<Release>> find_release(const graph::ReleaseId& id) override {
    const auto number = number_of(id);
    if (!number) return find_source(id);
    return load_release(*view_, *number, at_);
  }

 private:
  struct Known {
    EntityNumber number = 0;
    EntityRecord record;
  };

  Result<std::optional<Known>> find_known(const EntityId& id) const {
    const auto number = find_number(*scope_, id);
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
    const RowFilter everything;
    const auto rows = rows_of(*scope_, {number, 0}, everything);
    std::array<graph::Row, kBlockRows> some;
    while (true) {
      const auto got = rows->fill(some);
      if (!got) return got.error();
      if (*got == 0) break;
      for (const graph::Row& row : std::span(some).first(*got)) count(report, types, years, row);
    }
    report.by_type.assign(types.begin(), types.end());
    std::stable_sort(report.by_type.begin(), report.by_type.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    report.by_year.assign(years.begin(), years.end());
    return {};
  }

  // The release that a table names.
  Result<std::optional<Release>> find_source(const graph::ReleaseId& id) const {
    const InLoad in = load_of_id(*scope_, id.str());
    if (in.load == nullptr) return std::optional<Release>();
    const auto source = find_load_source(*view_, in.load->first, in.id);
    if (!source) return source.error();
    return source->has_value() ? std::optional(release_of(in.load->second, **source)) : std::nullopt;
  }

  // What a table says of an event is one claim, and the row is its evidence.
  Result<std::vector<Proof>> table_proof(graph::EventRef ref) const {
    const auto loaded = find_loaded(*scope_, ref);
    if (!loaded) return loaded.error();
    if (!loaded->has_value()) return std::vector<Proof>();
    const LoadRecord& load = scope_->loads.at(ref.table);
    Proof proof{claim_of(load, **loaded), {}, "a row of a table stands alone"};
    if (const std::string& source = (*loaded)->table.source; !source.empty()) {
      auto release = find_source(graph::ReleaseId(source));
      if (!release) return release.error();
      if (release->has_value()) proof.release = std::move(**release);
    } else {
      proof.release.publisher = load.info.publisher;
      proof.release.url = load.info.name;
    }
    return std::vector<Proof>{std::move(proof)};
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

  std::shared_ptr<const Scope> scope_;
  std::shared_ptr<const TableView> view_;
  RecordedTime at_;
  graph::StoreCounts counts_;
  std::unique_ptr<graph::RowReader> rows_;
};

}  // namespace

Result<std::unique_ptr<graph::Reader>> make_reader(std::unique_ptr<TableView> view, std::optional<RecordedTime> as_of) {
  constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};
  const auto last = last_commit(*view, as_of.value_or(kNow));
  if (!last) return last.error();
  const auto commit = last->value_or(DatedCommit{});
  auto loads = read_loads(*view);
  if (!loads) return loads.error();
  std::erase_if(*loads, [&](const auto& load) { return load.second.recorded > commit.recorded; });
  const auto same = any_same(*view);
  if (!same) return same.error();
  auto scope = std::make_shared<const Scope>(
      Scope{std::shared_ptr<const TableView>(std::move(view)), commit.recorded, std::move(*loads), *same});
  return std::unique_ptr<graph::Reader>(std::make_unique<TableReader>(std::move(scope), commit.commit.counts));
}

}  // namespace entente::storage
