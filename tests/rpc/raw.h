// A client that knows the protocol's bytes and nothing of its manners: what strangers can send.
#pragma once

#include <capnp/message.h>
#include <capnp/rpc.capnp.h>

#include <optional>
#include <string>
#include <vector>

#include "rpc/address.h"

namespace entente::test {

class RawClient {
 public:
  // Connects; fails the test when it cannot.
  explicit RawClient(const rpc::Address& address);
  ~RawClient();
  RawClient(RawClient&& other) noexcept : socket_(other.socket_), in_(std::move(other.in_)) { other.socket_ = -1; }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  RawClient& operator=(RawClient&&) = delete;

  // False when the server has closed or takes no more now.
  bool send(const std::string& bytes);
  // What came since, up to and with this text, which must come.
  std::string until(const std::string& text);
  // Everything up to the end of the connection, which must come.
  std::string rest();
  // The reason in the Abort message that is the last thing of the connection; absent when it ended without one.
  std::optional<std::string> reason();

 private:
  int socket_;
  std::string in_;
};

// The frame of a message.
std::string frame(capnp::MessageBuilder& message);
std::string bootstrap(std::uint32_t question);
// Gate.enter on the answer of a bootstrap.
std::string enter(std::uint32_t question, std::uint32_t on_answer, const std::string& token = {});

}  // namespace entente::test
