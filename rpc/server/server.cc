#include "rpc/server/server.h"

#include <fmt/format.h>
#include <kj/compat/tls.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <future>
#include <sstream>

#include "base/log.h"
#include "rpc/server/connections.h"
#include "rpc/server/http_server.h"
#include "rpc/server/listener.h"
#include "rpc/server/loop.h"
#include "rpc/server/shared.h"
#include "rpc/server/warm_up.h"

namespace entente::rpc {
namespace {

struct Pem {
  std::string certificate;
  std::string key;
};

Result<std::string> read_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  if (!in || !(text << in.rdbuf())) return Error{ErrorCode::invalid_argument, "cannot read " + file + ", which the options name for TLS", {}};
  return text.str();
}

Result<std::optional<Pem>> read_pem(const ServerOptions& options) {
  if (options.tls_certificate.empty() && options.tls_key.empty()) return std::optional<Pem>();
  if (options.tls_certificate.empty() || options.tls_key.empty())
    return Error{ErrorCode::invalid_argument, "TLS needs a certificate and its key: --tls-cert FILE --tls-key FILE", {}};
  auto certificate = read_file(options.tls_certificate);
  if (!certificate) return certificate.error();
  auto key = read_file(options.tls_key);
  if (!key) return key.error();
  return std::optional(Pem{std::move(*certificate), std::move(*key)});
}

// One loop's own: kj's TLS context is not for several threads.
class Tls {
 public:
  explicit Tls(const Pem& pem) : pair_{kj::TlsPrivateKey(kj::StringPtr(pem.key.c_str())), kj::TlsCertificate(kj::StringPtr(pem.certificate.c_str()))}, context_(options()) {}
  kj::TlsContext& context() { return context_; }

 private:
  kj::TlsContext::Options options() {
    kj::TlsContext::Options options;
    options.defaultKeypair = pair_;
    options.useSystemTrustStore = false;
    options.minVersion = kj::TlsVersion::TLS_1_2;
    return options;
  }
  kj::TlsKeypair pair_;
  kj::TlsContext context_;
};

// A loop with its connections.
class Station {
 public:
  Station(Shared& shared, const HttpRules& http, const std::optional<Pem>& pem)
      : loop_([this, &shared, &http, pem](Loop& loop, kj::AsyncIoContext& /*io*/) {
          if (pem) tls_ = std::make_unique<Tls>(*pem);
          changes_ = std::make_unique<LoopChanges>(shared.feed, loop);
          connections_ = std::make_unique<Connections>(shared, loop, *changes_, tls_ ? &tls_->context() : nullptr);
          http_ = std::make_unique<HttpServer>(shared, loop, *changes_, http, tls_ ? &tls_->context() : nullptr);
          auto end = kj::newPromiseAndFulfiller<void>();
          end_ = kj::mv(end.fulfiller);
          started_.set_value();
          return end.promise.then([this]() {
            accepting_ = nullptr;
            http_.reset();
            connections_.reset();
            changes_.reset();
            end_ = nullptr;
          });
        }) {
    started_.get_future().wait();
  }
  ~Station() {
    loop_.post([this]() { end_->fulfill(); });
  }
  Station(const Station&) = delete;
  Station& operator=(const Station&) = delete;

  Loop& loop() { return loop_; }
  void adopt(Arrival arrival) {
    loop_.post([this, arrival = std::move(arrival)]() mutable { connections_->adopt(std::move(arrival)); });
  }
  void adopt_http(Arrival arrival) {
    loop_.post([this, arrival = std::move(arrival)]() mutable { http_->adopt(std::move(arrival)); });
  }
  void keep(kj::Promise<void> promise) { accepting_ = promise.eagerlyEvaluate([](kj::Exception&& exception) { log::error("accepting ended: {}", exception.getDescription().cStr()); }); }
  void stop_accepting() { accepting_ = nullptr; }
  void look_at_tokens() {
    loop_.post([this]() {
      connections_->look_at_tokens();
      http_->look_at_tokens();
    });
  }
  // Resolves the future when everything is quiet and closed.
  std::future<void> drain() {
    auto done = std::make_shared<std::promise<void>>();
    loop_.post([this, done]() {
      auto both = kj::heapArrayBuilder<kj::Promise<void>>(2);
      both.add(connections_->drain());
      both.add(http_->drain());
      draining_ = kj::joinPromises(both.finish()).then([done]() { done->set_value(); }).eagerlyEvaluate(nullptr);
    });
    return done->get_future();
  }

