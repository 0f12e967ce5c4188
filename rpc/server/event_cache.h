// Events as the wire has them, kept from one question to the next: reading one from the record costs many times what
// copying it into an answer does. What is written since is noticed by itself. May be used from any thread.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "graph/view/rows.h"
#include "rpc/server/encoded_event.h"
#include "storage/store.h"

namespace entente::rpc {

class EventCache {
 public:
  // Who reads: a question, or a long timeline passing by, whose events go before those of questions when there is no
  // room.
  enum class For : std::uint8_t { question, passing };

  // The store outlives the cache.
  EventCache(storage::Store& store, std::size_t bytes_max);
  EventCache(const EventCache&) = delete;
  EventCache& operator=(const EventCache&) = delete;

  // Each as a view of `at` has it, in the order of `events`; absent where it is not known.
  void find(std::span<const graph::EventRef> events, RecordedTime at, For whom, SomeEvents& out);

  struct Read {
    graph::EventRef event;
    RecordedTime since;
    EncodedEvent encoded;
  };
  // What a view of `at` had: events whose words are in this piece.
  void keep(const std::shared_ptr<const EventPiece>& piece, std::span<const Read> read, RecordedTime at, For whom);

  // Whether about so many events, with what is kept of them besides, are no more than it may hold.
  bool has_room_for(std::uint64_t events) const;

  struct Figures {
    std::uint64_t events = 0;
    std::uint64_t bytes = 0;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
  };
  Figures figures() const;

 private:
  struct Hash {
    std::size_t operator()(const graph::EventRef& ref) const {
      return static_cast<std::size_t>(ref.number * 0x9E37'79B9'7F4A'7C15ULL) ^ ref.table;
    }
  };
  // What is let go of at a time.
  struct Piece {
    std::shared_ptr<const EventPiece> words;
    std::vector<graph::EventRef> events;  // some may have come to be kept elsewhere
    std::size_t bytes = 0;
    For whom = For::question;
    bool filling = false;      // its events are just being noted; it stays for as long
    std::uint64_t looked = 0;  // by the look-up of this number, last
  };
  using Pieces = std::list<Piece>;
  struct Entry {
    RecordedTime since;
    RecordedTime until;  // from then on it may be another; kOpen: as far as is known it is still so
    EncodedEvent encoded;
    Pieces::iterator piece;
  };

  // Outlives the cache as long as a write still tells of itself.
  struct State {
    mutable std::mutex mutex;
    RecordedTime known;  // of every write up to here it is known which events it changed
    Pieces asked;        // of questions, the last used first; likewise the next
    Pieces passing;
    std::unordered_map<graph::EventRef, Entry, Hash> by_ref;
    std::size_t bytes = 0;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t looks = 0;

    void note(const storage::Written& written);
    Pieces& of(For whom) { return whom == For::question ? asked : passing; }
    void touch(Pieces::iterator piece, For whom);
    // Lets go of the piece that was unused for longest; false where there is none.
    bool drop(Pieces& dropped);
    bool drop_last_of(Pieces& from, Pieces& dropped);
  };

  std::size_t bytes_max_;
  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::shared_ptr<void> telling_;
};

}  // namespace entente::rpc
