#include "storage/record/write_queue.h"

#include <algorithm>
#include <tuple>

namespace entente::storage {

struct WriteQueue::Group {
  std::vector<std::vector<Write>> steps;
  PendingRows rows;
  bool done = false;
  std::optional<Error> failure;
};

WriteQueue::WriteQueue(Table& table, std::function<void(const std::vector<Write>&)> told)
    : table_(table), told_(std::move(told)) {}

Result<std::unique_ptr<TableView>> WriteQueue::view() {
  std::shared_ptr<Group> taken;
  std::shared_ptr<Group> waiting;
  {
    const std::lock_guard lock(mutex_);
    taken = taken_;
    waiting = waiting_;
    failures_seen_ = failures_;
  }
  // Looked at after the groups: what has got into the table meanwhile is in both, and the same in both.
  auto view = table_.view();
  for (const auto& group : {taken, waiting})
    if (view && group)  // the view holds the group whose rows it shows
      view = std::unique_ptr<TableView>(std::make_unique<PendingView>(std::move(*view), std::shared_ptr<const PendingRows>(group, &group->rows)));
  return view;
}

std::shared_ptr<WriteQueue::Group> WriteQueue::add(std::vector<Write> writes) {
  const std::lock_guard lock(mutex_);
  if (failures_ != failures_seen_) {
    auto failed = std::make_shared<Group>();
    failed->done = true;
    failed->failure = failure_;
    return failed;
  }
  if (writes.empty()) return waiting_ ? waiting_ : taken_;
  // Each key once, as it is said last, in the order in which PendingRows looks for them.
  const auto before = [](const Write& a, const Write& b) { return std::tie(a.family, a.key) < std::tie(b.family, b.key); };
  const auto off = std::adjacent_find(writes.begin(), writes.end(), [&](const Write& a, const Write& b) { return !before(a, b); });
  if (off != writes.end()) {
    std::stable_sort(writes.begin(), writes.end(), before);
    const auto last = std::unique(writes.rbegin(), writes.rend(), [&](const Write& a, const Write& b) { return !before(b, a); });
    writes.erase(writes.begin(), last.base());
  }
  if (!waiting_) waiting_ = std::make_shared<Group>();
  waiting_->steps.push_back(std::move(writes));
  waiting_->rows.add(waiting_->steps.back());
  return waiting_;
}

bool WriteQueue::take() {
  const std::lock_guard lock(mutex_);
  if (taken_ || !waiting_) return false;
  taken_ = std::move(waiting_);
  return true;
}

void WriteQueue::put_taken() {
  // However it ends, those who wait are told.
  struct Ending {
    WriteQueue& queue;
    Result<void> put;
    ~Ending() { queue.end_taken(put); }
  } ending{*this, Error{ErrorCode::internal, "what was to be written was given up", {}}};
  ending.put = table_.apply_all(taken_->steps);
  if (ending.put)
    for (const auto& writes : taken_->steps) told_(writes);
}

void WriteQueue::end_taken(const Result<void>& put) {
  const std::lock_guard lock(mutex_);
  if (!put) {
    // What waits was worked out as if this had been there.
    ++failures_;
    failure_ = put.error();
    taken_->failure = failure_;
    if (waiting_) {
      waiting_->failure = failure_;
      waiting_->done = true;
      waiting_.reset();
    }
  }
  taken_->done = true;
  taken_.reset();
  changed_.notify_all();
}

Result<void> WriteQueue::wait(const std::shared_ptr<Group>& group, std::mutex& writing) {
  std::unique_lock lock(mutex_);
  while (!group->done) {
    if (taken_) {
      changed_.wait(lock);
      continue;
    }
    // Nobody puts it there: by the time that the writers' lock is had, somebody may.
    lock.unlock();
    std::unique_lock writers(writing);
    const bool mine = take();
    writers.unlock();
    if (mine) put_taken();
    lock.lock();
  }
  return group->failure ? Result<void>(*group->failure) : Result<void>();
}

void WriteQueue::drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !taken_; });
  lock.unlock();
  if (take()) put_taken();
}

}  // namespace entente::storage
