// Events as the wire has them, kept from one question to the next: reading one from the record costs many times what
// copying it into an answer does. What is written since is noticed by itself. May be used from any thread.
#pragma once

#include <capnp/message.h>

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "graph/view/event_view.h"
#include "graph/view/rows.h"
#include "rpc/schema/model.capnp.h"
#include "storage/store.h"

namespace entente::rpc {

// One event, encoded once, copied into any number of answers.
class EncodedEvent {
 public:
  EncodedEvent() = default;
  explicit EncodedEvent(kj::ArrayPtr<const capnp::word> words) : words_(words) {}
  wire::Event::Reader read() const { return capnp::readMessageUnchecked<wire::Event>(words_.begin()); }
  std::size_t words() const { return words_.size(); }

 private:
  kj::ArrayPtr<const capnp::word> words_;
};
// Together with what its words are kept in.
using SharedEvent = std::shared_ptr<const EncodedEvent>;
SharedEvent encoded(const graph::Event& event);
SharedEvent encoded(const graph::EventView& event);

// Many events that are needed for a while only, in few pieces of memory; their bytes are counted for as long.
class EncodedEvents {
 public:
  EncodedEvents(std::size_t count, std::shared_ptr<std::atomic<std::uint64_t>> counter) : events_(count), counter_(std::move(counter)) {}
  ~EncodedEvents() { counter_->fetch_sub(bytes_, std::memory_order_relaxed); }
  EncodedEvents(const EncodedEvents&) = delete;
  EncodedEvents& operator=(const EncodedEvents&) = delete;

  void set(std::size_t i, const graph::EventView& event);
  bool has(std::size_t i) const { return events_[i].words() > 0; }
  static SharedEvent share(const std::shared_ptr<EncodedEvents>& all, std::size_t i) { return {all, &all->events_[i]}; }

 private:
  static constexpr std::size_t kPieceWords = 8'192;

  std::vector<EncodedEvent> events_;
  std::vector<kj::Array<capnp::word>> pieces_;
  std::size_t left_ = 0;  // words of the last piece
  std::uint64_t bytes_ = 0;
  std::shared_ptr<std::atomic<std::uint64_t>> counter_;
};

class EventCache {
 public:
  // The store outlives the cache.
  EventCache(storage::Store& store, std::size_t bytes_max);
  EventCache(const EventCache&) = delete;
  EventCache& operator=(const EventCache&) = delete;

  // Each as a view of `at` has it, in the order of `events`; null where it is not known.
  std::vector<SharedEvent> find(std::span<const graph::EventRef> events, RecordedTime at);

  struct Read {
    graph::EventRef event;
    RecordedTime since;
    SharedEvent encoded;
  };
  // What a view of `at` had.
  void keep(std::vector<Read> read, RecordedTime at);

  struct Figures {
    std::uint64_t events = 0;
    std::uint64_t bytes = 0;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
  };
  Figures figures() const;

 private:
  struct Hash {
    std::size_t operator()(const graph::EventRef& ref) const { return static_cast<std::size_t>(ref.number * 0x9E37'79B9'7F4A'7C15ULL) ^ ref.table; }
  };
  struct Entry {
    graph::EventRef event;
    SharedEvent encoded;
    RecordedTime since;
    RecordedTime until;  // from then on it may be another; kOpen: as far as is known it is still so
  };
  using Entries = std::list<Entry>;

  // Outlives the cache as long as a write still tells of itself.
  struct State {
    mutable std::mutex mutex;
    RecordedTime known;  // of every write up to here it is known which events it changed
    Entries entries;     // the last used first
    std::unordered_map<graph::EventRef, Entries::iterator, Hash> by_ref;
    std::size_t bytes = 0;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;

    void note(const storage::Written& written);
  };

  static std::size_t bytes_of(const Entry& entry);

  std::size_t bytes_max_;
  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::shared_ptr<void> telling_;
};

}  // namespace entente::rpc
