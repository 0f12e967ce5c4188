// The graph of a snapshot as far as somebody has walked: the events of an entity are read when they are first asked
// for. For questions that touch little of a large store. From one thread at a time.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "graph/view/happening.h"
#include "graph/view/reader.h"
#include "graph/view/table_facts.h"

namespace entente::graph {

class LazyGraph {
 public:
  // Reads no more than so many events; past it the graph is spent. The reader outlives the graph.
  LazyGraph(Reader& reader, std::size_t events_max) : reader_(reader), events_max_(events_max) {}
  LazyGraph(const LazyGraph&) = delete;
  LazyGraph& operator=(const LazyGraph&) = delete;

  // The walk wanted more than events_max: what it found is not whole and must be dropped.
  bool spent() const { return spent_; }
  // What the reader failed with; what was found is then not whole either.
  const std::optional<Error>& failure() const { return failure_; }
  std::size_t events_read() const { return events_.size(); }

  EntityIx entity(std::string_view id);  // its number, given now if it is new; whether it exists is not looked at
  std::size_t entities() const { return entities_.size(); }
  std::size_t events() const { return events_.size(); }
  std::string_view entity_id(EntityIx entity) const { return entities_[entity].id; }
  EntityKind kind(EntityIx entity) const { return entities_[entity].kind; }
  std::string_view event_id(EventIx event) const { return events_[event].id; }
  const Happening& happening(EventIx event) const { return events_[event].happening; }
  std::span<const Part> parts(EventIx event) const { return events_[event].parts; }
  Incidents incidents(EntityIx entity);
  std::string_view text(std::uint32_t number) const { return texts_[number]; }
  std::size_t texts() const { return texts_.size(); }
  std::uint32_t text_number(std::string_view text);
  bool before(EntityIx a, EntityIx b) const { return id_before(entities_[a].id, entities_[b].id); }

 private:
  struct OneEntity {
    std::string id;
    EntityKind kind = EntityKind::topic;
    bool read = false;
    std::vector<EventIx> events;
    std::vector<Day> firsts;
    std::uint32_t dated = 0;
    Day span = 0;
  };
  struct OneEvent {
    std::string id;
    Happening happening;
    std::vector<Part> parts;
  };

  // `table`: what a loaded table says of it; nullptr when none does.
  EventIx keep(const Event& event, const TableFacts* table);
  void read(EntityIx entity);

  Reader& reader_;
  std::size_t events_max_;
  bool spent_ = false;
  std::optional<Error> failure_;
  std::deque<OneEntity> entities_;
  std::deque<OneEvent> events_;
  std::deque<std::string> texts_{std::string()};
  std::unordered_map<std::string, EntityIx> entity_numbers_;
  std::unordered_map<std::string, EventIx> event_numbers_;
  std::unordered_map<std::string, std::uint32_t> text_numbers_{{std::string(), 0U}};
};

}  // namespace entente::graph
