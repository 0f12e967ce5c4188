#include "rpc/server/workers.h"

#include <future>

namespace entente::rpc {

Workers::Workers(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    auto worker = std::make_unique<Worker>();
    std::promise<void> started;
    Worker* const raw = worker.get();
    worker->thread = std::make_unique<kj::Thread>([raw, &started]() {
      kj::EventLoop loop;
      kj::WaitScope scope(loop);
      auto stop = kj::newPromiseAndFulfiller<void>();
      raw->executor = &kj::getCurrentThreadExecutor();
      raw->stop = stop.fulfiller.get();
      started.set_value();
      stop.promise.wait(scope);
    });
    started.get_future().wait();
    threads_.push_back(std::move(worker));
  }
}

Workers::~Workers() {
  for (const auto& worker : threads_) worker->executor->executeSync([&worker]() { worker->stop->fulfill(); });
}

}  // namespace entente::rpc
