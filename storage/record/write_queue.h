// Steps of several writers on their way into the table: while one group of them is being put there, the next steps are
// worked out against a view that has them already, and gather in the next group. A step is nobody's to acknowledge
// before wait() says that it is there.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "storage/layout/batch.h"
#include "storage/layout/table.h"

namespace entente::storage {

class WriteQueue {
 public:
  // `told` is called with the writes of each step, in their order, when they are in the table. The table outlives the
  // queue.
  WriteQueue(Table& table, std::function<void(const std::vector<Write>&)> told);
  WriteQueue(const WriteQueue&) = delete;
  WriteQueue& operator=(const WriteQueue&) = delete;

  struct Group;

  // Of what will be in the table when all that was added is there. REQUIRES, here and for add() and drain(): the
  // writers' lock, which is one and the same for all calls, is held; the view is let go of before the lock is.
  Result<std::unique_ptr<TableView>> view();
  // Gives what to wait for; where there are no writes, all that the last view() showed. Null when that is in the table.
  // REQUIRES: worked out against the last view(), and nothing was added since.
  std::shared_ptr<Group> add(std::vector<Write> writes);
  // Puts the group into the table, or waits for who does. Fails as the table does, and for each step that was worked
  // out against one that did not get there: nothing of it is there either. REQUIRES: the writers' lock is not held.
  Result<void> wait(const std::shared_ptr<Group>& group, std::mutex& writing);
  // Returns when nothing is on its way.
  void drain();

 private:
  bool take();  // REQUIRES: as add()
  void put_taken();
  void end_taken(const Result<void>& put);

  Table& table_;
  std::function<void(const std::vector<Write>&)> told_;
  std::size_t failures_seen_ = 0;  // by the last view(); under the writers' lock

  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<Group> taken_;    // on its way into the table
  std::shared_ptr<Group> waiting_;  // added to under the writers' lock
  std::size_t failures_ = 0;
  std::optional<Error> failure_;  // the last
};

}  // namespace entente::storage
