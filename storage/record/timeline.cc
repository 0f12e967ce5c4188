#include "storage/record/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "storage/record/claims.h"
#include "storage/record/dictionary.h"
#include "storage/record/event_rows.h"
#include "storage/record/evidence.h"
#include "storage/record/row_stream.h"

namespace entente::storage {
namespace {

using graph::EntityId;
using graph::Event;
using graph::TimelineQuery;

// A scan that a timeline needs: of one entity, or of a pair.
struct Source {
  Family family;
  std::string start;

  friend auto operator<=>(const Source&, const Source&) = default;
};

struct Plan {
  std::set<Source> sources;
  // The rows do not tell who of the other side took part: each event is looked at.
  bool look_at_parties = false;
};

using Side = std::vector<std::pair<EntityId, EntityNumber>>;

// The ids that the store knows, each once.
Result<Side> known_ids(const TableView& view, const std::vector<EntityId>& ids) {
  Side out;
  for (const EntityId& id : std::set<EntityId>(ids.begin(), ids.end())) {
    const auto number = find_number(view, id.str());
    if (!number) return number.error();
    if (number->has_value()) out.emplace_back(id, **number);
  }
  return out;
}

bool is_party(const EntityId& id) {
  const auto kind = graph::kind_of(id);
  return kind == graph::EntityKind::country || kind == graph::EntityKind::organisation ||
         kind == graph::EntityKind::region;
}

Source of_entity(EntityNumber entity) {
  Source source{Family::entity_events, {}};
  put_big_endian(source.start, entity);
  return source;
}

Source of_pair(EntityNumber a, EntityNumber b) {
  Source source{Family::pair_events, {}};
  put_big_endian(source.start, std::min(a, b));
  put_big_endian(source.start, std::max(a, b));
  return source;
}

// Only parties are indexed in pairs; with an official or a forum, its own rows are the shorter way.
Plan plan_pairs(const Side& left, const Side& right) {
  Plan plan;
  if (left.size() * right.size() <= kMergedScansMax) {
    for (const auto& [a, a_number] : left)
      for (const auto& [b, b_number] : right) {
        if (a_number == b_number) continue;
        const bool paired = is_party(a) && is_party(b);
        plan.look_at_parties = plan.look_at_parties || !paired;
        plan.sources.insert(paired ? of_pair(a_number, b_number) : of_entity(is_party(a) ? b_number : a_number));
      }
    return plan;
  }
  plan.look_at_parties = true;
  for (const auto& [id, number] : left.size() < right.size() ? left : right) plan.sources.insert(of_entity(number));
  return plan;
}

Plan plan_entities(const Side& side) {
  Plan plan;
  for (const auto& [id, number] : side) plan.sources.insert(of_entity(number));
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

class Timeline final : public graph::EventCursor {
 public:
  Timeline(std::shared_ptr<const TableView> view, RecordedTime at, TimelineQuery query, const Plan& plan)
      : view_(std::move(view)),
        at_(at),
        query_(std::move(query)),
        look_at_parties_(plan.look_at_parties),
        left_(query_.left.begin(), query_.left.end()),
        right_(query_.right.begin(), query_.right.end()),
        evidence_(view_, at_) {
    for (const Source& source : plan.sources) {
      lanes_.push_back({std::make_unique<RowStream>(*view_, source.family, source.start, query_, at_), std::nullopt});
    }
  }

  Result<std::optional<Event>> next() override {
    if (done_) return std::optional<Event>();
    auto event = find_next();
    if (!event || !event->has_value())
      done_ = true;
    else if (++given_ == query_.limit)
      done_ = true;
    if (query_.evidence && event && event->has_value())
      if (auto filled = evidence_.fill(**event); !filled) return filled.error();
    return event;
  }

 private:
  struct Lane {
    std::unique_ptr<RowStream> stream;
    std::optional<Hit> head;
  };

  Result<std::optional<Event>> find_next() {
    while (true) {
      const auto hit = next_hit();
      if (!hit) return hit.error();
      if (!hit->has_value()) return std::optional<Event>();
      if (*hit == last_) continue;  // another scan gave it already
      last_ = *hit;
      const auto record = find_version<EventRecord>(*view_, Family::events, event_stem((*hit)->event), at_);
      if (!record) return record.error();
      if (!record->has_value() || !(*record)->event) return corrupt_row(Family::events, event_stem((*hit)->event));
      if (!look_at_parties_ || meets(*(*record)->event, left_, right_)) return (*record)->event;
    }
  }

  Result<std::optional<Hit>> next_hit() {
    if (!started_) {
      started_ = true;
      for (Lane& lane : lanes_)
        if (auto moved = advance(lane); !moved) return moved.error();
    }
    Lane* first = nullptr;
    for (Lane& lane : lanes_)
      if (lane.head && (first == nullptr || comes_before(*lane.head, *first->head, query_.order))) first = &lane;
    if (first == nullptr) return std::optional<Hit>();
    const auto hit = first->head;
    if (auto moved = advance(*first); !moved) return moved.error();
    return hit;
  }

  static Result<void> advance(Lane& lane) {
    auto hit = lane.stream->next();
    if (!hit) return hit.error();
    lane.head = *hit;
    return {};
  }

  std::shared_ptr<const TableView> view_;
  RecordedTime at_;
  TimelineQuery query_;
  bool look_at_parties_;
  std::set<EntityId> left_;
  std::set<EntityId> right_;
  std::vector<Lane> lanes_;
  std::optional<Hit> last_;
  EvidenceReader evidence_;
  std::uint64_t given_ = 0;
  bool started_ = false;
  bool done_ = false;
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

}  // namespace

Result<std::unique_ptr<graph::EventCursor>> open_timeline(std::shared_ptr<const TableView> view, RecordedTime at,
                                                          const TimelineQuery& query) {
  if (auto checked = check_query(query); !checked) return checked.error();
  const auto left = known_ids(*view, query.left);
  if (!left) return left.error();
  const auto right = known_ids(*view, query.right);
  if (!right) return right.error();
  const Plan plan = query.right.empty() ? plan_entities(*left) : plan_pairs(*left, *right);
  return std::unique_ptr<graph::EventCursor>(std::make_unique<Timeline>(std::move(view), at, query, plan));
}

}  // namespace entente::storage
