#include "rpc/client/connection.h"

#include <capnp/message.h>
#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace entente::rpc {
namespace {

// kj has one event loop a thread; it lives as long as the thread has connections.
std::shared_ptr<kj::AsyncIoContext> io_of_this_thread() {
  thread_local std::weak_ptr<kj::AsyncIoContext> known;
  auto io = known.lock();
  if (!io) known = io = std::make_shared<kj::AsyncIoContext>(kj::setupAsyncIo());
  return io;
}

wire::Session::Client enter(capnp::RpcSystem<capnp::rpc::twoparty::VatId>& rpc, const std::string& token) {
  capnp::MallocMessageBuilder message;
  auto server = message.initRoot<capnp::rpc::twoparty::VatId>();
  server.setSide(capnp::rpc::twoparty::Side::SERVER);
  auto request = rpc.bootstrap(server).castAs<wire::Gate>().enterRequest();
  if (!token.empty()) request.setToken(token);
  return request.send().getSession();
}

Result<kj::Own<kj::AsyncIoStream>> encrypt(kj::AsyncIoContext& io, kj::Own<kj::AsyncIoStream> stream, const Address& address, const ConnectOptions& options) {
  kj::TlsContext::Options tls;
  tls.minVersion = kj::TlsVersion::TLS_1_2;
  kj::Vector<kj::TlsCertificate> trusted;
  if (!options.tls_authorities.empty()) {
    std::ifstream in(options.tls_authorities, std::ios::binary);
    std::stringstream text;
    if (!in || !(text << in.rdbuf())) return Error{ErrorCode::invalid_argument, "cannot read " + options.tls_authorities + ", which is to say whom to trust", {}};
    trusted.add(kj::TlsCertificate(kj::StringPtr(text.str().c_str())));
    tls.useSystemTrustStore = false;
    tls.trustedCertificates = trusted;
  }
  kj::TlsContext context(tls);
  const std::string name = options.tls_name.empty() ? address.host() : options.tls_name;
  try {
    auto inner = context.wrapClient(kj::mv(stream), name).wait(io.waitScope);
    return kj::mv(inner);
  } catch (const kj::Exception& exception) {
    return Error{ErrorCode::unavailable,
                 fmt::format("{} answers, but no TLS could be agreed on with it ({}); name whom to trust with --tls-ca FILE, and the server by the name in its certificate", address.text,
                             exception.getDescription().cStr()),
                 {}};
  }
}

}  // namespace

Connection::Connection(std::shared_ptr<kj::AsyncIoContext> io, kj::Own<kj::AsyncIoStream> stream, const ConnectOptions& options)
    : io_(std::move(io)),
      stream_(kj::mv(stream)),
      frames_(*stream_, io_->provider->getTimer(), bounds_, nullptr),
      network_(frames_, capnp::rpc::twoparty::Side::CLIENT),
      rpc_(capnp::makeRpcClient(network_)),
      session_(enter(rpc_, options.token)) {}

Result<std::unique_ptr<Connection>> Connection::open(const Address& address, const ConnectOptions& options) {
  try {
    const auto io = io_of_this_thread();
    auto stream = io->provider->getNetwork().parseAddress(address.text.c_str()).wait(io->waitScope)->connect().wait(io->waitScope);
    if (address.tls) {
      auto inner = encrypt(*io, kj::mv(stream), address, options);
      if (!inner) return inner.error();
      stream = kj::mv(*inner);
    }
    return std::unique_ptr<Connection>(new Connection(io, kj::mv(stream), options));
  } catch (const kj::Exception& exception) {
    return Error{ErrorCode::unavailable, "no server answers at " + address.text + " (" + std::string(exception.getDescription().cStr()) + "); start one with `entente serve --db DIR --listen " + address.text + "`", {}};
  }
}

}  // namespace entente::rpc
