// Fills the cache of events when a server starts, so that the first who asks waits for no record: all events of
// releases, where there is room for all, on a thread that comes last.
#pragma once

#include <atomic>
#include <thread>

#include "rpc/server/event_cache.h"
#include "storage/store.h"

namespace entente::rpc {

class WarmUp {
 public:
  // Both outlive it.
  WarmUp(storage::Store& store, EventCache& cache);
  // Ends it where it is.
  ~WarmUp();
  WarmUp(const WarmUp&) = delete;
  WarmUp& operator=(const WarmUp&) = delete;

 private:
  Result<void> fill(storage::Store& store, EventCache& cache) const;

  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace entente::rpc