 private:
  std::unique_ptr<Tls> tls_;
  std::unique_ptr<LoopChanges> changes_;
  std::unique_ptr<Connections> connections_;
  std::unique_ptr<HttpServer> http_;
  kj::Own<kj::PromiseFulfiller<void>> end_;
  kj::Promise<void> accepting_ = nullptr;
  kj::Promise<void> draining_ = nullptr;
  std::promise<void> started_;
  Loop loop_;
};

class RunningServer final : public Server {
 public:
  RunningServer(storage::Store& store, Clock& clock, const ServerOptions& options, const std::optional<Pem>& pem,
                std::vector<std::unique_ptr<Listener>> listeners, std::vector<std::unique_ptr<Listener>> http_listeners)
      : access_(options.access, clock),
        workers_(std::make_unique<Workers>(options.workers)),
        feed_(std::make_unique<Feed>(store)),
        events_(store, options.limits.event_cache_bytes),
        hot_rows_(store, options.limits.row_cache_bytes),
        shared_{store, options.limits, access_, *workers_, *feed_, events_, hot_rows_, clock, {}, {}, {}, {}, [this]() { return reload_tokens(); }, false},
        http_{options.http_origins, options.http_open},
        listeners_(std::move(listeners)),
        http_listeners_(std::move(http_listeners)) {
    if (options.warm_up) warm_up_ = std::make_unique<WarmUp>(store, events_);
    for (std::size_t i = 0; i < options.loops; ++i) stations_.push_back(std::make_unique<Station>(shared_, http_, pem));
  }
  ~RunningServer() override { RunningServer::stop(); }

  void accept() {
    Station& first = *stations_.front();
    std::promise<void> accepting;
    first.loop().post([this, &first, &accepting]() {
      kj::Promise<void> all = kj::NEVER_DONE;
      for (const auto& listener : listeners_)
        all = all.exclusiveJoin(listener->accept(first.loop(), [this](int socket, Origin origin) { take(socket, std::move(origin)); }));
      for (const auto& listener : http_listeners_)
        all = all.exclusiveJoin(listener->accept(first.loop(), [this](int socket, Origin origin) {
          if (auto arrival = arrived(socket, std::move(origin))) station_of(*arrival).adopt_http(std::move(*arrival));
        }));
      all = all.exclusiveJoin(watch_tokens(first.loop()));
      first.keep(kj::mv(all));
      accepting.set_value();
    });
    accepting.get_future().wait();
  }

  void stop() override {
    if (stations_.empty()) return;
    shared_.stopping = true;
    warm_up_.reset();
    std::promise<void> closed;
    stations_.front()->loop().post([this, &closed]() {
      stations_.front()->stop_accepting();
      listeners_.clear();
      http_listeners_.clear();
      closed.set_value();
    });
    closed.get_future().wait();
    std::vector<std::future<void>> drained;
    for (const auto& station : stations_) drained.push_back(station->drain());
    for (auto& one : drained) one.wait();
    workers_.reset();  // what they still did ends before the loops that they answer to
    stations_.clear();
    feed_.reset();
    log::info("stopped; {} calls were answered", shared_.counters.calls.load());
  }

  std::vector<std::string> addresses() const override {
    std::vector<std::string> out;
    for (const auto& listener : listeners_) out.push_back(listener->bound());
    return out;
  }

  std::vector<std::string> http_addresses() const override {
    std::vector<std::string> out;
    for (const auto& listener : http_listeners_) out.push_back(listener->bound());
    return out;
  }

  ServerFigures figures() const override {
    const Counters& c = shared_.counters;
    return {c.connections, c.readers, c.watches, c.calls_open, workers_ ? workers_->waiting() : 0, c.calls, c.calls_failed, c.calls_cancelled, c.rows, c.refused};
  }

  Result<void> reload_tokens() override {
    if (auto loaded = access_.reload(); !loaded) return loaded;
    for (const auto& station : stations_) station->look_at_tokens();
    return {};
  }

 private:
  // Connections go to the loops in turn.
  Station& station_of(const Arrival& arrival) { return *stations_[arrival.number % stations_.size()]; }
  void take(int socket, Origin origin) {
    if (auto arrival = arrived(socket, std::move(origin))) station_of(*arrival).adopt(std::move(*arrival));
  }

  // Absent when there are too many: the socket is closed then.
  std::optional<Arrival> arrived(int socket, Origin origin) {
    if (shared_.counters.connections >= shared_.limits.connections_max) {
      ++shared_.counters.refused;
      log::warn("{} is refused: {} connections are open, and no more are taken", origin.text(), shared_.limits.connections_max);
      ::close(socket);
      return std::nullopt;
    }
    return Arrival{socket, ++numbers_, std::move(origin), Counted(shared_.counters.connections)};
  }

