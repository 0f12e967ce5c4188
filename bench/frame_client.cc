#include "bench/frame_client.h"

#include <capnp/message.h>
#include <capnp/rpc.capnp.h>
#include <capnp/schema.h>
#include <capnp/serialize.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>
#include <string>

#include "base/check.h"
#include "bench/stopwatch.h"
#include "rpc/schema/gate.capnp.h"
#include "rpc/schema/session.capnp.h"

namespace entente::bench {
namespace {

namespace wire = rpc::wire;
using Words = std::vector<capnp::word>;

// The questions of a connection: the three that lead to a reader, then the calls.
enum Question : std::uint32_t { kBootstrap, kEnter, kReader, kFirstCall };

template <class Interface>
std::uint16_t method(const char* name) {
  return capnp::Schema::from<Interface>().getMethodByName(name).getOrdinal();
}

void append(capnp::MessageBuilder& message, Words& out) {
  const auto flat = capnp::messageToFlatArray(message);
  out.insert(out.end(), flat.begin(), flat.end());
}

// A call of what another question's answer holds: the answer itself, or its first pointer.
template <class Interface>
capnp::rpc::Call::Builder start_call(capnp::MessageBuilder& message, std::uint32_t question, std::uint32_t of, bool first_pointer, const char* name) {
  auto call = message.initRoot<capnp::rpc::Message>().initCall();
  call.setQuestionId(question);
  auto target = call.initTarget().initPromisedAnswer();
  target.setQuestionId(of);
  if (first_pointer) target.initTransform(1)[0].setGetPointerField(0);
  call.setInterfaceId(capnp::typeId<Interface>());
  call.setMethodId(method<Interface>(name));
  call.initSendResultsTo().setCaller();
  return call;
}

void append_opening(Words& out) {
  {
    capnp::MallocMessageBuilder message;
    message.initRoot<capnp::rpc::Message>().initBootstrap().setQuestionId(kBootstrap);
    append(message, out);
  }
  {
    capnp::MallocMessageBuilder message;
    auto call = start_call<wire::Gate>(message, kEnter, kBootstrap, false, "enter");
    call.initParams().getContent().initAs<wire::Gate::EnterParams>();
    append(message, out);
  }
  capnp::MallocMessageBuilder message;
  auto call = start_call<wire::Session>(message, kReader, kEnter, true, "reader");
  call.initParams().getContent().initAs<wire::Session::ReaderParams>();
  append(message, out);
}

class Connection {
 public:
  explicit Connection(const std::filesystem::path& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    ENTENTE_CHECK(socket_ >= 0, "no socket: {}", std::strerror(errno));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ENTENTE_CHECK(path.string().size() < sizeof(address.sun_path), "{} is too long for a socket", path.string());
    std::strcpy(address.sun_path, path.c_str());
    ENTENTE_CHECK(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0, "{}: {}", path.string(), std::strerror(errno));
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int socket() const { return socket_; }

  void send(std::span<const capnp::word> words) const {
    const auto bytes = std::as_bytes(words);
    for (std::size_t sent = 0; sent < bytes.size();) {
      const auto count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      ENTENTE_CHECK(count > 0, "cannot send: {}", std::strerror(errno));
      sent += static_cast<std::size_t>(count);
    }
  }

  // Waits for bytes and gives each message that is whole to `take`.
  template <class Take>
  void receive(Take take) {
    constexpr std::size_t kRoomBytes = 256U << 10U;
    if (held_.size() * sizeof(capnp::word) < bytes_ + kRoomBytes) held_.resize((bytes_ + 2 * kRoomBytes) / sizeof(capnp::word));
    auto* const start = reinterpret_cast<char*>(held_.data());
    const auto count = ::recv(socket_, start + bytes_, kRoomBytes, 0);
    ENTENTE_CHECK(count > 0, "the connection ended: {}", count == 0 ? "closed" : std::strerror(errno));
    bytes_ += static_cast<std::size_t>(count);
    std::size_t at = 0;
    while (true) {
      const auto rest = kj::arrayPtr(held_.data() + at, bytes_ / sizeof(capnp::word) - at);
      const std::size_t words = rest.size() == 0 ? 1 : capnp::expectedSizeInWordsFromPrefix(rest);
      if (words > rest.size()) break;
      capnp::FlatArrayMessageReader message(rest.slice(0, words));
      take(message.getRoot<capnp::rpc::Message>());
      at += words;
    }
    bytes_ -= at * sizeof(capnp::word);
    std::memmove(start, held_.data() + at, bytes_);
  }

 private:
  int socket_;
  Words held_;
  std::size_t bytes_ = 0;  // of it
};

// The messages of one connection, each call and the word that its answer was had.
struct Script {
  std::vector<Words> calls;
  std::vector<Words> finishes;

