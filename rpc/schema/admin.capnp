@0xc8e1350b9d6f7a42;
# The keeper's: how the server does, who is there, copies and checks of the store.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");

struct Figure { name @0 :Text; value @1 :UInt64; }
struct SessionInfo {
  number @0 :UInt64;  # as in the log: c12
  origin @1 :Text;
  role @2 :UInt8;
  name @3 :Text;
  sinceMicros @4 :Int64;
  calls @5 :UInt64;        # since it connected; likewise rows
  rows @6 :UInt64;
  unreadBytes @7 :UInt64;  # of answers that it has not read
  snapshots @8 :List(SnapshotInfo);
  watches @9 :UInt64;
}
struct SnapshotInfo { recordedMicros @0 :Int64; takenMicros @1 :Int64; }
struct Disagreement { family @0 :Text; row @1 :Text; what @2 :Text; }
struct TokenInfo {
  id @0 :Text;
  role @1 :UInt8;
  name @2 :Text;
  publisher @3 :Text;
  createdMicros @4 :Int64;
  expiresMicros @5 :Int64;  # 0: never
}

interface Admin {
  stats @0 () -> (figures :List(Figure), limits :List(Figure));
  check @1 () -> (rows :UInt64, disagreements :UInt64, shown :List(Disagreement));
  # Whether the orders of the store agree; others are served meanwhile.
  backup @2 (folder :Text) -> ();
  # Adds a copy to a folder of copies on the server's machine.
  sessions @3 () -> (sessions :List(SessionInfo));
  close @4 (session :UInt64, reason :Text) -> (found :Bool);
  # Ends a connection; its client is told the reason.
  tokens @5 () -> (tokens :List(TokenInfo));
  createToken @6 (token :TokenInfo) -> (id :Text, token :Text);
  # The id and createdMicros given are not looked at. The token is shown here and never again.
  revokeToken @7 (id :Text) -> ();
}
