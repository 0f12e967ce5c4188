// Events in the form that they have on the wire: brought into it once, then copied into any number of messages, word
// for word. What an event's words are kept in is held beside it, not by it.
#pragma once

#include <capnp/message.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "graph/model/event.h"
#include "graph/view/event_view.h"
#include "rpc/schema/model.capnp.h"

namespace entente::rpc {

// A view of an event's words: the pointer to it, the event, and behind it all that it points to.
class EncodedEvent {
 public:
  EncodedEvent() = default;
  explicit EncodedEvent(kj::ArrayPtr<const capnp::word> words) : begin_(words.begin()), words_(words.size()) {}
  bool there() const { return words_ > 0; }
  wire::Event::Reader read() const { return capnp::readMessageUnchecked<wire::Event>(begin_); }
  const capnp::word* begin() const { return begin_; }
  std::size_t words() const { return words_; }

 private:
  const capnp::word* begin_ = nullptr;
  std::size_t words_ = 0;
};

// What the words of several events are kept in; a large one in large pages where the system has them, since to get many
// small ones takes longer than to encode what goes into them.
class EventPiece {
 public:
  explicit EventPiece(std::size_t words);
  // The next words of it. REQUIRES: at most left().
  capnp::word* take(std::size_t words);
  std::size_t left() const { return words_ - used_; }
  std::size_t bytes() const { return words_ * sizeof(capnp::word); }

  static constexpr std::size_t kLarge = std::size_t{2} << 20U;  // bytes

 private:
  struct Free {
    void operator()(void* memory) const;
  };
  std::unique_ptr<void, Free> memory_;
  std::size_t words_;
  std::size_t used_ = 0;
};

// Encodes events, in few pieces. One thread.
class EventEncoder {
 public:
  // For about so many events, of which one takes about so much.
  explicit EventEncoder(std::size_t events, std::size_t event_bytes = kEventBytes) : bytes_(events * event_bytes) {}
  EncodedEvent add(const graph::EventView& event);
  EncodedEvent add(const graph::Event& event);
  // That the last was put into; those before it stay as they are. REQUIRES: one was added.
  const std::shared_ptr<EventPiece>& piece() const { return piece_; }

  static constexpr std::size_t kEventBytes = 512;  // most take less

 private:
  EncodedEvent put(kj::ArrayPtr<const capnp::word> words);

  std::size_t bytes_;  // still to come, as far as is known
  std::shared_ptr<EventPiece> piece_;
};

// Events in their order, and what their words are kept in.
struct SomeEvents {
  std::vector<EncodedEvent> events;
  std::vector<std::shared_ptr<const EventPiece>> pieces;

  // Keeps a piece; cheap where it is one of the last that were kept.
  void keep(const std::shared_ptr<const EventPiece>& piece);
};

// What a message with these events, and little besides, takes.
capnp::MessageSize message_size(const EncodedEvent* events, std::size_t count);
// REQUIRES: `out` was just made, with as many elements, and nothing of its message behind it. Quick where the message
// has room for all of them in one piece, which one of this size has.
void write(const EncodedEvent* events, std::size_t count, capnp::List<wire::Event>::Builder out);

}  // namespace entente::rpc
