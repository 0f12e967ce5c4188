// A web server that does what it is told, wrongly: it answers each path with whatever a test says, over a real socket.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace entente::test {

struct Asked {
  std::string path;  // with its query
  std::string head;  // the whole request

  bool has(const std::string& line) const { return head.find(line) != std::string::npos; }
};

// One connection, as a handler sees it.
class Peer {
 public:
  explicit Peer(int descriptor) : descriptor_(descriptor) {}
  // False when the other side has gone.
  bool send(const std::string& bytes) const;
  // Until the other side closes the connection.
  void wait_until_closed() const;

 private:
  int descriptor_;
};

class Misbehaving {
 public:
  using Handler = std::function<void(const Asked&, Peer&)>;

  Misbehaving();
  ~Misbehaving();
  Misbehaving(const Misbehaving&) = delete;
  Misbehaving& operator=(const Misbehaving&) = delete;

  void on(const std::string& path, Handler handler);
  // A whole answer, as it is to be sent.
  void answer(const std::string& path, const std::string& bytes);
  // "200 OK" with a length, and more lines of the head if need be.
  void page(const std::string& path, const std::string& body, const std::string& more = "Content-Type: text/html\r\n");
  std::string url(const std::string& path) const;
  std::vector<Asked> asked();
  std::size_t times(const std::string& path);

 private:
  void accept_all();
  void serve(int descriptor);

  int listening_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::map<std::string, Handler> handlers_;
  std::vector<Asked> asked_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread accepting_;
  std::atomic<bool> stop_ = false;
};

std::string whole_answer(const std::string& status, const std::string& head, const std::string& body);
std::string gzipped(const std::string& bytes);

}  // namespace entente::test
