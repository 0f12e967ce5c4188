#include "rpc/server/event_cache.h"

#include <algorithm>
#include <array>
#include <limits>

#include "rpc/convert/convert.h"
#include "rpc/convert/event_view.h"

namespace entente::rpc {
namespace {

constexpr RecordedTime kOpen{std::numeric_limits<std::int64_t>::max()};

void copy_words(kj::ArrayPtr<const capnp::word> from, kj::ArrayPtr<capnp::word> to) { std::copy(from.asBytes().begin(), from.asBytes().end(), to.asBytes().begin()); }

// Calls use(words) with the event as it is read without checks: in one piece, with the pointer to it at its start.
template <class Event, class Use>
void with_words(const Event& event, Use use) {
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
  use(words.asPtr().asConst());
}

struct Alone {
  kj::Array<capnp::word> words;
  EncodedEvent event;
};

template <class Event>
SharedEvent kept_alone(const Event& event) {
  auto kept = std::make_shared<Alone>();
  with_words(event, [&](kj::ArrayPtr<const capnp::word> words) {
    kept->words = kj::heapArray<capnp::word>(words.size());
    copy_words(words, kept->words);
  });
  kept->event = EncodedEvent(kept->words);
  return {kept, &kept->event};
}

}  // namespace

SharedEvent encoded(const graph::Event& event) { return kept_alone(event); }
SharedEvent encoded(const graph::EventView& event) { return kept_alone(event); }

void EncodedEvents::set(std::size_t i, const graph::EventView& event) {
  with_words(event, [&](kj::ArrayPtr<const capnp::word> words) {
    if (left_ < words.size()) {
      left_ = std::max(kPieceWords, words.size());
      pieces_.push_back(kj::heapArray<capnp::word>(left_));
      bytes_ += left_ * sizeof(capnp::word);
      counter_->fetch_add(left_ * sizeof(capnp::word), std::memory_order_relaxed);
    }
    auto& piece = pieces_.back();
    const auto at = piece.slice(piece.size() - left_, piece.size() - left_ + words.size());
    copy_words(words, at);
    left_ -= words.size();
    events_[i] = EncodedEvent(at);
  });
}

EventCache::EventCache(storage::Store& store, std::size_t bytes_max) : bytes_max_(bytes_max) {
  telling_ = store.when_recorded([state = state_](const storage::Written& written) { state->note(written); });
  // Empty until now: nothing in it can be older than what it is told of.
  const auto now = store.snapshot();
  const auto recorded = now ? (*now)->recorded() : now.error();
  const std::lock_guard lock(state_->mutex);
  if (recorded) state_->known = std::max(state_->known, *recorded);
}

// An entry that was read before this write holds up to it; one that was read after has it already.
void EventCache::State::note(const storage::Written& written) {
  const std::lock_guard lock(mutex);
  for (const graph::EventRef& event : written.events) {
    const auto found = by_ref.find(event);
    if (found == by_ref.end()) continue;
    Entry& entry = *found->second;
    if (entry.until == kOpen && entry.since <= known) entry.until = {known.micros + 1};
  }
  known = std::max(known, written.through);
}

std::vector<SharedEvent> EventCache::find(std::span<const graph::EventRef> events, RecordedTime at) {
  std::vector<SharedEvent> out(events.size());
  State& state = *state_;
  const std::lock_guard lock(state.mutex);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto found = state.by_ref.find(events[i]);
    if (found == state.by_ref.end()) continue;
    const Entry& entry = *found->second;
    if (at < entry.since || entry.until <= at || (entry.until == kOpen && state.known < at)) continue;
    out[i] = entry.encoded;
    ++state.hits;
    state.entries.splice(state.entries.begin(), state.entries, found->second);
  }
  return out;
}

void EventCache::keep(std::vector<Read> read, RecordedTime at) {
  Entries dropped;  // freed when the lock is let go of
  State& state = *state_;
  const std::lock_guard lock(state.mutex);
  state.misses += read.size();
  for (Read& one : read) {
    Entry entry{one.event, std::move(one.encoded), one.since, at < state.known ? RecordedTime{at.micros + 1} : kOpen};
    const auto found = state.by_ref.find(one.event);
    if (found != state.by_ref.end()) {
      if (one.since < found->second->since || (one.since == found->second->since && entry.until <= found->second->until)) continue;
      state.bytes -= bytes_of(*found->second);
      dropped.splice(dropped.begin(), state.entries, found->second);
      state.by_ref.erase(found);
    }
    state.bytes += bytes_of(entry);
    state.entries.push_front(std::move(entry));
    state.by_ref.emplace(one.event, state.entries.begin());
  }
  while (state.bytes > bytes_max_ && !state.entries.empty()) {
    state.bytes -= bytes_of(state.entries.back());
    state.by_ref.erase(state.entries.back().event);
    dropped.splice(dropped.begin(), state.entries, std::prev(state.entries.end()));
  }
}

EventCache::Figures EventCache::figures() const {
  const std::lock_guard lock(state_->mutex);
  return {state_->entries.size(), state_->bytes, state_->hits, state_->misses};
}

std::size_t EventCache::bytes_of(const Entry& entry) {
  constexpr std::size_t kBesides = 192;  // of list, table and allocation
  return entry.encoded->words() * sizeof(capnp::word) + kBesides;
}

}  // namespace entente::rpc
