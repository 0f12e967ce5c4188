// A server as a Reader and a ClaimSink: what asks a store asks a server in the same words. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "graph/view/claim_sink.h"
#include "graph/view/reader.h"
#include "graph/view/source_state.h"
#include "rpc/address.h"

namespace entente::rpc {

struct ConnectOptions {
  std::string token;             // empty: the user of a unix socket says enough
  std::string tls_authorities;   // PEM file of whom to trust, for tls: addresses; empty: those of the system
  std::string tls_name;          // the name that the certificate must have; empty: the host of the address
};

class Client : public graph::ClaimSink, public graph::SourceStates {
 public:
  // Fails with unavailable when nobody listens there. Whether the server lets the client in shows at the first question.
  static Result<std::unique_ptr<Client>> connect(const Address& address, const ConnectOptions& options = {});

  // A frozen view on the server. It must not outlive the client.
  virtual Result<std::unique_ptr<graph::Reader>> reader(std::optional<RecordedTime> as_of = std::nullopt) = 0;
  // Sends bytes there and back, for measuring.
  virtual Result<std::size_t> echo(std::size_t bytes) = 0;
};

}  // namespace entente::rpc
