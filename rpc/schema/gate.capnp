@0xd7a1c0f25c3b9e14;
# What a client is handed first. A Gate gives a Session, a Session gives capabilities; who does not hold one cannot name it.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");
using import "session.capnp".Session;

interface Gate @0xee90e413b348ad65 {
  enter @0 (token :Text) -> (session :Session);
  # Without a token the user at the other end of a unix socket decides. Fails when neither gives a role; a wrong token is
  # answered late, and later each time.
}
