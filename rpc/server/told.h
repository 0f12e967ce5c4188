// What a watcher is told next: what its filter has of the changes behind a point. Watchers of one filter that are equally
// far are told the same, which is worked out and brought into the form of the wire once. One loop's thread.
#pragma once

#include <capnp/message.h>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "graph/view/changes.h"
#include "rpc/schema/model.capnp.h"

namespace entente::rpc {

struct Told {
  std::vector<std::pair<graph::ChangeKind, std::shared_ptr<const graph::Change>>> changes;  // none: caught up
  RecordedTime through;
  bool more = false;
  // When the first of them was there to be told; absent for what is read from the record.
  std::chrono::steady_clock::time_point written{};

  // The changes as the wire has them.
  capnp::List<wire::Change>::Reader on_wire() const;
  // What a message with them takes.
  capnp::MessageSize size() const;

 private:
  struct Encoded {
    capnp::MallocMessageBuilder message;
    capnp::List<wire::Change>::Reader list;
    std::uint64_t words = 0;
  };
  const Encoded& encoded() const;
  mutable std::shared_ptr<const Encoded> encoded_;
};

}  // namespace entente::rpc
