@0xd7a1c0f25c3b9e14;
# The wire: a Gate gives a Session, a Session gives capabilities; who does not hold one cannot name it.
# Numbers of types, levels, stages ... are those of graph/ontology; 0 is "not said".

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::first");

const textBytesMax :UInt32 = 67108864;    # of a release
const timelineRowsMax :UInt64 = 1000000;  # of one timeline call
const resolveMax :UInt32 = 100;

struct Named { id @0 :Text; value @1 :UInt8; }
struct Span { begin @0 :UInt32; end @1 :UInt32; }

struct EventFacts {
  type @0 :UInt8;
  date @1 :Text;  # EDTF; empty: none
  status @2 :UInt8;
  parties @3 :List(Text);
  officials @4 :List(Text);
  roles @5 :List(Named);
  forum @6 :Text;
  edition @7 :Int32;  # 0: none
  city @8 :Text;
  country @9 :Text;
  mode @10 :UInt8;
  level @11 :UInt8;
  stage @12 :UInt8;
  stance @13 :UInt8;
  count @14 :Int32;  # 0: one
}
struct OfficialFacts { id @0 :Text; name @1 :Text; of @2 :Text; post @3 :Text; }
struct ForumFacts { id @0 :Text; name @1 :Text; inception @2 :Text; }

struct Claim {
  id @0 :Text;
  release @1 :Text;
  body :union { event @2 :EventFacts; official @3 :OfficialFacts; forum @4 :ForumFacts; }
  evidence @5 :List(Span);
  rule @6 :Text;
  confidence @7 :Float64;
  recordedMicros @8 :Int64;
  supersededMicros @9 :Int64;  # 0: it stands
}
struct Release {
  id @0 :Text; publisher @1 :Text; url @2 :Text; title @3 :Text; language @4 :Text;
  published @5 :Text;  # ISO date; empty: unknown
  fetchedMicros @6 :Int64; text @7 :Text; contentHash @8 :UInt64;
}
struct Difference { field @0 :Text; values @1 :List(Text); }
struct Event {
  id @0 :Text; facts @1 :EventFacts; claims @2 :List(Text); sources @3 :Int32; publishers @4 :List(Text);
  confidence @5 :Float64; differences @6 :List(Difference);
}
struct Name { text @0 :Text; kind @1 :UInt8; language @2 :Text; fromYear @3 :Int32 = -9999; untilYear @4 :Int32 = 9999; }
struct Pair { key @0 :Text; value @1 :Text; }
struct Entity {
  id @0 :Text; label @1 :Text; names @2 :List(Name); memberOf @3 :List(Text); of @4 :Text; posts @5 :List(Text);
  outsideIds @6 :List(Pair);
}
struct Candidate { id @0 :Text; label @1 :Text; matched @2 :Text; score @3 :Float64; }
struct Proof { claim @0 :Claim; release @1 :Release; joinReason @2 :Text; }
struct TypeCount { type @0 :UInt8; count @1 :UInt64; }
struct YearCount { year @0 :Int32; count @1 :UInt64; }
struct EntityReport {
  entity @0 :Entity; events @1 :UInt64; byType @2 :List(TypeCount); byYear @3 :List(YearCount);
  hasSeen @4 :Bool; firstSeen @5 :Int32; lastSeen @6 :Int32;
}
struct TimelineQuery {
  left @0 :List(Text); right @1 :List(Text);
  hasFrom @2 :Bool; from @3 :Int32; hasTo @4 :Bool; to @5 :Int32;
  undated @6 :Bool; types @7 :List(UInt8); levels @8 :List(UInt8); statuses @9 :List(UInt8);
  order @10 :UInt8; limit @11 :UInt64;
}
struct Failure { code @0 :UInt8; message @1 :Text; whileDoing @2 :Text; }

interface Gate { enter @0 () -> (session :Session); }

interface Session {
  reader @0 (asOfMicros :Int64) -> (reader :Reader);  # 0: now. One frozen snapshot; let it go and it is freed
  importer @1 () -> (importer :Importer);
  echo @2 (bytes :Data) -> (bytes :Data);  # the cost of a bare call
}

interface EventSink { event @0 (event :Event) -> stream; done @1 () -> (); }

interface Reader {
  recorded @0 () -> (micros :Int64);
  resolve @1 (name :Text, limit :UInt32) -> (candidates :List(Candidate));
  findEntity @2 (id :Text) -> (found :Bool, entity :Entity);
  report @3 (id :Text) -> (found :Bool, report :EntityReport);
  members @4 (id :Text) -> (ids :List(Text));
  timeline @5 (query :TimelineQuery, sink :EventSink) -> ();
  findEvent @6 (id :Text) -> (found :Bool, event :Event);
  why @7 (id :Text) -> (proofs :List(Proof));
  findRelease @8 (id :Text) -> (found :Bool, release :Release);
  counts @9 () -> (releases :UInt64, claims :UInt64, events :UInt64, entities :UInt64);
}

interface Importer {
  submit @0 (release :Release, claims :List(Claim)) -> (outcome :UInt8, release :Text, claims :UInt64, eventsNew :UInt64);
}
