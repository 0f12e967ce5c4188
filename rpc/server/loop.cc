#include "rpc/server/loop.h"

#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <future>

#include "base/check.h"
#include "base/log.h"
#include "rpc/server/urgent.h"

namespace entente::rpc {
namespace {

// Turns of the event loop between two looks at the sockets: one client's buffered messages hold nobody up for long.
constexpr unsigned kTurnsBeforePoll = 128;

}  // namespace

Loop::Loop(std::function<kj::Promise<void>(Loop&, kj::AsyncIoContext&)> main)
    : wake_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  ENTENTE_CHECK(wake_fd_ >= 0, "eventfd");
  std::promise<void> started;
  thread_ = std::thread([this, main = std::move(main), &started]() {
    ::pthread_setname_np(::pthread_self(), "entente-loop");
    go_first();
    auto io = kj::setupAsyncIo();
    io_ = &io;
    started.set_value();
    run(main);
    const std::lock_guard lock(mutex_);
    first_.clear();
    mailbox_.clear();
    io_ = nullptr;
  });
  started.get_future().wait();
}

Loop::~Loop() {
  thread_.join();
  ::close(wake_fd_);
}

void Loop::run(const std::function<kj::Promise<void>(Loop&, kj::AsyncIoContext&)>& main) {
  try {
    io_->waitScope.setBusyPollInterval(kTurnsBeforePoll);
    kj::UnixEventPort::FdObserver observer(io_->unixEventPort, wake_fd_, kj::UnixEventPort::FdObserver::OBSERVE_READ);
    auto mail = empty_mailbox(observer);
    main(*this, *io_).exclusiveJoin(kj::mv(mail)).wait(io_->waitScope);
  } catch (const kj::Exception& exception) {
    log::error("a loop of the server ended: {}", exception.getDescription().cStr());
  }
}

void Loop::post_to(std::vector<kj::Function<void()>>& mailbox, kj::Function<void()> work) {
  bool waking = false;
  {
    const std::lock_guard lock(mutex_);
    waking = first_.empty() && mailbox_.empty();
    mailbox.push_back(kj::mv(work));
  }
  if (!waking) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_fd_, &one, sizeof(one));
}

// The observer tells of what comes after it was asked: so it is asked first.
kj::Promise<void> Loop::empty_mailbox(kj::UnixEventPort::FdObserver& observer) {
  auto next = observer.whenBecomesReadable();
  deliver();
  return next.then([this, &observer]() { return empty_mailbox(observer); });
}

void Loop::deliver() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(wake_fd_, &count, sizeof(count));
  std::vector<kj::Function<void()>> letters;
  std::vector<kj::Function<void()>> first;
  {
    const std::lock_guard lock(mutex_);
    letters.swap(mailbox_);
    first.swap(first_);
  }
  for (auto& letter : first) letter();
  for (auto& letter : letters) letter();
}

}  // namespace entente::rpc