  Script(std::uint64_t count, std::uint64_t first_number, const WriteOpen& write) {
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto question = static_cast<std::uint32_t>(kFirstCall + i);
      {
        capnp::MallocMessageBuilder message;
        auto call = start_call<wire::Reader>(message, question, kReader, true, "open");
        write(call.initParams().getContent().initAs<wire::Reader::OpenParams>(), first_number + i);
        append(message, calls.emplace_back());
      }
      capnp::MallocMessageBuilder message;
      auto finish = message.initRoot<capnp::rpc::Message>().initFinish();
      finish.setQuestionId(question);
      finish.setReleaseResultCaps(true);
      append(message, finishes.emplace_back());
    }
  }
};

struct Asker {
  Connection connection;
  Script script;
  std::uint64_t sent = 0;
  std::uint64_t answered = 0;
  Words next;  // to be sent

  Asker(const FrameLoad& load, std::size_t at, const WriteOpen& write)
      : connection(load.sockets[at]), script(load.calls, load.first_number + at * load.calls, write) {
    append_opening(next);
    flush();
    bool ready = false;
    while (!ready)
      connection.receive([&](capnp::rpc::Message::Reader message) {
        expect_results(message);
        ready = ready || message.getReturn().getAnswerId() == kReader;
      });
  }

  static void expect_results(capnp::rpc::Message::Reader message) {
    ENTENTE_CHECK(message.isReturn(), "a message that nobody asked for: {}", static_cast<int>(message.which()));
    const auto answer = message.getReturn();
    ENTENTE_CHECK(!answer.isException(), "an exception: {}", answer.getException().getReason().cStr());
    ENTENTE_CHECK(answer.isResults(), "an answer without results");
  }

  void call_next() {
    if (sent == script.calls.size()) return;
    const Words& call = script.calls[sent++];
    next.insert(next.end(), call.begin(), call.end());
  }
  void flush() {
    connection.send(next);
    next.clear();
  }
  void receive() {
    connection.receive([&](capnp::rpc::Message::Reader message) {
      expect_results(message);
      const Words& finish = script.finishes.at(message.getReturn().getAnswerId() - kFirstCall);
      next.insert(next.end(), finish.begin(), finish.end());
      ++answered;
      call_next();
    });
    flush();
  }
};

}  // namespace

double calls_a_second(const FrameLoad& load, const WriteOpen& write) {
  std::vector<std::unique_ptr<Asker>> askers;
  std::vector<pollfd> waiting;
  for (std::size_t i = 0; i < load.sockets.size(); ++i) {
    askers.push_back(std::make_unique<Asker>(load, i, write));
    waiting.push_back({askers.back()->connection.socket(), POLLIN, 0});
  }
  const Stopwatch watch;
  for (auto& asker : askers) {
    for (std::uint64_t i = 0; i < load.in_flight; ++i) asker->call_next();
    asker->flush();
  }
  for (bool over = false; !over;) {
    ENTENTE_CHECK(::poll(waiting.data(), waiting.size(), -1) > 0, "cannot wait: {}", std::strerror(errno));
    over = true;
    for (std::size_t i = 0; i < askers.size(); ++i) {
      if (waiting[i].revents != 0) askers[i]->receive();
      over = over && askers[i]->answered == load.calls;
    }
  }
  return static_cast<double>(load.calls * load.sockets.size()) / watch.seconds();
}

}  // namespace entente::bench
