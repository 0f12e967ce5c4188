@0xc94d27b1e06f3a85;
# Questions to one frozen view of the record.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");
using Model = import "model.capnp";
using import "asker.capnp".Asker;

const timelineRowsMax :UInt64 = 1000000;  # of one timeline; a server may be set to less
const rowsAtOnceMax :UInt32 = 1000;       # of one answer of open and next, and of one call of EventSink.events
const resolveMax :UInt32 = 100;           # candidates

interface EventSink @0xc3b8ede66b99aba3 {
  # The client's end of a long answer. It takes the next call when it has dealt with the last: a slow sink slows the
  # stream and fills nothing.
  event @0 (event :Model.Event) -> stream;
  done @1 () -> ();
  events @2 (events :List(Model.Event)) -> stream;  # to who asked for several rows at once
}

interface Rows @0x9d52e8a07c61fb34 {
  # The rest of a timeline, for the asking.
  next @0 (max :UInt32) -> (events :List(Model.Event), done :Bool);
}

interface Reader @0xda2a9feaba0d0ab6 {
  recorded @0 () -> (micros :Int64);
  resolve @1 (name :Text, limit :UInt32) -> (candidates :List(Model.Candidate));
  findEntity @2 (id :Text) -> (found :Bool, entity :Model.Entity);
  report @3 (id :Text) -> (found :Bool, report :Model.EntityReport);
  members @4 (id :Text) -> (ids :List(Text));
  timeline @5 (query :Model.TimelineQuery, sink :EventSink, rowsAtOnce :UInt32) -> ();
  # Pushes every row into the sink; rowsAtOnce 0: one event a call, as the first clients know it.
  findEvent @6 (id :Text) -> (found :Bool, event :Model.Event);
  why @7 (id :Text) -> (proofs :List(Model.Proof));
  findRelease @8 (id :Text) -> (found :Bool, release :Model.Release);
  counts @9 () -> (releases :UInt64, claims :UInt64, events :UInt64, entities :UInt64);
  open @10 (query :Model.TimelineQuery, first :UInt32) -> (events :List(Model.Event), rest :Rows);
  # The first rows with the answer itself; the rest for the asking, absent when there is none.
  asker @11 () -> (asker :Asker);
  # Any question of the query layer, over this view. Counts as a reader of its own.
}
