// Threads for what blocks: reading and writing the store. The loops hand work over and never wait. Clients take turns, a
// job at a time; what must not run at the same time stays on one strand.
#pragma once

#include <kj/async.h>
#include <kj/common.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "rpc/server/loop.h"

namespace entente::rpc {

// Asked by long work, row by row: does anybody still want the answer?
class Stop {
 public:
  void request() { requested_.store(true, std::memory_order_relaxed); }
  bool requested() const { return requested_.load(std::memory_order_relaxed); }
  // For work that asks by itself.
  const std::atomic<bool>& flag() const { return requested_; }

 private:
  std::atomic<bool> requested_ = false;
};

class Workers {
 public:
  class Client;
  // Jobs that run one after another. May be let go of while jobs are under way.
  class Strand;

  explicit Workers(std::size_t count);
  // Ends the threads once what was handed over is done.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  static std::shared_ptr<Client> client();
  static std::shared_ptr<Strand> strand(std::shared_ptr<Client> client);

  // Runs `work(const Stop&) -> Result<T>` on a worker; the promise resolves on `loop`, which is the caller's. Letting the
  // promise go stops the work: it does not start, or sees it at its next look at Stop.
  template <class Work>
  auto run(Loop& loop, const std::shared_ptr<Strand>& strand, Work work)
      -> kj::Promise<decltype(work(std::declval<const Stop&>()))>;

  std::size_t waiting() const { return waiting_.load(std::memory_order_relaxed); }

 private:
  class Job {
   public:
    explicit Job(Loop& home) : loop(home) {}
    virtual ~Job() = default;
    virtual void work() = 0;    // on a worker
    virtual void finish() = 0;  // back on the loop, where it is destroyed too
    Loop& loop;
  };
  template <class Work>
  class JobOf;

  void add(const std::shared_ptr<Strand>& strand, std::unique_ptr<Job> job);
  void work_on();
  void enqueue(const std::shared_ptr<Strand>& strand);

  std::mutex mutex_;
  std::condition_variable some_;
  std::deque<std::shared_ptr<Client>> ready_;
  std::atomic<std::size_t> waiting_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

class Workers::Client {
  friend class Workers;
  std::deque<std::shared_ptr<Strand>> ready_;
  bool listed_ = false;
};

class Workers::Strand {
 public:
  explicit Strand(std::shared_ptr<Client> client) : client_(std::move(client)) {}

 private:
  friend class Workers;
  std::shared_ptr<Client> client_;
  std::deque<std::unique_ptr<Job>> jobs_;
  bool busy_ = false;  // a worker has it, or it stands in its client's queue
};

template <class Work>
class Workers::JobOf final : public Job {
 public:
  using Answer = decltype(std::declval<Work&>()(std::declval<const Stop&>()));

  JobOf(Loop& home, Work work, kj::Own<kj::PromiseFulfiller<Answer>> fulfiller, std::shared_ptr<Stop> stop)
      : Job(home), work_(std::move(work)), fulfiller_(kj::mv(fulfiller)), stop_(std::move(stop)) {}

  ~JobOf() noexcept override = default;  // kj's destructors may throw; a job's may not

  void work() override {
    if (stop_->requested()) return;
    try {
      answer_.emplace(work_(*stop_));
    } catch (const std::exception& failure) {
      log::error("a mistake of ours: {}", failure.what());
      answer_.emplace(Error{ErrorCode::internal, failure.what(), {}});
    }
  }
  void finish() override {
    if (answer_) fulfiller_->fulfill(std::move(*answer_));
  }

 private:
  Work work_;
  kj::Own<kj::PromiseFulfiller<Answer>> fulfiller_;
  std::shared_ptr<Stop> stop_;
  std::optional<Answer> answer_;
};

template <class Work>
auto Workers::run(Loop& loop, const std::shared_ptr<Strand>& strand, Work work)
    -> kj::Promise<decltype(work(std::declval<const Stop&>()))> {
  using Answer = decltype(work(std::declval<const Stop&>()));
  auto paf = kj::newPromiseAndFulfiller<Answer>();
  auto stop = std::make_shared<Stop>();
  add(strand, std::make_unique<JobOf<Work>>(loop, std::move(work), kj::mv(paf.fulfiller), stop));
  return paf.promise.attach(kj::defer([stop]() { stop->request(); }));
}

}  // namespace entente::rpc
