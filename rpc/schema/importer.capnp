@0x8f3b6ad95e2c0714;
# Takes readings of releases, one atomic and durable write each, and keeps what pulling remembers of its sources
# (graph/view/source_state.h).

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");
using Model = import "model.capnp";

const stateRowsMax :UInt32 = 1000;  # of one states call

struct StateRow { source @0 :Text; item @1 :Text; bytes @2 :Data; }
interface SourceHold {}  # letting go of it frees the source

interface Importer @0xd419db9eeac62f84 {
  submit @0 (release :Model.Release, claims :List(Model.Claim))
      -> (outcome :UInt8, release :Text, claims :UInt64, eventsNew :UInt64);
  submitWith @1 (release :Model.Release, claims :List(Model.Claim), states :List(StateRow))
      -> (outcome :UInt8, release :Text, claims :UInt64, eventsNew :UInt64);
  findState @2 (source :Text, item :Text) -> (found :Bool, bytes :Data);
  states @3 (source :Text, hasAfter :Bool, after :Text, limit :UInt32) -> (rows :List(StateRow));
  putStates @4 (rows :List(StateRow)) -> ();
  hold @5 (source :Text, holder :Text) -> (hold :SourceHold);  # fails while another run holds it
}
