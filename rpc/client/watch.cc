#include <deque>

#include "rpc/client/guarded.h"
#include "rpc/client/remote.h"
#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

// What the server has told and nobody has asked for yet. The server goes on when there is room.
struct Inbox {
  static constexpr std::size_t kNewsMax = 16;

  std::deque<Result<WatchNews>> news;
  kj::Maybe<kj::Own<kj::PromiseFulfiller<void>>> reading;
  kj::Maybe<kj::Own<kj::PromiseFulfiller<void>>> telling;
};

class Told final : public wire::Watcher::Server {
 public:
  explicit Told(std::shared_ptr<Inbox> inbox) : inbox_(std::move(inbox)) {}

  kj::Promise<void> changes(ChangesContext context) override {
    inbox_->news.push_back(news_of(context.getParams()));
    KJ_IF_MAYBE (reading, inbox_->reading) (*reading)->fulfill();
    if (inbox_->news.size() < Inbox::kNewsMax) return kj::READY_NOW;
    auto paf = kj::newPromiseAndFulfiller<void>();
    inbox_->telling = kj::mv(paf.fulfiller);
    return kj::mv(paf.promise);
  }

 private:
  static Result<WatchNews> news_of(wire::Watcher::ChangesParams::Reader params) {
    WatchNews news{{}, {params.getThroughMicros()}};
    for (const auto one : params.getChanges()) {
      auto change = read(one);
      if (!change) return change.error();
      news.changes.push_back(std::move(*change));
    }
    return news;
  }

  std::shared_ptr<Inbox> inbox_;
};

class RemoteWatch final : public Watch {
 public:
  RemoteWatch(kj::WaitScope& scope, wire::Session::Client& session, const graph::TimelineQuery& filter, std::optional<RecordedTime> since) : scope_(scope) {
    auto request = session.watchRequest();
    write(filter, request.initFilter());
    request.setSinceMicros(since ? since->micros : 0);
    request.setWatcher(kj::heap<Told>(inbox_));
    auto response = request.send().wait(scope);
    watch_ = response.getWatch();
    // Rejected when the server is gone, or the watch: nothing more will be told then.
    KJ_IF_MAYBE (watch, watch_) gone_ = watch->goneRequest().send().ignoreResult().fork();
  }
  ~RemoteWatch() noexcept override = default;

  Result<WatchNews> next() override {
    auto call = guarded([&]() -> Result<WatchNews> {
      while (inbox_->news.empty()) {
        auto paf = kj::newPromiseAndFulfiller<void>();
        inbox_->reading = kj::mv(paf.fulfiller);
        paf.promise.exclusiveJoin(gone_.addBranch()).wait(scope_);
        inbox_->reading = nullptr;
      }
      auto news = std::move(inbox_->news.front());
      inbox_->news.pop_front();
      KJ_IF_MAYBE (telling, inbox_->telling) {
        (*telling)->fulfill();
        inbox_->telling = nullptr;
      }
      return news;
    });
    if (!call) return call.error();
    return std::move(*call);
  }

 private:
  kj::WaitScope& scope_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  kj::Maybe<wire::Watch::Client> watch_;
  kj::ForkedPromise<void> gone_ = nullptr;
};

}  // namespace

std::unique_ptr<Watch> start_watch(kj::WaitScope& scope, wire::Session::Client session, const graph::TimelineQuery& filter, std::optional<RecordedTime> since) {
  return std::make_unique<RemoteWatch>(scope, session, filter, since);
}

}  // namespace entente::rpc
