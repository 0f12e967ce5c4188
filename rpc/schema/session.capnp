@0xb58e0d6a94c7132f;
# What somebody with a role may ask for. A role holds all of the roles below it: reader < importer < writer < admin.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");
using import "reader.capnp".Reader;
using import "importer.capnp".Importer;
using import "writer.capnp".Writer;
using import "watch.capnp".Watcher;
using import "watch.capnp".Watch;
using import "admin.capnp".Admin;
using Model = import "model.capnp";

interface Session @0x87ce983794e42c3e {
  reader @0 (asOfMicros :Int64) -> (reader :Reader);
  # One frozen snapshot, of now (0) or of a recorded time; let it go and it is freed. Role: reader.
  importer @1 () -> (importer :Importer);  # Role: importer.
  echo @2 (bytes :Data) -> (bytes :Data);  # The cost of a bare call. Role: reader.
  who @3 () -> (role :UInt8, name :Text, publisher :Text);
  # Who the server takes the client for. Roles: 1 reader, 2 importer, 3 writer, 4 admin.
  writer @4 () -> (writer :Writer);  # Role: writer.
  watch @5 (filter :Model.TimelineQuery, sinceMicros :Int64, watcher :Watcher) -> (watch :Watch, fromMicros :Int64);
  # Tells of each change of an event that the filter has or had; a filter without `left` has every event. Told is first
  # what was recorded after sinceMicros (0: nothing), then what comes. fromMicros: the point from which on it is told.
  # Role: reader.
  admin @6 () -> (admin :Admin);  # Role: admin.
}
