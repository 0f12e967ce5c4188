#include "storage/record/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <set>

#include "graph/view/table_facts.h"
#include "storage/codec/event_record_reader.h"
#include "storage/layout/many_rows.h"
#include "storage/record/claims.h"
#include "storage/record/event_rows.h"
#include "storage/record/evidence.h"
#include "storage/record/joining.h"
#include "storage/record/row_stream.h"
#include "storage/record/same.h"
#include "storage/record/table_rows.h"

namespace entente::storage {
namespace {

using graph::EntityId;
using graph::Event;
using graph::TimelineQuery;

struct Plan {
  std::set<Whose> sources;
  // The rows do not tell who of the other side took part: each event is looked at.
  bool look_at_parties = false;
};

struct Known {
  EntityId id;
  EntityNumber number = 0;
  bool party = false;
};
using Side = std::vector<Known>;

// The ids that the store knows, each once.
Result<Side> known_ids(const Scope& scope, const std::vector<EntityId>& ids) {
  Side out;
  for (const EntityId& id : std::set<EntityId>(ids.begin(), ids.end())) {
    const auto number = find_number(scope, id);
    if (!number) return number.error();
    if (!number->has_value()) continue;
    const auto kind = kind_in(scope, id, **number);
    out.push_back({id, **number, kind && *kind <= graph::EntityKind::region});
  }
  return out;
}

// Only parties are indexed in pairs; with an official or a forum, its own rows are the shorter way.
Plan plan_pairs(const Side& left, const Side& right) {
  Plan plan;
  if (left.size() * right.size() <= kMergedScansMax) {
    for (const Known& a : left)
      for (const Known& b : right) {
        if (a.number == b.number) continue;
        const bool paired = a.party && b.party;
        plan.look_at_parties = plan.look_at_parties || !paired;
        plan.sources.insert(paired ? Whose{std::min(a.number, b.number), std::max(a.number, b.number)}
                                   : Whose{a.party ? b.number : a.number, 0});
      }
    return plan;
  }
  plan.look_at_parties = true;
  for (const Known& one : left.size() < right.size() ? left : right) plan.sources.insert({one.number, 0});
  return plan;
}

Plan plan_entities(const Side& side) {
  Plan plan;
  for (const Known& one : side) plan.sources.insert({one.number, 0});
  return plan;
}

// Somebody of one side and somebody else of the other.
bool meets(const Event& event, const std::set<EntityId>& left, const std::set<EntityId>& right) {
  const auto there = participants(event.facts);
  return std::any_of(there.begin(), there.end(), [&](const EntityId& a) {
    return left.contains(a) &&
           std::any_of(there.begin(), there.end(), [&](const EntityId& b) { return a != b && right.contains(b); });
  });
}

class Timeline final : public graph::EventCursor, public graph::TableFactsCursor {
 public:
  Timeline(std::shared_ptr<const Scope> scope, const TimelineQuery& query, const Plan& plan)
      : scope_(std::move(scope)),
        filter_(filter_of(query)),
        limit_(query.limit),
        look_at_parties_(plan.look_at_parties),
        left_(query.left.begin(), query.left.end()),
        right_(query.right.begin(), query.right.end()),
        evidence_asked_(query.evidence),
        evidence_(scope_->view, scope_->at) {
    std::vector<std::unique_ptr<RowSource>> sources;
    for (const Whose& whose : plan.sources) sources.push_back(rows_of(*scope_, whose, filter_));
    if (sources.empty())
      done_ = true;
    else
      rows_ = merged_rows(std::move(sources), query.order);
  }
  Timeline(const Timeline&) = delete;
  Timeline& operator=(const Timeline&) = delete;

  Result<std::optional<Event>> next() override {
    if (done_) return std::optional<Event>();
    auto event = find_next();
    if (!event || !event->has_value())
      done_ = true;
    else if (++given_ == limit_)
      done_ = true;
    if (evidence_asked_ && event && event->has_value())
      if (auto filled = evidence_.fill(**event); !filled) return filled.error();
    return event;
  }

  const graph::TableFacts* table_facts() const override { return table_ ? &*table_ : nullptr; }

