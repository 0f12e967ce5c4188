@0xa3c1f0e87d5b2946;
# The values that go over the wire. Numbers of types, levels, stages ... are those of graph/ontology; 0 is "not said".

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");

const textBytesMax :UInt32 = 67108864;  # of a release

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
  evidence @7 :List(Text);  # only where it was asked for
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
  evidence @12 :Bool;
}
struct Reading { release @0 :Release; claims @1 :List(Claim); }
struct RecordReport {
  outcome @0 :UInt8;  # graph/view/claim_sink.h
  release @1 :Text;
  claims @2 :UInt64;
  eventsNew @3 :UInt64;
}
struct Change {
  what @0 :UInt8;  # 1 new, 2 another than before, 3 gone, 4 a table of events was loaded
  recordedMicros @1 :Int64;
  event @2 :Event;  # as it is since then; of one that is gone, as it was
  table @3 :Text;   # the prefix of a loaded table's ids
}
