#include "rpc/server/sessions.h"

namespace entente::rpc {

void SessionNote::prove(Role role, std::string name) {
  const std::lock_guard lock(mutex_);
  role_ = role;
  name_ = std::move(name);
}

std::shared_ptr<void> SessionNote::note_snapshot(const std::shared_ptr<SessionNote>& note, SnapshotNote snapshot) {
  const std::lock_guard lock(note->mutex_);
  const std::uint64_t number = ++note->snapshot_numbers_;
  note->snapshots_.emplace(number, snapshot);
  return std::shared_ptr<void>(note.get(), [note, number](void*) {
    const std::lock_guard again(note->mutex_);
    note->snapshots_.erase(number);
  });
}

SessionNote::Seen SessionNote::seen() const {
  const std::lock_guard lock(mutex_);
  Seen out{role_, name_, {}};
  for (const auto& [its_number, snapshot] : snapshots_) out.snapshots.push_back(snapshot);
  return out;
}

void Sessions::add(const std::shared_ptr<SessionNote>& note) {
  const std::lock_guard lock(mutex_);
  notes_[note->number] = note;
}

void Sessions::remove(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  notes_.erase(number);
}

std::vector<std::shared_ptr<SessionNote>> Sessions::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<SessionNote>> out;
  for (const auto& [number, note] : notes_) out.push_back(note);
  return out;
}

std::shared_ptr<SessionNote> Sessions::find(std::uint64_t number) const {
  const std::lock_guard lock(mutex_);
  const auto found = notes_.find(number);
  return found == notes_.end() ? nullptr : found->second;
}

}  // namespace entente::rpc
