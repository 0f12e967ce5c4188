// Threads for what blocks: reading and writing the store. The network loop hands work over and never waits.
#pragma once

#include <kj/async.h>
#include <kj/thread.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace entente::rpc {

class Workers {
 public:
  // REQUIRES: called on the thread of the network loop, count > 0.
  explicit Workers(std::size_t count);
  // Ends the threads once their work is done.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // The next worker in turn; what must not run at the same time stays with one worker.
  std::size_t pick() { return next_++ % threads_.size(); }

  // Runs `work` on a worker; the promise resolves on the calling loop.
  template <class Work>
  auto run(std::size_t worker, Work&& work) {
    return threads_[worker]->executor->executeAsync(std::forward<Work>(work));
  }

 private:
  struct Worker {
    const kj::Executor* executor = nullptr;
    kj::PromiseFulfiller<void>* stop = nullptr;
    std::unique_ptr<kj::Thread> thread;
  };
  std::vector<std::unique_ptr<Worker>> threads_;
  std::size_t next_ = 0;
};

}  // namespace entente::rpc
