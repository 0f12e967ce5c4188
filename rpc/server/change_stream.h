// The changes that a filter has, from a recorded point on: first out of the record, then as they come. One loop's thread.
#pragma once

#include <kj/async.h>
#include <kj/function.h>

#include <memory>
#include <utility>
#include <vector>

#include "graph/view/changes.h"
#include "rpc/server/feed.h"
#include "rpc/server/shared.h"
#include "rpc/server/told.h"
#include "rpc/server/workers.h"

namespace entente::rpc {

class ChangeStream {
 public:
  // The stream goes on when the promise resolves, and ends when it is rejected.
  using Send = kj::Function<kj::Promise<void>(const Told&)>;

  // What was recorded after `from`.
  ChangeStream(Shared& shared, Loop& loop, LoopChanges::Held changes, std::shared_ptr<Workers::Strand> strand, graph::TimelineQuery filter, RecordedTime from, Send send);
  ChangeStream(const ChangeStream&) = delete;
  ChangeStream& operator=(const ChangeStream&) = delete;

  // Ends by failing only. Not longer than the stream lives; once.
  kj::Promise<void> run();

 private:
  // Adds what the filter has of `changes` after that time.
  static void tell(const graph::TimelineQuery& filter, const std::shared_ptr<const graph::Changes>& changes, RecordedTime after, Told& told);
  // What the loop has behind `at_`, as much as is told at once.
  std::shared_ptr<const Told> recent_changes() const;
  kj::Promise<void> read_record();
  kj::Promise<void> wait();

  Shared& shared_;
  Loop& loop_;
  LoopChanges::Held held_;
  std::shared_ptr<Workers::Strand> strand_;
  std::shared_ptr<const graph::TimelineQuery> filter_;
  RecordedTime at_;  // everything up to here was told or is none of the filter's
  Send send_;
  bool caught_up_ = false;    // and it was told so
  bool read_to_end_ = false;  // of the record; what came since is in the loop's recent changes
  kj::Maybe<kj::Own<kj::PromiseFulfiller<void>>> waiting_;
  std::shared_ptr<void> listening_;
};

}  // namespace entente::rpc
