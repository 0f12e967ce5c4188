#include "rpc/server/event_cache.h"

#include <algorithm>
#include <limits>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

constexpr RecordedTime kOpen{std::numeric_limits<std::int64_t>::max()};

}  // namespace

EncodedEvent::EncodedEvent(const graph::Event& event) {
  capnp::word scratch[512] = {};
  capnp::MallocMessageBuilder message(kj::arrayPtr(scratch, 512));
  auto root = message.initRoot<wire::Event>();
  write(event, root);
  words_ = kj::heapArray<capnp::word>(root.totalSize().wordCount + 1);
  std::fill_n(words_.asBytes().begin(), words_.asBytes().size(), kj::byte{0});
  capnp::copyToUnchecked(root.asReader(), words_);
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