 private:
  // The event of the row, and what its table says of it.
  Result<std::optional<Event>> event_of_row() {
    table_.reset();
    if (row_.event.table == 0) return find_event(*scope_, row_.event);
    auto loaded = find_loaded(*scope_, row_.event);
    if (!loaded) return loaded.error();
    if (!loaded->has_value()) return std::optional<Event>();
    table_ = std::move((*loaded)->table);
    return std::optional(std::move((*loaded)->event));
  }

  Result<std::optional<Event>> find_next() {
    while (true) {
      const auto got = rows_->fill(std::span(&row_, 1));
      if (!got) return got.error();
      if (*got == 0) return std::optional<Event>();
      auto event = event_of_row();
      if (!event) return event.error();
      if (!event->has_value()) return corrupt_row(Family::events, event_stem(row_.event.number));
      if (!look_at_parties_ || meets(**event, left_, right_)) return event;
    }
  }

  std::shared_ptr<const Scope> scope_;
  RowFilter filter_;
  std::uint64_t limit_;
  bool look_at_parties_;
  std::set<EntityId> left_;
  std::set<EntityId> right_;
  std::unique_ptr<RowSource> rows_;
  graph::Row row_;
  std::optional<graph::TableFacts> table_;
  bool evidence_asked_;
  EvidenceReader evidence_;
  std::uint64_t given_ = 0;
  bool done_ = false;
};

// The rows of a plan in their order, with what they need.
class Refs final : public graph::RefCursor {
 public:
  Refs(std::shared_ptr<const Scope> scope, const TimelineQuery& query, const Plan& plan)
      : scope_(std::move(scope)), filter_(filter_of(query)) {
    std::vector<std::unique_ptr<RowSource>> sources;
    for (const Whose& whose : plan.sources) sources.push_back(rows_of(*scope_, whose, filter_));
    if (!sources.empty()) rows_ = merged_rows(std::move(sources), query.order);
  }
  Refs(const Refs&) = delete;
  Refs& operator=(const Refs&) = delete;

  Result<std::size_t> next(std::span<graph::EventRef> out) override {
    std::size_t count = 0;
    while (rows_ && count < out.size()) {
      const auto got = rows_->fill(std::span(some_).first(std::min(some_.size(), out.size() - count)));
      if (!got) return got.error();
      if (*got == 0) break;
      for (std::size_t i = 0; i < *got; ++i) out[count++] = some_[i].event;
    }
    return count;
  }

 private:
  std::shared_ptr<const Scope> scope_;
  RowFilter filter_;
  std::unique_ptr<RowSource> rows_;
  std::array<graph::Row, 64> some_;
};

Result<void> check_query(const TimelineQuery& query) {
  if (query.left.empty())
    return Error{ErrorCode::invalid_argument, "a timeline needs somebody whose it is: name at least one entity", {}};
  if (query.left.size() > kSideMax || query.right.size() > kSideMax)
    return Error{ErrorCode::too_large,
                 fmt::format("a timeline of more than {} entities on a side: ask for fewer", kSideMax),
                 {}};
  if (query.from && query.to && *query.to < *query.from)
    return Error{ErrorCode::invalid_argument,
                 fmt::format("the period ends ({}) before it starts ({}): swap the two", to_iso(to_civil(*query.to)),
                             to_iso(to_civil(*query.from))),
                 {}};
  return {};
}

// The question with each id under the one that it goes by.
Result<TimelineQuery> as_one(const Scope& scope, TimelineQuery query) {
  if (auto checked = check_query(query); !checked) return checked.error();
  if (!scope.same) return query;
  for (auto* const side : {&query.left, &query.right})
    for (EntityId& id : *side) {
      auto one = goes_by(*scope.view, id, scope.at);
      if (!one) return one.error();
      id = std::move(*one);
    }
  return query;
}

Result<Plan> plan_of(const Scope& scope, const TimelineQuery& query) {
  const auto left = known_ids(scope, query.left);
  if (!left) return left.error();
  const auto right = known_ids(scope, query.right);
  if (!right) return right.error();
  return query.right.empty() ? plan_entities(*left) : plan_pairs(*left, *right);
}

// Events of releases, given to `visit` as their rows are come by.
class RecordedEvents {
 public:
  // The places are those of `events` to visit, in the order of their numbers.
  RecordedEvents(const Scope& scope, std::span<const graph::EventRef> events, std::span<const std::size_t> places, const graph::TimelineRefs::VisitEvent& visit)
      : scope_(scope), events_(events), places_(places), visit_(visit) {}

