// Where a server listens: unix:PATH or HOST:PORT.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::rpc {

struct Address {
  std::string text;       // as kj reads it: "unix:/run/entente.sock", "127.0.0.1:7410"
  std::string unix_path;  // empty for TCP
  bool loopback = true;   // nobody on another machine can reach it
};

// Fails with invalid_argument, saying how an address is written.
Result<Address> parse_address(std::string_view text);

}  // namespace entente::rpc
