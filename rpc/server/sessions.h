// Who is connected, as their keeper sees it: written by the loops, read by any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "rpc/access/roles.h"

namespace entente::rpc {

struct SnapshotNote {
  RecordedTime recorded;  // what it holds
  RecordedTime taken;
};

class SessionNote {
 public:
  SessionNote(std::uint64_t its_number, std::string from, RecordedTime now, std::function<void(std::string)> how_to_close)
      : number(its_number), origin(std::move(from)), since(now), close(std::move(how_to_close)) {}

  void prove(Role role, std::string name);
  // Noted until the handle is let go of; the note outlives its handles by itself.
  static std::shared_ptr<void> note_snapshot(const std::shared_ptr<SessionNote>& note, SnapshotNote snapshot);

  const std::uint64_t number;
  const std::string origin;
  const RecordedTime since;
  const std::function<void(std::string)> close;  // ends the connection, from any thread
  std::atomic<std::uint64_t> calls = 0;
  std::atomic<std::uint64_t> rows = 0;
  std::atomic<std::uint64_t> unread_bytes = 0;
  std::atomic<std::uint64_t> watches = 0;

  struct Seen {
    Role role = Role::none;
    std::string name;
    std::vector<SnapshotNote> snapshots;
  };
  Seen seen() const;

 private:
  mutable std::mutex mutex_;
  Role role_ = Role::none;
  std::string name_;
  std::uint64_t snapshot_numbers_ = 0;
  std::map<std::uint64_t, SnapshotNote> snapshots_;
};

class Sessions {
 public:
  void add(const std::shared_ptr<SessionNote>& note);
  void remove(std::uint64_t number);
  std::vector<std::shared_ptr<SessionNote>> all() const;
  // Null when there is none of this number.
  std::shared_ptr<SessionNote> find(std::uint64_t number) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<SessionNote>> notes_;
};

}  // namespace entente::rpc