  // Whether they are many of those that stand between the first and the last, `all` being in the record: their numbers
  // come from a hash, so that they stand evenly.
  bool are_near(std::uint64_t all) const {
    if (places_.size() < kScanFrom) return false;
    const auto part = static_cast<double>(events_[places_.back()].number - events_[places_.front()].number) / static_cast<double>(std::numeric_limits<EventNumber>::max());
    return part * static_cast<double>(all) <= static_cast<double>(places_.size() * kRowsPast);
  }

  // From this place on.
  Result<void> one_by_one(std::size_t from) {
    std::vector<std::string> keys;
    keys.reserve(places_.size() - from);
    for (const std::size_t place : places_.subspan(from)) keys.push_back(encode_key(EventKey{events_[place].number, Version::current()}));
    return get_rows(*scope_.view, Family::events, keys, [&](std::size_t i, std::string_view value) -> Result<void> {
      const auto taken = take(from + i, keys[i], value);
      if (!taken) return taken.error();
      return *taken ? Result<void>() : take_older(from + i);
    });
  }

  // Reads past the rows of other events; where they turn out to be too many, the rest is looked up.
  Result<void> in_one_scan() {
    const auto last = events_[places_.back()].number;
    const auto scan = scope_.view->scan({Family::events, event_stem(events_[places_.front()].number), after_all(event_stem(last))}, Direction::forward);
    std::size_t i = 0;
    for (std::size_t rows = 0; i < places_.size() && scan->valid(); scan->next(), ++rows) {
      if (rows > kScanFrom + 2 * i * kRowsPast) return one_by_one(i);
      const auto key = decode_key<EventKey>(scan->key());
      if (!key) return corrupt_row(Family::events, scan->key());
      while (i < places_.size() && events_[places_[i]].number < key->event) ++i;
      // The versions of one event follow each other, the newest first: the first that the scope has is the one.
      if (i == places_.size() || events_[places_[i]].number != key->event) continue;
      for (bool more = true; more;) {  // whoever asks twice for an event is given it twice
        const auto taken = take(i, scan->key(), scan->value());
        if (!taken) return taken.error();
        more = *taken && ++i < places_.size() && events_[places_[i]].number == key->event;
      }
    }
    return scan->status();
  }

  // Reading past some rows costs less than looking one up.
  static constexpr std::size_t kRowsPast = 6;
  static constexpr std::size_t kScanFrom = 64;

 private:
  // False for a version that the scope does not have yet.
  Result<bool> take(std::size_t i, std::string_view key, std::string_view value) {
    const auto record = reader_.read(value);
    if (!record) return corrupt_row(Family::events, key);
    if (record->since > scope_.at) return false;
    if (record->event == nullptr) return true;
    if (auto visited = visit_(places_[i], *record->event, record->since); !visited) return visited.error();
    return true;
  }

  Result<void> take_older(std::size_t i) {
    const std::string stem = event_stem(events_[places_[i]].number);
    std::string key = stem;
    put_big_endian(key, Version::since(scope_.at).bits);
    const auto older = scope_.view->scan({Family::events, std::move(key), after_all(stem)}, Direction::forward);
    if (!older->valid()) return older->status();
    if (const auto taken = take(i, older->key(), older->value()); !taken) return taken.error();
    return {};
  }

