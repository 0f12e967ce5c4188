#include "tests/pull/nginx.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace entente::test {
namespace {

namespace fs = std::filesystem;

std::string program_of(const char* name) {
  for (const char* const folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/"})
    if (const std::string path = std::string(folder) + name; ::access(path.c_str(), X_OK) == 0) return path;
  FAIL(name << " is not installed; run scripts/install-packages");
  return {};
}

void make_certificates(const Folder& folder) {
  const std::string openssl = program_of("openssl");
  folder.write("san.cnf", "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  const std::string line = "cd " + folder.path("") + " && (" + openssl +
                           " req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem "
                           "-days 2 -subj /CN=Test-CA && " +
                           openssl +
                           " req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out request.pem "
                           "-subj /CN=127.0.0.1 && " +
                           openssl +
                           " x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -days 2 "
                           "-extfile san.cnf) >openssl.log 2>&1";
  REQUIRE(std::system(line.c_str()) == 0);
}

}  // namespace

int listen_on_loopback(int& port, const std::string& address) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(descriptor >= 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  REQUIRE(::inet_pton(AF_INET, address.c_str(), &where.sin_addr) == 1);
  REQUIRE(::bind(descriptor, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
  REQUIRE(::listen(descriptor, 512) == 0);
  socklen_t size = sizeof where;
  REQUIRE(::getsockname(descriptor, reinterpret_cast<sockaddr*>(&where), &size) == 0);
  port = ntohs(where.sin_port);
  return descriptor;
}

Nginx::Nginx(const NginxOptions& options) : tls_(options.tls), address_(options.address) {
  const std::string nginx = program_of("nginx");
  const int listening = listen_on_loopback(port_, address_);
  if (tls_) make_certificates(folder_);
  fs::create_directories(folder_.path("www"));
  const std::string tls_lines = tls_ ? "ssl_certificate cert.pem; ssl_certificate_key key.pem;" : "";
  std::ostringstream config;
  config << "worker_processes 1; daemon off; pid nginx.pid; error_log error.log; events { worker_connections 512; }\n";
  if (::geteuid() == 0) config << "user root;\n";
  config
      << "http { types { text/html html; application/rss+xml rss; application/atom+xml atom; application/xml xml; "
         "application/json json; application/gzip gz; text/plain txt; }\n"
      << "default_type text/html; log_format plain '$request_method $request_uri $status'; access_log access.log "
         "plain;\n"
      << "client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n"
      << "keepalive_requests 100000;\n"
      << "server { listen " << address_ << ":" << port_ << (tls_ ? " ssl" : "") << "; " << tls_lines << " root www; "
      << options.server << " } }\n";
  folder_.write("nginx.conf", config.str());
  pid_ = ::fork();
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
    // What it inherits is what it listens on.
    const int kept = ::fcntl(listening, F_DUPFD, 3);
    ::setenv("NGINX", (std::to_string(kept) + ";").c_str(), 1);
    const int log = ::open(folder_.path("start.log").c_str(), O_WRONLY | O_CREAT, 0644);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::execl(nginx.c_str(), "nginx", "-p", folder_.path("").c_str(), "-c", "nginx.conf", static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(listening);
}

Nginx::~Nginx() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::string Nginx::url(const std::string& path) const {
  return (tls_ ? "https://" : "http://") + address_ + ":" + std::to_string(port_) + path;
}

std::string Nginx::serve(const std::string& path, const std::string& bytes) const {
  // A file changes whole: a reader never meets half of it. nginx tells versions apart by whole seconds.
  const std::string unfinished = folder_.write("unfinished", bytes);
  constexpr std::int64_t kStart = 1'600'000'000;
  const timespec time{kStart + ++written_, 0};
  const std::array<timespec, 2> times{time, time};
  REQUIRE(::utimensat(AT_FDCWD, unfinished.c_str(), times.data(), 0) == 0);
  const fs::path file = folder_.path("www" + path);
  fs::create_directories(file.parent_path());
  fs::rename(unfinished, file);
  return url(path);
}

void Nginx::remove(const std::string& path) const { fs::remove(folder_.path("www" + path)); }

// nginx writes of a request that ends its connection before it closes that, and of earlier ones before: so after this
// all that was answered is in the log.
void Nginx::ask_marker() const {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port_));
  REQUIRE(::inet_pton(AF_INET, address_.c_str(), &where.sin_addr) == 1);
  REQUIRE(::connect(descriptor, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
  const std::string request = "GET /marker HTTP/1.0\r\n\r\n";
  REQUIRE(::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  std::array<char, 4096> buffer{};
  while (::recv(descriptor, buffer.data(), buffer.size(), 0) > 0) {
  }
  ::close(descriptor);
}

std::vector<std::string> Nginx::asked() {
  ask_marker();
  std::ifstream in(folder_.path("access.log"), std::ios::binary);
  in.seekg(static_cast<std::streamoff>(log_read_));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::string> out;
  std::size_t at = 0;
  for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', at)) {
    if (const std::string line = text.substr(at, end - at); line.find("/marker ") == std::string::npos)
      out.push_back(line);
    at = end + 1;
  }
  log_read_ += at;
  return out;
}

}  // namespace entente::test
