#include "rpc/server/event_cache.h"

#include <algorithm>
#include <limits>

namespace entente::rpc {
namespace {

constexpr RecordedTime kOpen{std::numeric_limits<std::int64_t>::max()};
constexpr std::size_t kBesides = 120;  // of the table and its allocation, for an event
constexpr std::size_t kBesidesPiece = 200;
constexpr std::size_t kBytesOfOne = 500;  // about, with what is besides
constexpr std::size_t kEventsFrom = 1'000'000;

}  // namespace

EventCache::EventCache(storage::Store& store, std::size_t bytes_max) : bytes_max_(bytes_max) {
  telling_ = store.when_recorded([state = state_](const storage::Written& written) { state->note(written); });
  // Empty until now: nothing in it can be older than what it is told of.
  const auto now = store.snapshot();
  const auto recorded = now ? (*now)->recorded() : now.error();
  const std::lock_guard lock(state_->mutex);
  // Growing by and by would move all of them again and again.
  state_->by_ref.reserve(std::min(kEventsFrom, bytes_max / kBytesOfOne));
  if (recorded) state_->known = std::max(state_->known, *recorded);
}

// An entry that was read before this write holds up to it; one that was read after has it already.
void EventCache::State::note(const storage::Written& written) {
  const std::lock_guard lock(mutex);
  for (const graph::EventRef& event : written.events) {
    const auto found = by_ref.find(event);
    if (found == by_ref.end()) continue;
    Entry& entry = found->second;
    if (entry.until == kOpen && entry.since <= known) entry.until = {known.micros + 1};
  }
  known = std::max(known, written.through);
}

// What a question uses is the questions' from then on.
void EventCache::State::touch(Pieces::iterator piece, For whom) {
  Pieces& from = of(piece->whom);
  if (whom == For::question) piece->whom = For::question;
  Pieces& to = of(piece->whom);
  to.splice(to.begin(), from, piece);
}

void EventCache::find(std::span<const graph::EventRef> events, RecordedTime at, For whom, SomeEvents& out) {
  out.events.assign(events.size(), EncodedEvent());
  State& state = *state_;
  const std::lock_guard lock(state.mutex);
  // The events of a long timeline lie in few pieces, one beside another: each is kept and moved once.
  const std::uint64_t look = ++state.looks;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto found = state.by_ref.find(events[i]);
    if (found == state.by_ref.end()) continue;
    const Entry& entry = found->second;
    if (at < entry.since || entry.until <= at || (entry.until == kOpen && state.known < at)) continue;
    out.events[i] = entry.encoded;
    ++state.hits;
    if (entry.piece->looked == look) continue;
    entry.piece->looked = look;
    out.keep(entry.piece->words);
    state.touch(entry.piece, whom);
  }
}

void EventCache::keep(const std::shared_ptr<const EventPiece>& words, std::span<const Read> read, RecordedTime at, For whom) {
  constexpr std::size_t kAtOnce = 256;  // so that nobody waits long
  Pieces dropped;                       // freed when the lock is let go of
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  Pieces& pieces = state.of(whom);
  pieces.push_front({words, {}, words->bytes() + kBesidesPiece + read.size() * kBesides, whom, true});
  const auto piece = pieces.begin();
  state.bytes += piece->bytes;
  piece->events.reserve(read.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (i > 0 && i % kAtOnce == 0) {
      lock.unlock();
      lock.lock();
    }
    const Read& one = read[i];
    const Entry entry{one.since, at < state.known ? RecordedTime{at.micros + 1} : kOpen, one.encoded, piece};
    const auto [there, added] = state.by_ref.try_emplace(one.event, entry);
    if (!added) {
      if (one.since < there->second.since || (one.since == there->second.since && entry.until <= there->second.until))
        continue;
      there->second = entry;
    }
    piece->events.push_back(one.event);
  }
  state.misses += read.size();
  piece->filling = false;
  while (state.bytes > bytes_max_ && state.drop(dropped)) {
  }
}

bool EventCache::State::drop(Pieces& dropped) { return drop_last_of(passing, dropped) || drop_last_of(asked, dropped); }

bool EventCache::State::drop_last_of(Pieces& from, Pieces& dropped) {
  const auto last = std::find_if(from.rbegin(), from.rend(), [](const Piece& piece) { return !piece.filling; });
  if (last == from.rend()) return false;
  const auto piece = std::prev(last.base());
  for (const graph::EventRef& event : piece->events) {
    const auto found = by_ref.find(event);
    if (found != by_ref.end() && found->second.piece == piece) by_ref.erase(found);
  }
  bytes -= piece->bytes;
  dropped.splice(dropped.begin(), from, piece);
  return true;
}

bool EventCache::has_room_for(std::uint64_t events) const { return events <= bytes_max_ / kBytesOfOne; }

EventCache::Figures EventCache::figures() const {
  const std::lock_guard lock(state_->mutex);
  return {state_->by_ref.size(), state_->bytes, state_->hits, state_->misses};
}

}  // namespace entente::rpc
