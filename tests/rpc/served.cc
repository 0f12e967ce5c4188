#include "tests/rpc/served.h"

#include <unistd.h>

#include <catch2/catch.hpp>

namespace entente::test {

Served::Served(Kind kind, rpc::ServerOptions options)
    : store_(kind), address_(must(rpc::parse_address("unix:" + (folder_ / "socket").string()))) {
  options.listen.insert(options.listen.begin(), address_);
  auto server = rpc::Server::start(*store_, clock_, options);
  INFO((server.ok() ? std::string() : server.error().to_text()));
  REQUIRE(server.ok());
  server_ = std::move(*server);
}

std::unique_ptr<rpc::Client> Served::connect(const rpc::ConnectOptions& options) const {
  auto client = rpc::Client::connect(address_, options);
  INFO((client.ok() ? std::string() : client.error().to_text()));
  REQUIRE(client.ok());
  return std::move(*client);
}

rpc::Address Served::other(std::size_t nth, const std::string& scheme) const {
  return must(rpc::parse_address(scheme + server_->addresses().at(nth + 1)));
}

rpc::ServerOptions as(rpc::Role role) {
  rpc::ServerOptions options;
  options.access.users[::geteuid()] = role;
  return options;
}

}  // namespace entente::test
