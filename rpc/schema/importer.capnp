@0x8f3b6ad95e2c0714;
# Takes readings of releases, one atomic and durable write each, and keeps what pulling remembers of its sources
# (graph/view/source_state.h).

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");
using Model = import "model.capnp";

const stateRowsMax :UInt32 = 1000;  # of one states call
const importKeyBytesMax :UInt32 = 200;

struct StateRow { source @0 :Text; item @1 :Text; bytes @2 :Data; }
interface SourceHold {}  # letting go of it frees the source

struct ImportReport {
  index @0 :UInt64;  # which put of the job it is about, from 0
  report @1 :Model.RecordReport;
  repeated @2 :Bool;  # the job's key has recorded it before: the report is the one given then
  errorCode @3 :UInt8;
  error @4 :Text;  # empty: it was recorded
}
struct ImportTotals {
  readings @0 :UInt64;  # dealt with: the sum of the next four
  fresh @1 :UInt64;
  revised @2 :UInt64;
  known @3 :UInt64;
  failed @4 :UInt64;
  claims @5 :UInt64;
  eventsNew @6 :UInt64;
}
interface ImportListener {
  # The client's end of a job: what became of each reading, in their order.
  reports @0 (reports :List(ImportReport), totals :ImportTotals) -> stream;
}
interface ImportJob {
  # A stream of readings. One that is refused is reported and the others go on. Letting go ends the job: what was recorded
  # stays, what still waits is dropped.
  put @0 (reading :Model.Reading) -> stream;
  totals @1 () -> (totals :ImportTotals);
  finish @2 () -> (totals :ImportTotals);  # when everything that was put is dealt with and reported
  cancel @3 () -> (totals :ImportTotals);  # what waits is not recorded, and is reported so
}

interface Importer @0xd419db9eeac62f84 {
  submit @0 (release :Model.Release, claims :List(Model.Claim))
      -> (outcome :UInt8, release :Text, claims :UInt64, eventsNew :UInt64);
  submitWith @1 (release :Model.Release, claims :List(Model.Claim), states :List(StateRow))
      -> (outcome :UInt8, release :Text, claims :UInt64, eventsNew :UInt64);
  findState @2 (source :Text, item :Text) -> (found :Bool, bytes :Data);
  states @3 (source :Text, hasAfter :Bool, after :Text, limit :UInt32) -> (rows :List(StateRow));
  putStates @4 (rows :List(StateRow)) -> ();
  hold @5 (source :Text, holder :Text) -> (hold :SourceHold);  # fails while another run holds it
  start @6 (key :Text, listener :ImportListener) -> (job :ImportJob);
  # A key names what is being imported. A job that broke off is started again with its key and the same readings: those
  # that it had recorded are answered with the report given then, the others are recorded. Empty: no such memory. The
  # listener may be null. Fails with locked while another job has the key.
  submitOnce @7 (key :Text, reading :Model.Reading) -> (report :Model.RecordReport, repeated :Bool);
  # One reading with a key: when the answer did not come, the same can be asked again. Fails with invalid_argument when
  # the key was given to another reading of this release.
}
