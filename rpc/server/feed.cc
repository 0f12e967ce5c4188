#include "rpc/server/feed.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "rpc/server/urgent.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kChangesRead = 1'000;

// Whether two filters have the same changes.
bool same(const graph::TimelineQuery& a, const graph::TimelineQuery& b) {
  return a.left == b.left && a.right == b.right && a.from == b.from && a.to == b.to && a.undated == b.undated && a.types == b.types && a.levels == b.levels && a.statuses == b.statuses;
}

}  // namespace

std::shared_ptr<const Told> RecentChanges::find_told(const graph::TimelineQuery& filter, RecordedTime after) const {
  const auto found = std::find_if(kept_told_.begin(), kept_told_.end(), [&](const KeptTold& one) { return one.after == after && same(*one.filter, filter); });
  return found == kept_told_.end() ? nullptr : found->told;
}

void RecentChanges::keep_told(std::shared_ptr<const graph::TimelineQuery> filter, RecordedTime after, std::shared_ptr<const Told> told) {
  if (kept_told_.size() >= kToldKept) kept_told_.clear();
  kept_told_.push_back({std::move(filter), after, std::move(told)});
}

void RecentChanges::add(Page page) {
  kept_told_.clear();
  if (!begun_ || page.after != through_) {
    pages_.clear();
    kept_ = 0;
    floor_ = page.after;
  }
  begun_ = true;
  through_ = page.changes->through;
  if (!page.changes->changes.empty()) {
    kept_ += page.changes->changes.size();
    pages_.push_back(std::move(page));
  }
  while (pages_.size() > 1 && kept_ > kChangesKept) {
    kept_ -= pages_.front().changes->changes.size();
    floor_ = pages_.front().changes->through;
    pages_.pop_front();
  }
  std::vector<std::shared_ptr<std::function<void()>>> told;
  std::erase_if(told_, [&](const auto& one) {
    auto held = one.lock();
    if (held) told.push_back(held);
    return !held;
  });
  for (const auto& one : told) (*one)();
}

const RecentChanges::Page& RecentChanges::following(RecordedTime after) const {
  static const Page nothing{{}, std::make_shared<const graph::Changes>()};
  const auto found = std::upper_bound(pages_.begin(), pages_.end(), after, [](RecordedTime time, const Page& page) { return time < page.changes->through; });
  return found == pages_.end() ? nothing : *found;
}

std::shared_ptr<void> RecentChanges::when_added(std::function<void()> told) {
  auto handle = std::make_shared<std::function<void()>>(std::move(told));
  told_.push_back(handle);
  return handle;
}

LoopChanges::Held LoopChanges::hold() {
  auto subscription = subscription_.lock();
  if (!subscription) subscription_ = subscription = feed_.subscribe(loop_, recent_);
  return {recent_, subscription};
}

Feed::Feed(storage::Store& store) : store_(store) {
  telling_ = store.when_recorded([state = state_](const storage::Written& /*written*/) {
    {
      const std::lock_guard lock(state->mutex);
      if (!state->written) state->written = std::chrono::steady_clock::now();
    }
    state->some.notify_one();
  });
  thread_ = std::thread([this]() { run(); });
}

Feed::~Feed() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->some.notify_one();
  thread_.join();
}

std::shared_ptr<void> Feed::subscribe(Loop& loop, const std::shared_ptr<RecentChanges>& recent) {
  auto subscriber = std::make_shared<Subscriber>(Subscriber{loop, recent});
  {
    const std::lock_guard lock(state_->mutex);
    state_->subscribers.push_back(subscriber);
    state_->anew = true;
  }
  state_->some.notify_one();
  return std::shared_ptr<void>(subscriber.get(), [state = state_, subscriber](void*) {
    const std::lock_guard lock(state->mutex);
    std::erase(state->subscribers, subscriber);
  });
}

void Feed::post(const RecentChanges::Page& page) {
  const std::lock_guard lock(state_->mutex);
  for (const auto& subscriber : state_->subscribers)
    subscriber->loop.post_first([recent = subscriber->recent, page]() {
      if (const auto held = recent.lock()) held->add(page);
    });
}

void Feed::run() {
  ::pthread_setname_np(::pthread_self(), "entente-feed");
  go_first();
  RecordedTime at;
  State& state = *state_;
  std::unique_lock lock(state.mutex);
  while (true) {
    state.some.wait(lock, [&state]() { return state.ending || (!state.subscribers.empty() && (state.written || state.anew)); });
    if (state.ending) return;
    const bool anew = std::exchange(state.anew, false);
    const auto written = std::exchange(state.written, std::nullopt).value_or(std::chrono::steady_clock::now());
    lock.unlock();
    if (anew) {
      // Whoever is behind this point reads the record; nothing falls between the two.
      auto now = store_.snapshot();
      const auto recorded = now ? (*now)->recorded() : now.error();
      if (recorded) at = *recorded;
      else log::error("the record cannot be watched: {}", recorded.error().to_text());
      graph::Changes nothing;
      nothing.through = at;
      post({at, std::make_shared<const graph::Changes>(std::move(nothing)), written});
    }
    for (bool more = true; more;) {
      auto changes = store_.changes(at, kChangesRead);
      if (!changes) {
        log::error("the record cannot be watched: {}", changes.error().to_text());
        break;
      }
      more = changes->more;
      if (changes->through == at) break;
      RecentChanges::Page page{at, std::make_shared<const graph::Changes>(std::move(*changes)), written};
      at = page.changes->through;
      post(page);
    }
    lock.lock();
  }
}

}  // namespace entente::rpc
