#include "tests/pull/misbehaving.h"

#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "tests/pull/nginx.h"

namespace entente::test {

bool Peer::send(const std::string& bytes) const {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t n = ::send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += static_cast<std::size_t>(n);
  }
  return true;
}

void Peer::wait_until_closed() const {
  std::array<char, 1024> buffer{};
  while (::recv(descriptor_, buffer.data(), buffer.size(), 0) > 0) {
  }
}

std::string whole_answer(const std::string& status, const std::string& head, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\n" + head + "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  std::string in = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Misbehaving::Misbehaving() {
  listening_ = listen_on_loopback(port_);
  accepting_ = std::thread([this] { accept_all(); });
}

Misbehaving::~Misbehaving() {
  stop_ = true;
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  ::close(listening_);
}

void Misbehaving::on(const std::string& path, Handler handler) {
  const std::lock_guard lock(mutex_);
  handlers_[path] = std::move(handler);
}

void Misbehaving::answer(const std::string& path, const std::string& bytes) {
  on(path, [bytes](const Asked&, Peer& peer) { peer.send(bytes); });
}

void Misbehaving::page(const std::string& path, const std::string& body, const std::string& more) {
  answer(path, whole_answer("200 OK", more, body));
}

std::string Misbehaving::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<Asked> Misbehaving::asked() {
  const std::lock_guard lock(mutex_);
  return asked_;
}

std::size_t Misbehaving::times(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(asked_.begin(), asked_.end(), [&](const Asked& a) { return a.path == path; }));
}

void Misbehaving::accept_all() {
  while (!stop_) {
    const int descriptor = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    const std::lock_guard lock(mutex_);
    open_.push_back(descriptor);
    threads_.emplace_back([this, descriptor] { serve(descriptor); });
  }
}

// One request a connection.
void Misbehaving::serve(int descriptor) {
  Asked asked;
  std::array<char, 4096> buffer{};
  while (asked.head.find("\r\n\r\n") == std::string::npos) {
    const ssize_t n = ::recv(descriptor, buffer.data(), buffer.size(), 0);
    if (n <= 0) break;
    asked.head.append(buffer.data(), static_cast<std::size_t>(n));
  }
  const auto begin = asked.head.find(' ');
  if (begin != std::string::npos)
    asked.path = asked.head.substr(begin + 1, asked.head.find(' ', begin + 1) - begin - 1);
  Handler handler;
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(asked);
    const auto found = handlers_.find(asked.path);
    if (found != handlers_.end()) handler = found->second;
  }
  Peer peer(descriptor);
  if (handler)
    handler(asked, peer);
  else
    peer.send(whole_answer("404 Not Found", "", "not here"));
  const std::lock_guard lock(mutex_);
  std::erase(open_, descriptor);
  ::shutdown(descriptor, SHUT_RDWR);
  ::close(descriptor);
}

}  // namespace entente::test
