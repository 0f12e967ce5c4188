#include "rpc/server/workers.h"

#include <pthread.h>

namespace entente::rpc {

Workers::Workers(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this]() { work_on(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  some_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::shared_ptr<Workers::Client> Workers::client() { return std::make_shared<Client>(); }

std::shared_ptr<Workers::Strand> Workers::strand(std::shared_ptr<Client> client) {
  return std::make_shared<Strand>(std::move(client));
}

void Workers::enqueue(const std::shared_ptr<Strand>& strand) {
  Client& client = *strand->client_;
  client.ready_.push_back(strand);
  if (client.listed_) return;
  client.listed_ = true;
  ready_.push_back(strand->client_);
}

void Workers::add(const std::shared_ptr<Strand>& strand, std::unique_ptr<Job> job) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.fetch_add(1, std::memory_order_relaxed);
    strand->jobs_.push_back(std::move(job));
    if (strand->busy_) return;
    strand->busy_ = true;
    enqueue(strand);
  }
  some_.notify_one();
}

void Workers::work_on() {
  ::pthread_setname_np(::pthread_self(), "entente-worker");
  std::unique_lock lock(mutex_);
  while (true) {
    some_.wait(lock, [this]() { return ending_ || !ready_.empty(); });
    if (ready_.empty()) return;
    const std::shared_ptr<Client> client = std::move(ready_.front());
    ready_.pop_front();
    const std::shared_ptr<Strand> strand = std::move(client->ready_.front());
    client->ready_.pop_front();
    client->listed_ = !client->ready_.empty();
    if (client->listed_) ready_.push_back(client);
    std::unique_ptr<Job> job = std::move(strand->jobs_.front());
    strand->jobs_.pop_front();
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    lock.unlock();
    job->work();
    Loop& loop = job->loop;
    loop.post([job = std::move(job)]() mutable {
      job->finish();
      job.reset();
    });
    lock.lock();
    strand->busy_ = !strand->jobs_.empty();
    if (strand->busy_) {
      enqueue(strand);
      some_.notify_one();
    }
  }
}

}  // namespace entente::rpc
