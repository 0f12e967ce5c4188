#include "rpc/server/encoded_event.h"

#include <capnp/any.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>

#include "rpc/convert/convert.h"
#include "rpc/convert/event_view.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kWordBytes = sizeof(capnp::word);

void copy_words(const capnp::word* from, std::size_t count, capnp::word* to) {
  std::memcpy(static_cast<void*>(to), from, count * kWordBytes);
}

// Calls use(words) with the event as it is read without checks: in one piece, with the pointer to it at its start.
template <class Event, class Use>
auto with_words(const Event& event, Use use) {
  // A builder wants room of zeros, and leaves it so.
  constexpr std::size_t kWords = 1'024;
  thread_local const auto scratch = std::make_unique<std::array<std::uint64_t, kWords>>();
  capnp::MallocMessageBuilder message(kj::arrayPtr(reinterpret_cast<capnp::word*>(scratch->data()), kWords));
  auto root = message.initRoot<wire::Event>();
  write(event, root);
  if (const auto segments = message.getSegmentsForOutput(); segments.size() == 1) return use(segments[0]);
  auto words = kj::heapArray<capnp::word>(root.totalSize().wordCount + 1);
  std::fill_n(words.asBytes().begin(), words.asBytes().size(), kj::byte{0});
  capnp::copyToUnchecked(root.asReader(), words);
  return use(words.asPtr().asConst());
}

// A pointer says how many words behind itself what it points to begins. The event's own pointers and what they point to
// come to stand apart by `more` words; pointers within what they point to move with it. Nothing of an event that was
// encoded in one piece points in another way.
void move_apart(capnp::word* pointers, std::size_t count, std::ptrdiff_t more) {
  for (std::size_t i = 0; i < count; ++i) {
    std::array<std::uint32_t, 2> halves;
    static_assert(sizeof(halves) == kWordBytes);
    std::memcpy(&halves, pointers + i, kWordBytes);
    if (halves[0] == 0 && halves[1] == 0) continue;  // to nothing
    halves[0] += static_cast<std::uint32_t>(more) << 2U;
    std::memcpy(static_cast<void*>(pointers + i), &halves, kWordBytes);
  }
}

}  // namespace

EventPiece::EventPiece(std::size_t words) : words_(words) {
  if (bytes() < kLarge) {
    memory_.reset(std::malloc(bytes()));
    if (!memory_) throw std::bad_alloc();
    return;
  }
  words_ = (bytes() + kLarge - 1) / kLarge * kLarge / kWordBytes;
  memory_.reset(std::aligned_alloc(kLarge, bytes()));
  if (!memory_) throw std::bad_alloc();
  ::madvise(memory_.get(), bytes(), MADV_HUGEPAGE);  // or not: then it is slower
}

void EventPiece::Free::operator()(void* memory) const { std::free(memory); }

capnp::word* EventPiece::take(std::size_t words) {
  auto* const out = static_cast<capnp::word*>(memory_.get()) + used_;
  used_ += words;
  return out;
}

EncodedEvent EventEncoder::add(const graph::EventView& event) {
  return with_words(event, [this](kj::ArrayPtr<const capnp::word> words) { return put(words); });
}
EncodedEvent EventEncoder::add(const graph::Event& event) {
  return with_words(event, [this](kj::ArrayPtr<const capnp::word> words) { return put(words); });
}

EncodedEvent EventEncoder::put(kj::ArrayPtr<const capnp::word> words) {
  if (!piece_ || piece_->left() < words.size()) {
    const std::size_t least = piece_ ? 512 : 64;  // words: where there are more than was thought, some more follow
    piece_ = std::make_shared<EventPiece>(
        std::max({std::min(bytes_, EventPiece::kLarge) / kWordBytes, least, words.size()}));
  }
  bytes_ -= std::min(bytes_, words.size() * kWordBytes);
  capnp::word* const at = piece_->take(words.size());
  copy_words(words.begin(), words.size(), at);
  return EncodedEvent({at, words.size()});
}

void SomeEvents::keep(const std::shared_ptr<const EventPiece>& piece) {
  constexpr std::ptrdiff_t kLooked = 8;
  const auto last = std::min<std::ptrdiff_t>(kLooked, static_cast<std::ptrdiff_t>(pieces.size()));
  if (std::find(pieces.rbegin(), pieces.rbegin() + last, piece) == pieces.rbegin() + last) pieces.push_back(piece);
}

capnp::MessageSize message_size(const EncodedEvent* events, std::size_t count) {
  constexpr std::uint64_t kBesides = 16;  // the answer itself, and a sink's call around it
  capnp::MessageSize size{kBesides, 1};
  for (std::size_t i = 0; i < count; ++i) size.wordCount += events[i].words();
  return size;
}

void write(const EncodedEvent* events, std::size_t count, capnp::List<wire::Event>::Builder out) {
  if (count == 0) return;
  capnp::AnyStruct::Builder first = out[0];
  const std::size_t data = first.getDataSection().size() / kWordBytes;
  const std::size_t body = data + first.getPointerSection().size();
  auto* const bodies = reinterpret_cast<capnp::word*>(first.getDataSection().begin());
  std::size_t behind = 0;
  for (std::size_t i = 0; i < count; ++i) behind += events[i].words() - 1 - body;
  constexpr std::size_t kMost = std::size_t{1} << 25U;  // words, of one text
  if (std::endian::native == std::endian::little && behind > 0 && behind < kMost) {
    // The room for what is behind the events is taken as that of one text, whose pointer is written over.
    auto* at = reinterpret_cast<capnp::word*>(out[0].initId(static_cast<unsigned>(behind * kWordBytes - 1)).begin());
    if (at == bodies + count * body) {
      for (std::size_t i = 0; i < count; ++i) {
        capnp::word* const to = bodies + i * body;
        copy_words(events[i].begin() + 1, body, to);
        move_apart(to + data, body - data, at - (to + body));
        const std::size_t more = events[i].words() - 1 - body;
        copy_words(events[i].begin() + 1 + body, more, at);
        at += more;
      }
      return;
    }
    out[0].disownId();
  }
  for (unsigned i = 0; i < count; ++i) out.setWithCaveats(i, events[i].read());
}

}  // namespace entente::rpc
