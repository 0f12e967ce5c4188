// A whole snapshot as two arrays in memory: which entities take part in each event, and which events each entity takes
// part in, by day. Built once from a Reader and then asked by any number of threads; it never changes.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "graph/view/happening.h"
#include "graph/view/names.h"
#include "graph/view/texts.h"

namespace entente::graph {

struct FrozenLimits {
  std::size_t memory_bytes_max = std::size_t{8} << 30;  // building stops with too_large past it
};

struct FrozenSize {
  std::size_t entities = 0;
  std::size_t events = 0;
  std::size_t parts = 0;
  std::size_t memory_bytes = 0;
};

// What counting by day looks at, beside each other in memory.
struct Brief {
  Day first = kOpenStart;
  EventType type = EventType::meeting;
  std::uint8_t level = 0;
  std::uint8_t group = 0;
};

// The events that two parties share, in the order of Incidents.
struct PairEvents {
  std::span<const EventIx> events;  // dated ones first
  std::span<const Brief> briefs;    // of each of them
  std::uint32_t dated = 0;
};

class FrozenGraph {
 public:
  class Builder;

  FrozenGraph(const FrozenGraph&) = delete;
  FrozenGraph& operator=(const FrozenGraph&) = delete;

  std::size_t entities() const { return kinds_.size(); }
  std::size_t events() const { return happenings_.size(); }
  RecordedTime recorded() const { return recorded_; }
  FrozenSize size() const;

  // Entities and events stand in the order of id_before, so the lower number has the lower id.
  std::string_view entity_id(EntityIx entity) const { return entity_ids_[entity]; }
  std::string_view label(EntityIx entity) const { return labels_[entity]; }
  EntityKind kind(EntityIx entity) const { return kinds_[entity]; }
  // The country or organisation of an official; kNoIndex without one.
  EntityIx of(EntityIx entity) const { return of_[entity]; }
  std::span<const EntityIx> groups(EntityIx entity) const { return slice(groups_, group_begin_, entity); }
  // Entities that are members of a region or group.
  std::span<const EntityIx> members(EntityIx group) const { return slice(members_, member_begin_, group); }
  // The posts that releases gave an official, one a line.
  std::string_view posts(EntityIx entity) const { return posts_[entity]; }
  std::optional<EntityIx> find_entity(std::string_view id) const;
  std::string_view event_id(EventIx event) const { return event_ids_[event]; }
  std::optional<EventIx> find_event(std::string_view id) const;
  const Happening& happening(EventIx event) const { return happenings_[event]; }
  // What Happening::place and the like stand for.
  std::string_view text(std::uint32_t number) const { return texts_[number]; }
  std::size_t texts() const { return texts_.size(); }
  // In the order of their numbers.
  std::span<const Part> parts(EventIx event) const {
    return {parts_.data() + part_begin_[event], part_begin_[event + 1] - part_begin_[event]};
  }
  Incidents incidents(EntityIx entity) const {
    const std::uint32_t begin = incident_begin_[entity];
    return {incident_events_.data() + begin, incident_firsts_.data() + begin, dated_[entity],
            incident_begin_[entity + 1] - begin, spans_[entity]};
  }
  // What two parties (no officials, no forums) did together; built with the first question that needs it.
  PairEvents pair(EntityIx a, EntityIx b) const;
  static bool is_party(EntityKind kind);
  bool before(EntityIx a, EntityIx b) const { return a < b; }

  const NameIndex& names() const { return names_; }

 private:
  struct Pairs {
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    std::vector<std::uint32_t> begin;
    std::vector<std::uint32_t> dated;
    std::vector<EventIx> events;
    std::vector<Brief> briefs;
  };

  FrozenGraph() = default;
  static std::span<const EntityIx> slice(const std::vector<EntityIx>& list, const std::vector<std::uint32_t>& begin,
                                         EntityIx at) {
    return std::span(list).subspan(begin[at], begin[at + 1] - begin[at]);
  }
  const Pairs& pairs() const;
  std::unique_ptr<Pairs> build_pairs() const;

  RecordedTime recorded_;
  TextBlock entity_ids_;
  TextBlock labels_;
  TextBlock event_ids_;
  TextBlock texts_;
  std::vector<EntityKind> kinds_;
  std::vector<EntityIx> of_;
  TextBlock posts_;
  std::vector<EntityIx> groups_;
  std::vector<std::uint32_t> group_begin_;
  std::vector<EntityIx> members_;
  std::vector<std::uint32_t> member_begin_;
  std::vector<Happening> happenings_;
  std::vector<std::uint32_t> part_begin_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> incident_begin_;
  std::vector<EventIx> incident_events_;
  std::vector<Day> incident_firsts_;
  std::vector<std::uint32_t> dated_;
  std::vector<Day> spans_;
  NameIndex names_;
  mutable std::once_flag pairs_once_;
  mutable std::unique_ptr<Pairs> pairs_;
  mutable std::atomic<const Pairs*> pairs_ready_{nullptr};
};

// Takes entities and events in any order; an event may speak of entities that come later or never come.
class FrozenGraph::Builder {
 public:
  explicit Builder(const FrozenLimits& limits);
  ~Builder();

  EntityIx entity(std::string_view id);  // its number until finish(), given now if it is new
  struct Description {
    std::string label;
    EntityKind kind = EntityKind::topic;
    EntityIx of = kNoIndex;
    std::vector<EntityIx> groups;
    std::string posts;  // one a line
  };
  void describe(EntityIx entity, Description description);
  EntityKind kind(EntityIx entity) const;
  void name(EntityIx entity, std::string_view name);
  std::uint32_t text(std::string_view text);  // 0 for the empty one
  // Fails with too_large when the graph would need more memory than allowed.
  Result<void> event(std::string_view id, const Happening& happening, std::span<const Part> parts);
  Result<std::shared_ptr<const FrozenGraph>> finish(RecordedTime recorded) &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace entente::graph
