// A real web server: nginx, with a folder of its own, on a port of loopback that the system chose. The socket is opened
// here and handed over, so that whoever asks before nginx is up waits in its queue.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/apps/program.h"

namespace entente::test {

struct NginxOptions {
  bool tls = false;         // with a certificate for 127.0.0.1, by a CA made for it
  std::string server = "";  // more lines for the server block
  std::string address = "127.0.0.1";
};

class Nginx {
 public:
  explicit Nginx(const NginxOptions& options = {});
  ~Nginx();
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  // Writes a file that is served at this path; the path with the server's address.
  std::string serve(const std::string& path, const std::string& bytes) const;
  void remove(const std::string& path) const;
  std::string url(const std::string& path) const;
  std::string ca_file() const { return folder_.path("ca.pem"); }
  int port() const { return port_; }
  // What was asked for since the last call: "GET /a 200", in order. Not over TLS.
  std::vector<std::string> asked();

 private:
  void ask_marker() const;

  Folder folder_;
  bool tls_;
  std::string address_;
  int port_ = 0;
  pid_t pid_ = 0;
  std::size_t log_read_ = 0;
  mutable int written_ = 0;
};

// A socket that listens on a free port of loopback.
int listen_on_loopback(int& port, const std::string& address = "127.0.0.1");

}  // namespace entente::test
