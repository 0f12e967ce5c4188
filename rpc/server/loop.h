// A thread with an event loop: the sockets of some of the clients. Others hand it work through its mailbox.
#pragma once

#include <kj/async-io.h>
#include <kj/async-unix.h>
#include <kj/function.h>

#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace entente::rpc {

class Loop {
 public:
  // Starts the thread. `main` runs on it and is waited for: when its promise resolves, the thread ends.
  explicit Loop(std::function<kj::Promise<void>(Loop&, kj::AsyncIoContext&)> main);
  // Waits for the thread to end.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // From any thread: runs `work` on the loop's, soon and in the order given. What comes after its end is dropped there.
  void post(kj::Function<void()> work) { post_to(mailbox_, kj::mv(work)); }
  // The same, before all that was posted and has not begun: for what is little and is waited for, not answers.
  void post_first(kj::Function<void()> work) { post_to(first_, kj::mv(work)); }

  // On the loop's thread only.
  kj::Timer& timer() { return io_->provider->getTimer(); }
  kj::AsyncIoContext& io() { return *io_; }

 private:
  void run(const std::function<kj::Promise<void>(Loop&, kj::AsyncIoContext&)>& main);
  kj::Promise<void> empty_mailbox(kj::UnixEventPort::FdObserver& observer);
  void deliver();
  void post_to(std::vector<kj::Function<void()>>& mailbox, kj::Function<void()> work);

  int wake_fd_;
  std::mutex mutex_;
  std::vector<kj::Function<void()>> first_;
  std::vector<kj::Function<void()>> mailbox_;
  kj::AsyncIoContext* io_ = nullptr;
  std::thread thread_;
};

}  // namespace entente::rpc
