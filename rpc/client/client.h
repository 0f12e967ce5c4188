// A server as a Reader and a ClaimSink: what asks a store asks a server in the same words. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

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

struct Answered {
  std::string text;       // one JSON object
  bool answered = false;  // false: it tells of a problem
};

// Questions of the query layer (docs/queries.md), worked out by the server over one view. Must not outlive its client.
class Asker {
 public:
  virtual ~Asker() = default;
  // The answer to a question in JSON, whole. `line` is its number in a batch, named in problems; 0: none. Fails when the
  // server cannot be asked; what is wrong with the question is told by the answer.
  virtual Result<Answered> ask(const std::string& question, std::uint64_t line) = 0;
  // The same, each row given to `row` as it comes; the answer then has none. When it tells of a problem, the rows that were
  // given are not the whole of it.
  virtual Result<Answered> stream(const std::string& question, const std::function<void(std::string_view)>& row) = 0;
};

class Client : public graph::ClaimSink, public graph::SourceStates {
 public:
  // Fails with unavailable when nobody listens there. Whether the server lets the client in shows at the first question.
  static Result<std::unique_ptr<Client>> connect(const Address& address, const ConnectOptions& options = {});

  // A frozen view on the server. It must not outlive the client.
  virtual Result<std::unique_ptr<graph::Reader>> reader(std::optional<RecordedTime> as_of = std::nullopt) = 0;
  virtual Result<std::unique_ptr<Asker>> asker(std::optional<RecordedTime> as_of = std::nullopt) = 0;
  // Sends bytes there and back, for measuring.
  virtual Result<std::size_t> echo(std::size_t bytes) = 0;
};

}  // namespace entente::rpc
