@0xe5a90c6f1b7d2384;
# Corrections and readings as one step.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");
using Model = import "model.capnp";

const batchStepsMax :UInt32 = 10000;

interface Writer {
  begin @0 (author :Text) -> (batch :Batch);
  # The author is kept with each correction, with the name by which the server knows the client where that is another.
  # Empty: that name alone.
}
interface Batch {
  # Nothing is written before commit; letting go of a batch is the rollback. What can be told to be wrong by itself fails
  # at once; what depends on the record fails at commit, and then nothing of the batch is written.
  put @0 (reading :Model.Reading) -> ();
  retract @1 (claim :Text, reason :Text, undo :Bool) -> ();
  join @2 (event :Text, other :Text, reason :Text, undo :Bool) -> ();
  split @3 (event :Text, claim :Text, reason :Text, undo :Bool) -> ();
  same @5 (entity :Text, other :Text, reason :Text, undo :Bool) -> ();
  # Both ids are of one person, forum or body, which goes by the first.
  commit @4 () -> (recordedMicros :Int64, reports :List(Model.RecordReport));
  # One report for each reading, in their order. The batch is empty afterwards.
}
