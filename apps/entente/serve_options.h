// What `entente serve` can be told: in a TOML file, and by flags that go before it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "rpc/server/server.h"

namespace entente::app {

struct ServeOptions {
  std::string db;
  std::string data;
  std::vector<std::string> listen;
  std::vector<std::string> http;  // none: no HTTP
  std::string log;         // level; empty: info
  std::string log_format;  // text or json; empty: text
  std::string tokens;      // empty: DB.tokens
  std::string durability;  // durable or relaxed; empty: durable
  rpc::ServerOptions server;
};

// Reads the file into what is not set yet. Fails with invalid_argument, naming file, line and what is wrong; every mistake
// of the file stands in the message.
Result<void> read_config(const std::string& file, ServeOptions& options);

// What the server would refuse at its start, as far as it can be seen without starting: addresses, files, words.
Result<void> check_options(ServeOptions& options);

}  // namespace entente::app
