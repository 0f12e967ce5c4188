// What all loops of a server hold in common. Every part may be used from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "graph/query/engine.h"
#include "rpc/access/access.h"
#include "rpc/server/event_cache.h"
#include "rpc/server/feed.h"
#include "rpc/server/hot_rows.h"
#include "rpc/server/latencies.h"
#include "rpc/server/limits.h"
#include "rpc/server/sessions.h"
#include "rpc/server/workers.h"
#include "storage/store.h"

namespace entente::rpc {

struct Counters {
  std::atomic<std::uint64_t> connections = 0;  // open now; likewise the next three
  std::atomic<std::uint64_t> readers = 0;
  std::atomic<std::uint64_t> watches = 0;
  std::atomic<std::uint64_t> calls_open = 0;
  std::atomic<std::uint64_t> calls = 0;  // since the start; likewise below
  std::atomic<std::uint64_t> calls_failed = 0;
  std::atomic<std::uint64_t> calls_cancelled = 0;
  std::atomic<std::uint64_t> rows = 0;  // of timelines, changes of watches
  std::atomic<std::uint64_t> refused = 0;  // connections closed for what they did
};

// Counts itself for as long as it lives.
class Counted {
 public:
  explicit Counted(std::atomic<std::uint64_t>& counter) : counter_(&counter) { counter_->fetch_add(1); }
  ~Counted() {
    if (counter_ != nullptr) counter_->fetch_sub(1);
  }
  Counted(Counted&& other) noexcept : counter_(other.counter_) { other.counter_ = nullptr; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  Counted& operator=(Counted&&) = delete;

 private:
  std::atomic<std::uint64_t>* counter_;
};

// A connection that was accepted, on its way to the loop that serves it; it counts from here on.
struct Arrival {
  int socket;
  std::uint64_t number;
  Origin origin;
  Counted counted;
};

struct Shared {
  storage::Store& store;
  const Limits limits;
  Access& access;
  Workers& workers;
  Feed& feed;
  EventCache& events;
  HotRows& hot_rows;
  Clock& clock;
  Counters counters;
  Latencies latencies;  // of calls
  Latencies told;       // from when a change is there to when it is handed to a watcher's connection
  Sessions sessions;
  std::function<Result<void>()> reload_tokens;  // and take from their holders what is gone
  std::atomic<bool> stopping = false;
  // Bytes of events that are read ahead; outlives what is.
  const std::shared_ptr<std::atomic<std::uint64_t>> ahead_bytes = std::make_shared<std::atomic<std::uint64_t>>(0);
  // What questions about much are answered from, for all clients.
  const std::shared_ptr<graph::query::FrozenGraphs> graphs =
      std::make_shared<graph::query::FrozenGraphs>(graph::FrozenLimits{limits.graph_bytes_max});
};

}  // namespace entente::rpc
