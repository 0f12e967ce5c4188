// Serves a store: listeners, loops, workers. It runs on threads of its own from start() to the end of the object.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "rpc/access/access.h"
#include "rpc/address.h"
#include "rpc/server/limits.h"
#include "storage/store.h"

namespace entente::rpc {

struct ServerOptions {
  std::vector<Address> listen;
  AccessRules access;
  Limits limits;
  std::size_t loops = 1;    // threads for the network
  std::size_t workers = 8;  // threads for the store, which wait for the disk together
  std::string tls_certificate;  // PEM files; with them, TCP is TLS
  std::string tls_key;
  bool plain_tcp = false;  // TCP that others can reach, without TLS
  std::vector<Address> http;              // where HTTP is answered; none: nowhere
  std::vector<std::string> http_origins;  // pages of these may ask it; "*": of any
  bool warm_up = true;                    // reads events into memory at the start, where all have room
  bool http_open = false;                 // who can connect may read over HTTP, without a token
};

// Whether the server may listen so: what start() would refuse, without starting. Fails with invalid_argument.
Result<void> check_listening(const ServerOptions& options);

struct ServerFigures {
  std::uint64_t connections = 0;  // open now; likewise the next three
  std::uint64_t readers = 0;
  std::uint64_t watches = 0;
  std::uint64_t calls_open = 0;
  std::uint64_t jobs_waiting = 0;
  std::uint64_t calls = 0;  // since the start; likewise below
  std::uint64_t calls_failed = 0;
  std::uint64_t calls_cancelled = 0;
  std::uint64_t rows = 0;
  std::uint64_t refused = 0;
};

class Server {
 public:
  // Clients can connect when it returns. The store and the clock outlive the server. Fails with locked when somebody
  // listens there already, invalid_argument (TCP without TLS, a bad certificate), permission or io.
  static Result<std::unique_ptr<Server>> start(storage::Store& store, Clock& clock, const ServerOptions& options);

  // Stops listening, lets the calls in flight end (up to drain_ms_max), closes the connections. Called by the destructor.
  virtual void stop() = 0;
  virtual ~Server() = default;

  // The addresses as bound: with the port that the system chose for port 0.
  virtual std::vector<std::string> addresses() const = 0;
  virtual std::vector<std::string> http_addresses() const = 0;
  virtual ServerFigures figures() const = 0;
  // Reads the tokens again; who holds a capability by one that is gone loses it at once.
  virtual Result<void> reload_tokens() = 0;
};

}  // namespace entente::rpc