  const Scope& scope_;
  std::span<const graph::EventRef> events_;
  std::span<const std::size_t> places_;
  const graph::TimelineRefs::VisitEvent& visit_;
  EventRecordReader reader_;
};

}  // namespace

Result<std::unique_ptr<graph::EventCursor>> open_timeline(std::shared_ptr<const Scope> scope,
                                                          const TimelineQuery& asked) {
  const auto query = as_one(*scope, asked);
  if (!query) return query.error();
  const auto plan = plan_of(*scope, *query);
  if (!plan) return plan.error();
  return std::unique_ptr<graph::EventCursor>(std::make_unique<Timeline>(std::move(scope), *query, *plan));
}

Result<std::unique_ptr<graph::RefCursor>> open_timeline_refs(std::shared_ptr<const Scope> scope, const TimelineQuery& asked) {
  const auto query = as_one(*scope, asked);
  if (!query) return query.error();
  const auto plan = plan_of(*scope, *query);
  if (!plan) return plan.error();
  if (plan->look_at_parties) return std::unique_ptr<graph::RefCursor>();
  return std::unique_ptr<graph::RefCursor>(std::make_unique<Refs>(std::move(scope), *query, *plan));
}

Result<void> visit_events(const Scope& scope, std::uint64_t all, std::span<const graph::EventRef> events, const graph::TimelineRefs::VisitEvent& visit) {
  // In the order of the rows, so that neighbours are found in one place.
  std::vector<std::size_t> order(events.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return events[a] < events[b]; });
  const auto recorded = std::partition_point(order.begin(), order.end(), [&](std::size_t i) { return events[i].table == 0; });
  if (const std::span<const std::size_t> places(order.begin(), recorded); !places.empty()) {
    RecordedEvents of_releases(scope, events, places, visit);
    const auto visited = of_releases.are_near(all) ? of_releases.in_one_scan() : of_releases.one_by_one(0);
    if (!visited) return visited;
  }
  graph::EventView view;
  for (const std::size_t i : std::span(recorded, order.end())) {
    const auto loaded = find_loaded(scope, events[i]);
    if (!loaded) return loaded.error();
    if (!loaded->has_value()) continue;
    show((*loaded)->event, view);
    if (auto visited = visit(i, view, scope.loads.at(events[i].table).recorded); !visited) return visited;
  }
  return {};
}

Result<void> visit_every_event(const Scope& scope, const graph::TimelineRefs::VisitAny& visit) {
  EventRecordReader reader;
  std::optional<EventNumber> last;
  const auto scan = scope.view->scan(whole(Family::events), Direction::forward);
  for (; scan->valid(); scan->next()) {
    const auto key = decode_key<EventKey>(scan->key());
    if (!key) return corrupt_row(Family::events, scan->key());
    if (key->event == last) continue;
    const auto record = reader.read(scan->value());
    if (!record) return corrupt_row(Family::events, scan->key());
    if (record->since > scope.at) continue;  // an older version may be the one
    last = key->event;
    if (record->event == nullptr) continue;
    const auto more = visit({0, key->event}, *record->event, record->since);
    if (!more) return more.error();
    if (!*more) return {};
  }
  return scan->status();
}

Result<std::optional<Event>> find_event(const Scope& scope, graph::EventRef event) {
  if (event.table == 0) {
    auto record = find_version<EventRecord>(*scope.view, Family::events, event_stem(event.number), scope.at);
    if (!record) return record.error();
    if (!record->has_value()) return std::optional<Event>();
    if ((*record)->event || !(*record)->moved_to) return Result<std::optional<Event>>(std::move((*record)->event));
    // An id that was given once leads to the event that its claims tell of now.
    const auto standing = standing_event(*scope.view, *(*record)->moved_to, scope.at);
    if (!standing) return standing.error();
    return standing->has_value() ? find_event(scope, {0, **standing}) : Result<std::optional<Event>>(std::optional<Event>());
  }
  auto loaded = find_loaded(scope, event);
  if (!loaded) return loaded.error();
  return loaded->has_value() ? std::optional(std::move((*loaded)->event)) : std::nullopt;
}

Result<std::optional<LoadedEvent>> find_loaded(const Scope& scope, graph::EventRef event) {
  const auto load = scope.loads.find(event.table);
  if (load == scope.loads.end()) return std::optional<LoadedEvent>();
  const auto packed = find_load_event(*scope.view, load->first, event.number);
  if (!packed) return packed.error();
  if (!packed->has_value()) return std::optional<LoadedEvent>();
  auto made = event_of(*scope.view, load->second, **packed);
  if (!made) return made.error();
  return std::optional(std::move(*made));
}

}  // namespace entente::storage
