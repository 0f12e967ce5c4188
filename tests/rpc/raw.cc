#include "tests/rpc/raw.h"

#include <arpa/inet.h>
#include <capnp/serialize.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstring>

#include "rpc/schema/gate.capnp.h"

namespace entente::test {
namespace {

constexpr int kPatienceMs = 60'000;  // a test that waits so long has failed

int connected(const rpc::Address& address) {
  if (!address.unix_path.empty()) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::strncpy(name.sun_path, address.unix_path.c_str(), sizeof(name.sun_path) - 1);
    REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0);
    return fd;
  }
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.text.substr(address.text.rfind(':') + 1))));
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0);
  return fd;
}

}  // namespace

RawClient::RawClient(const rpc::Address& address) : socket_(connected(address)) {}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) return false;
    sent += static_cast<std::size_t>(n);
  }
  return true;
}

std::string RawClient::until(const std::string& text) {
  std::array<char, 65536> buffer{};
  while (true) {
    if (const std::size_t at = in_.find(text); at != std::string::npos) {
      std::string out = in_.substr(0, at + text.size());
      in_.erase(0, at + text.size());
      return out;
    }
    pollfd waiting{socket_, POLLIN, 0};
    REQUIRE(::poll(&waiting, 1, kPatienceMs) == 1);
    const ssize_t n = ::recv(socket_, buffer.data(), buffer.size(), 0);
    REQUIRE(n > 0);
    in_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

std::string RawClient::rest() {
  std::array<char, 65536> buffer{};
  while (true) {
    pollfd waiting{socket_, POLLIN, 0};
    REQUIRE(::poll(&waiting, 1, kPatienceMs) == 1);
    const ssize_t n = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (n <= 0) return in_;
    in_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

std::optional<std::string> RawClient::reason() {
  const std::string bytes = rest();
  std::vector<capnp::word> words(bytes.size() / sizeof(capnp::word));
  std::memcpy(words.data(), bytes.data(), words.size() * sizeof(capnp::word));
  std::optional<std::string> reason;
  kj::ArrayPtr<const capnp::word> left(words.data(), words.size());
  while (left.size() > 0) {
    capnp::FlatArrayMessageReader message(left);
    const auto root = message.getRoot<capnp::rpc::Message>();
    if (root.which() == capnp::rpc::Message::ABORT) reason = root.getAbort().getReason().cStr();
    left = kj::arrayPtr(message.getEnd(), left.end());
  }
  return reason;
}

std::string frame(capnp::MessageBuilder& message) {
  const auto words = capnp::messageToFlatArray(message);
  const auto bytes = words.asBytes();
  return std::string(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
}

std::string bootstrap(std::uint32_t question) {
  capnp::MallocMessageBuilder message;
  message.initRoot<capnp::rpc::Message>().initBootstrap().setQuestionId(question);
  return frame(message);
}

std::string enter(std::uint32_t question, std::uint32_t on_answer, const std::string& token) {
  capnp::MallocMessageBuilder message;
  auto call = message.initRoot<capnp::rpc::Message>().initCall();
  call.setQuestionId(question);
  call.initTarget().initPromisedAnswer().setQuestionId(on_answer);
  call.setInterfaceId(capnp::typeId<rpc::wire::Gate>());
  call.setMethodId(0);
  call.initParams().getContent().initAs<rpc::wire::Gate::EnterParams>().setToken(token);
  call.initSendResultsTo().setCaller();
  return frame(message);
}

}  // namespace entente::test
