@0xb2d47e9a05c8f163;
# What is recorded, told as it is recorded.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");
using Model = import "model.capnp";

const changesAtOnceMax :UInt32 = 1000;  # about: one step of the store is never told in two calls

interface Watcher {
  # The client's end. It takes the next call when it has dealt with the last; one that is slow is told later and misses
  # nothing.
  changes @0 (changes :List(Model.Change), throughMicros :Int64) -> stream;
  # Everything recorded up to throughMicros has been told now: the point to go on from after a break. A call without
  # changes says that the watcher has caught up with the record.
}
interface Watch {
  # Letting go ends it.
  gone @0 () -> ();
  # Is answered when the watch ends by itself, with the reason as a failure: the watcher could not be told.
}
