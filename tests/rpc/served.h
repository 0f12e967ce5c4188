// A store that is served over a real socket, and clients of it, in one process.
#pragma once

#include <memory>
#include <string>

#include "rpc/client/client.h"
#include "rpc/server/server.h"
#include "tests/storage/twins.h"

namespace entente::test {

class Served {
 public:
  // Listens at a unix socket; `options.listen` may name more. The user of the test is admin unless the options say else.
  explicit Served(Kind kind = Kind::memory, rpc::ServerOptions options = {});

  storage::Store& store() { return *store_; }
  rpc::Server& server() { return *server_; }
  const rpc::Address& address() const { return address_; }
  std::filesystem::path file(std::string_view name) const { return folder_ / name; }

  // Fails the test when nobody answers.
  std::unique_ptr<rpc::Client> connect(const rpc::ConnectOptions& options = {}) const;
  // The address as bound of the nth that the options named.
  rpc::Address other(std::size_t nth, const std::string& scheme = {}) const;

 private:
  TempFolder folder_;
  OpenStore store_;
  SystemClock clock_;
  rpc::Address address_;
  std::unique_ptr<rpc::Server> server_;
};

// Options with this role for the user of the test.
rpc::ServerOptions as(rpc::Role role);

template <class T>
T must(Result<T> result) {
  if (!result) throw CheckFailure(result.error().to_text());
  return std::move(*result);
}

}  // namespace entente::test