  // A token that is revoked is to be dead at once, not when somebody thinks of a signal; and time passes too.
  kj::Promise<void> watch_tokens(Loop& loop) {
    if (access_.token_file().empty()) return kj::NEVER_DONE;
    const int fd = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    const auto folder = access_.token_file().parent_path();
    if (fd < 0 || ::inotify_add_watch(fd, folder.empty() ? "." : folder.c_str(), IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE) < 0) {
      log::warn("changes of {} are not noticed by themselves; send SIGHUP after each", access_.token_file().string());
      if (fd >= 0) ::close(fd);
      return look_now_and_then(loop);
    }
    auto observer = kj::heap<kj::UnixEventPort::FdObserver>(loop.io().unixEventPort, fd, kj::UnixEventPort::FdObserver::OBSERVE_READ);
    auto noticing = notice(*observer, fd);
    return noticing.attach(kj::mv(observer)).attach(kj::AutoCloseFd(fd)).exclusiveJoin(look_now_and_then(loop));
  }

  kj::Promise<void> notice(kj::UnixEventPort::FdObserver& observer, int fd) {
    auto next = observer.whenBecomesReadable();
    alignas(inotify_event) std::array<char, 4096> events{};
    bool ours = false;
    const std::string name = access_.token_file().filename().string();
    for (ssize_t n = 0; (n = ::read(fd, events.data(), events.size())) > 0;)
      for (ssize_t at = 0; at < n;) {
        const auto* const event = reinterpret_cast<const inotify_event*>(events.data() + at);
        ours = ours || (event->len > 0 && name == event->name);
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      }
    if (ours) {
      if (const auto loaded = reload_tokens(); !loaded) log::error("the tokens stay as they were: {}", loaded.error().to_text());
      else log::info("the tokens were read again");
    }
    return next.then([this, &observer, fd]() { return notice(observer, fd); });
  }

  kj::Promise<void> look_now_and_then(Loop& loop) {
    return loop.timer().afterDelay(1 * kj::SECONDS).then([this, &loop]() {
      for (const auto& station : stations_) station->look_at_tokens();
      return look_now_and_then(loop);
    });
  }

  Access access_;
  std::unique_ptr<Workers> workers_;
  std::unique_ptr<Feed> feed_;
  EventCache events_;
  HotRows hot_rows_;
  std::unique_ptr<WarmUp> warm_up_;
  Shared shared_;
  const HttpRules http_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<std::unique_ptr<Listener>> http_listeners_;
  std::vector<std::unique_ptr<Station>> stations_;
  std::uint64_t numbers_ = 0;
};

Result<void> may_listen(const ServerOptions& options, bool encrypted) {
  if (options.listen.empty()) return Error{ErrorCode::invalid_argument, "there is no address to listen at: --listen unix:PATH", {}};
  std::vector<Address> all = options.listen;
  all.insert(all.end(), options.http.begin(), options.http.end());
  for (const Address& address : all)
    if (address.unix_path.empty() && !address.loopback && !encrypted && !options.plain_tcp)
      return Error{ErrorCode::invalid_argument, address.text + " can be reached from other machines, and tokens would go over the network in the clear; give --tls-cert and --tls-key, or --insecure-plain-tcp if the network is yours", {}};
  return {};
}

}  // namespace

Result<void> check_listening(const ServerOptions& options) {
  auto pem = read_pem(options);
  if (!pem) return pem.error();
  if (auto may = may_listen(options, pem->has_value()); !may) return may.error();
  try {
    if (*pem) Tls probe(**pem);
  } catch (const kj::Exception& exception) {
    return Error{ErrorCode::invalid_argument, fmt::format("{} and {} are no certificate and key for TLS: {}", options.tls_certificate, options.tls_key, exception.getDescription().cStr()), {}};
  }
  return {};
}

Result<std::unique_ptr<Server>> Server::start(storage::Store& store, Clock& clock, const ServerOptions& options) {
  if (auto may = check_listening(options); !may) return may.error();
  auto pem = read_pem(options);
  if (!pem) return pem.error();
  std::vector<std::unique_ptr<Listener>> listeners;
  for (const Address& address : options.listen) {
    auto listener = Listener::open(address);
    if (!listener) return listener.error();
    listeners.push_back(std::move(*listener));
  }
  std::vector<std::unique_ptr<Listener>> http_listeners;
  for (const Address& address : options.http) {
    auto listener = Listener::open(address);
    if (!listener) return listener.error();
    http_listeners.push_back(std::move(*listener));
  }
  auto server = std::make_unique<RunningServer>(store, clock, options, *pem, std::move(listeners), std::move(http_listeners));
  if (auto loaded = server->reload_tokens(); !loaded) return loaded.error();
  for (const std::string& address : server->addresses()) log::info("listening at {}{}", address, *pem && !address.starts_with("unix:") ? " with TLS" : "");
  for (const std::string& address : server->http_addresses()) log::info("HTTP is answered at {}{}", address, *pem ? " with TLS" : "");
  server->accept();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace entente::rpc
