// What is recorded, on its way to who watches: read once from the record when it is there, and handed to every loop that
// has watchers. A watcher that is behind what a loop still has reads the record for itself.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "graph/view/changes.h"
#include "rpc/server/loop.h"
#include "rpc/server/told.h"
#include "storage/store.h"

namespace entente::rpc {

// The newest changes that a loop has, for the watchers on it. Used on its loop's thread only.
class RecentChanges {
 public:
  struct Page {
    RecordedTime after;  // it holds what was recorded after this
    std::shared_ptr<const graph::Changes> changes;
    std::chrono::steady_clock::time_point written{};  // when the first of them was there
  };

  // Adds what follows; a page that does not begin where the last one ended starts anew.
  void add(Page page);
  // Whether everything after this time is here.
  bool covers(RecordedTime after) const { return begun_ && after >= floor_; }
  bool begun() const { return begun_; }
  RecordedTime through() const { return through_; }
  // The first page with changes after this time; REQUIRES: covers(after) and after < through().
  const Page& following(RecordedTime after) const;

  // What was kept of this filter and point since the last add(); null when there is nothing.
  std::shared_ptr<const Told> find_told(const graph::TimelineQuery& filter, RecordedTime after) const;
  // For who watches the same and is as far.
  void keep_told(std::shared_ptr<const graph::TimelineQuery> filter, RecordedTime after, std::shared_ptr<const Told> told);

  // Called after each add(), until the handle is let go of.
  std::shared_ptr<void> when_added(std::function<void()> told);

 private:
  static constexpr std::size_t kChangesKept = 4'096;
  static constexpr std::size_t kToldKept = 64;

  struct KeptTold {
    std::shared_ptr<const graph::TimelineQuery> filter;
    RecordedTime after;
    std::shared_ptr<const Told> told;
  };

  bool begun_ = false;
  RecordedTime floor_;
  RecordedTime through_;
  std::size_t kept_ = 0;
  std::deque<Page> pages_;
  std::vector<KeptTold> kept_told_;
  std::vector<std::weak_ptr<std::function<void()>>> told_;
};

class Feed;

// The recent changes of one loop: subscribed to the feed while somebody on the loop watches.
class LoopChanges {
 public:
  LoopChanges(Feed& feed, Loop& loop) : feed_(feed), loop_(loop) {}
  struct Held {
    std::shared_ptr<RecentChanges> recent;
    std::shared_ptr<void> subscription;
  };
  Held hold();

 private:
  Feed& feed_;
  Loop& loop_;
  std::shared_ptr<RecentChanges> recent_ = std::make_shared<RecentChanges>();
  std::weak_ptr<void> subscription_;
};

class Feed {
 public:
  explicit Feed(storage::Store& store);
  // REQUIRES: nobody is subscribed.
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  // From a loop's thread: pages come into `recent` there until the handle is let go of, there too.
  std::shared_ptr<void> subscribe(Loop& loop, const std::shared_ptr<RecentChanges>& recent);

 private:
  struct Subscriber {
    Loop& loop;
    std::weak_ptr<RecentChanges> recent;
  };

  void run();
  void post(const RecentChanges::Page& page);

  // Outlives the feed as long as a write still tells of itself.
  struct State {
    std::mutex mutex;
    std::condition_variable some;
    std::optional<std::chrono::steady_clock::time_point> written;  // the first write that was not read yet
    bool ending = false;
    bool anew = false;  // somebody came: the point to read from is to be found again
    std::vector<std::shared_ptr<Subscriber>> subscribers;
  };

  storage::Store& store_;
  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::shared_ptr<void> telling_;
  std::thread thread_;
};

}  // namespace entente::rpc
