// Where a server listens: unix:PATH, HOST:PORT, or tls:HOST:PORT for a client that is to encrypt.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::rpc {

struct Address {
  std::string text;       // as kj reads it: "unix:/run/entente.sock", "127.0.0.1:7410"
  std::string unix_path;  // empty for TCP
  bool loopback = true;   // nobody on another machine can reach it
  bool tls = false;       // written as tls:HOST:PORT
  // The host alone, as a certificate names it; empty for a unix socket.
  std::string host() const;
};

// Fails with invalid_argument, saying how an address is written.
Result<Address> parse_address(std::string_view text);

}  // namespace entente::rpc
