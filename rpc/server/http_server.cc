#include "rpc/server/http_server.h"

#include <fmt/format.h>
#include <kj/compat/gzip.h>
#include <kj/io.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "base/log.h"
#include "graph/query/engine.h"
#include "graph/query/line.h"
#include "rpc/convert/error.h"
#include "rpc/server/change_stream.h"
#include "rpc/server/figures.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kBodyBytesMax = std::size_t{64} << 10U;  // of a question
constexpr auto kLastAnswer = 20 * kj::MILLISECONDS;  // for the last answer to be out
constexpr std::size_t kGzipFrom = 1'024;

std::string zipped(const std::string& body) {
  kj::VectorOutputStream out;
  {
    kj::GzipOutputStream gzip(out);
    gzip.write(body.data(), body.size());
  }
  const auto bytes = out.getArray().asChars();
  return std::string(bytes.begin(), bytes.size());
}

kj::StringPtr words_of(unsigned status) {
  switch (status) {
    case 200: return "OK";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Payload Too Large";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "Internal Server Error";
  }
}

// As Prometheus reads it: totals are counters, everything else is as it is now.
std::string metrics_text(const Figures& figures) {
  std::string out;
  for (const auto& [name, value] : figures)
    out += fmt::format("# TYPE entente_{0} {1}\nentente_{0} {2}\n", name, name.ends_with("_total") ? "counter" : "gauge", value);
  return out;
}

HttpAnswer plain(unsigned status, std::string body) {
  HttpAnswer out;
  out.status = status;
  out.type = "text/plain; charset=utf-8";
  out.body = std::move(body);
  return out;
}

}  // namespace

// Names that kj is to know of a request before it reads one.
struct HttpServer::Headers {
  Headers() {
    kj::HttpHeaderTable::Builder builder;
    authorization = builder.add("Authorization");
    if_none_match = builder.add("If-None-Match");
    accept_encoding = builder.add("Accept-Encoding");
    origin = builder.add("Origin");
    last_event_id = builder.add("Last-Event-ID");
    etag = builder.add("ETag");
    vary = builder.add("Vary");
    cache_control = builder.add("Cache-Control");
    content_encoding = builder.add("Content-Encoding");
    allow_origin = builder.add("Access-Control-Allow-Origin");
    allow_headers = builder.add("Access-Control-Allow-Headers");
    allow_methods = builder.add("Access-Control-Allow-Methods");
    expose_headers = builder.add("Access-Control-Expose-Headers");
    authenticate = builder.add("WWW-Authenticate");
    allow = builder.add("Allow");
    no_sniff = builder.add("X-Content-Type-Options");
    table = builder.build();
  }
  kj::HttpHeaderId authorization, if_none_match, accept_encoding, origin, last_event_id, etag, vary, cache_control, content_encoding, allow_origin, allow_headers, allow_methods,
      expose_headers, authenticate, allow, no_sniff;
  kj::Own<kj::HttpHeaderTable> table;
};

// A stream of changes, which has no end of its own.
class HttpServer::Watching {
 public:
  Watching(HttpServer& server, Holder holder, kj::Own<kj::PromiseFulfiller<void>> end) : server_(server), holder_(std::move(holder)), end_(kj::mv(end)) {
    server_.watching_.insert(this);
  }
  ~Watching() { server_.watching_.erase(this); }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;

  const Holder& holder() const { return holder_; }
  void end() { end_->fulfill(); }

 private:
  HttpServer& server_;
  Holder holder_;
  kj::Own<kj::PromiseFulfiller<void>> end_;
};

// One connection: its requests come one after another.
class HttpServer::Client final : public kj::HttpService, private kj::HttpServerErrorHandler, private kj::HttpServerCallbacks {
 public:
  Client(HttpServer& server, kj::AsyncIoStream& stream, std::uint64_t number, Origin origin)
      : server_(server), stream_(stream), number_(number), origin_(std::move(origin)), http_(server.loop_.timer(), *server.headers_->table, *this, settings()) {}

  // Ends when the client goes, or when the last answer is out after which the connection is to be closed: kj would wait
  // for the client to do that.
  kj::Promise<void> listen(kj::Own<kj::AsyncIoStream> stream) {
    auto closed = kj::newPromiseAndFulfiller<void>();
    closed_ = kj::mv(closed.fulfiller);
    return http_.listenHttp(kj::mv(stream)).exclusiveJoin(closed.promise.then([this]() { return server_.loop_.timer().afterDelay(kLastAnswer); }));
  }

  kj::Promise<void> request(kj::HttpMethod method, kj::StringPtr url, const kj::HttpHeaders& headers, kj::AsyncInputStream& body, Response& response) override {
    if (close_) return kj::Promise<void>(kj::NEVER_DONE);  // what stands behind the last answer has none
    const Headers& ids = *server_.headers_;
    const bool head = method == kj::HttpMethod::HEAD;
    ++server_.answering_;
    server_.shared_.counters.calls.fetch_add(1, std::memory_order_relaxed);
    auto counted = kj::defer([this, &server = server_]() {
      if (shouldClose()) closed_->fulfill();
      if (--server.answering_ == 0)
        KJ_IF_MAYBE (drained, server.drained_) (*drained)->fulfill();
    });
    // kj's server does not look at it by itself.
    KJ_IF_MAYBE (connection, headers.get(kj::HttpHeaderId::CONNECTION))
      close_ = close_ || std::string_view(connection->begin(), connection->size()).find("close") != std::string_view::npos;
    Reply reply{response, head, allowed_origin(headers), accepts_gzip(headers), {}, false};
    if (const auto wrong = smuggled(method, headers)) {
      // Two ways to say where a request ends are two requests to somebody: nothing more is read from there.
      close_ = true;
      refused(*wrong);
      return send(reply, failure(Error{ErrorCode::invalid_argument, *wrong, {}})).attach(kj::mv(counted));
    }
    if (method == kj::HttpMethod::OPTIONS) return send_options(reply).attach(kj::mv(counted));
    if (method != kj::HttpMethod::GET && !head && method != kj::HttpMethod::POST) {
      HttpAnswer no = failure(Error{ErrorCode::invalid_argument, "what is here is only read: GET, HEAD, and POST for /api/ask", {}});
      no.status = 405;
      return send(reply, std::move(no)).attach(kj::mv(counted));
    }
    auto asked = parse_target(std::string_view(url.begin(), url.size()));
    if (!asked) return send(reply, failure(asked.error())).attach(kj::mv(counted));
    if (asked->path == std::vector<std::string>{"healthz"}) return send(reply, plain(200, "ok\n")).attach(kj::mv(counted));
    if (asked->path == std::vector<std::string>{"readyz"}) return ready(reply).attach(kj::mv(counted));
    const auto holder = enter(headers);
    if (!holder) {
      if (headers.get(ids.authorization) != nullptr) log::info("h{} ({}): {}", number_, origin_.text(), holder.error().message);
      return late_answer(reply, holder.error(), headers.get(ids.authorization) != nullptr).attach(kj::mv(counted));
    }
    KJ_IF_MAYBE (tag, headers.get(ids.if_none_match)) reply.known = std::string(tag->begin(), tag->size());
    if (asked->path == std::vector<std::string>{"metrics"}) return metrics(reply).attach(kj::mv(counted));
    if (asked->path == std::vector<std::string>{"api", "watch"} && !head && method == kj::HttpMethod::GET) {
      KJ_IF_MAYBE (id, headers.get(ids.last_event_id)) asked->fields["since"] = {std::string(id->begin(), id->size())};
      return watch(reply, std::move(*asked), *holder).attach(kj::mv(counted));
    }
    if (method == kj::HttpMethod::POST)
      return body.readAllBytes(kBodyBytesMax)
          .then([this, reply, asked = std::move(*asked)](kj::Array<kj::byte> bytes) mutable {
            asked.body.assign(bytes.asChars().begin(), bytes.size());
            return answer_on_worker(reply, std::move(asked), true);
          })
          .attach(kj::mv(counted));
    return answer_on_worker(reply, std::move(*asked), false).attach(kj::mv(counted));
  }

 private:
  struct Reply {
    Response& response;
    bool head;
    std::string allowed_origin;
    bool gzip;
    std::string known;  // the tag that the client has
    bool is_zipped;
  };

  kj::HttpServerSettings settings() {
    kj::HttpServerSettings out;
    out.headerTimeout = static_cast<std::int64_t>(server_.shared_.limits.unproven_ms_max) * kj::MILLISECONDS;
    out.pipelineTimeout = static_cast<std::int64_t>(server_.shared_.limits.frame_ms_max) * kj::MILLISECONDS;
    out.errorHandler = static_cast<kj::HttpServerErrorHandler&>(*this);
    out.callbacks = static_cast<kj::HttpServerCallbacks&>(*this);
    return out;
  }
  bool shouldClose() override { return close_ || server_.draining_; }

  kj::Promise<void> handleClientProtocolError(kj::HttpHeaders::ProtocolError error, Response& response) override {
    if (close_) return kj::Promise<void>(kj::NEVER_DONE);
    refused(std::string(error.description.cStr()));
    close_ = true;
    Reply reply{response, false, {}, false, {}, false};
    return send(reply, failure(Error{ErrorCode::invalid_argument, "this is no request of HTTP: " + std::string(error.description.cStr()), {}})).then([this]() { closed_->fulfill(); });
  }
  kj::Promise<void> handleApplicationError(kj::Exception exception, kj::Maybe<Response&> response) override {
    // What kj's own reading of HTTP throws is the client's fault: a length that is none, an encoding that nobody knows.
    const bool unreadable = std::string_view(exception.getFile()).ends_with("http.c++");
    if (unreadable) refused(exception.getDescription().cStr());
    else if (exception.getType() != kj::Exception::Type::DISCONNECTED) log::info("h{} ({}): {}", number_, origin_.text(), exception.getDescription().cStr());
    KJ_IF_MAYBE (open, response) {
      if (exception.getType() == kj::Exception::Type::DISCONNECTED) return kj::READY_NOW;
      Reply reply{*open, false, {}, false, {}, false};
      if (unreadable) return send(reply, failure(Error{ErrorCode::invalid_argument, "this is no request of HTTP: " + std::string(exception.getDescription().cStr()), {}}));
      return send(reply, failure(from_exception(exception)));
    }
    return kj::READY_NOW;
  }

  void refused(const std::string& why) {
    ++server_.shared_.counters.refused;
    log::warn("h{} ({}) is refused: {}", number_, origin_.text(), why);
  }

  static std::optional<std::string> smuggled(kj::HttpMethod method, const kj::HttpHeaders& headers) {
    const auto length = headers.get(kj::HttpHeaderId::CONTENT_LENGTH);
    const auto encoding = headers.get(kj::HttpHeaderId::TRANSFER_ENCODING);
    if (encoding != nullptr) return "a request with Transfer-Encoding is not taken; say Content-Length";
    KJ_IF_MAYBE (text, length) {
      if (text->size() == 0 || text->size() > 9 || !std::all_of(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; })) return "Content-Length is no number, or several";
      if (method == kj::HttpMethod::POST) return std::nullopt;
      if (*text != "0") return "a request that only reads has no body";
    } else if (method == kj::HttpMethod::POST) {
      return "a question needs its Content-Length";
    }
    return std::nullopt;
  }

  std::string allowed_origin(const kj::HttpHeaders& headers) const {
    KJ_IF_MAYBE (origin, headers.get(server_.headers_->origin)) {
      const std::string text(origin->begin(), origin->size());
      for (const std::string& one : server_.rules_.origins)
        if (one == "*" || one == text) return one == "*" ? "*" : text;
    }
    return {};
  }
  bool accepts_gzip(const kj::HttpHeaders& headers) const {
    KJ_IF_MAYBE (codings, headers.get(server_.headers_->accept_encoding)) {
      const std::string_view text(codings->begin(), codings->size());
      const std::size_t at = text.find("gzip");
      return at != std::string_view::npos && !text.substr(at).starts_with("gzip;q=0,") && text.substr(at) != "gzip;q=0";
    }
    return false;
  }

  Result<Holder> enter(const kj::HttpHeaders& headers) {
    KJ_IF_MAYBE (said, headers.get(server_.headers_->authorization)) {
      const std::string_view text(said->begin(), said->size());
      constexpr std::string_view kBearer = "Bearer ";
      if (!text.starts_with(kBearer)) return Error{ErrorCode::permission, "say who you are with 'Authorization: Bearer TOKEN'", {}};
      return server_.shared_.access.enter(origin_, text.substr(kBearer.size()));
    }
    if (server_.rules_.open) return Holder{Role::reader, "anybody", {}, {}};
    auto known = server_.shared_.access.enter(origin_, {});
    if (known || known.error().code != ErrorCode::permission) return known;
    return Error{ErrorCode::permission, "say who you are with 'Authorization: Bearer TOKEN'; the server's keeper makes one (`entente token create`)", {}};
  }
  // A wrong token is answered late, and later each time.
  kj::Promise<void> late_answer(Reply reply, const Error& error, bool tried) {
    HttpAnswer no = failure(error);
    no.status = 401;
    if (!tried) return send(reply, std::move(no));
    const auto wait = server_.shared_.access.wait_after_failure(origin_).count() * kj::MILLISECONDS;
    return server_.loop_.timer().afterDelay(wait).then([this, reply, no = std::move(no)]() mutable { return send(reply, std::move(no)); });
  }

  // `work() -> Result<HttpAnswer>` on a worker, within call_ms_max.
  template <class Work>
  kj::Promise<void> on_worker(Reply reply, Work work) {
    const auto ms = static_cast<std::int64_t>(server_.shared_.limits.call_ms_max);
    auto late = server_.loop_.timer().afterDelay(ms * kj::MILLISECONDS).then([ms]() -> Result<Prepared> {
      return Error{ErrorCode::cancelled, fmt::format("this took longer than {} ms and was stopped; ask for less at once", ms), {}};
    });
    return server_.shared_.workers
        .run(server_.loop_, strand_,
             [work = std::move(work), known = reply.known, gzip = reply.gzip](const Stop& /*stop*/) mutable -> Result<Prepared> {
               auto answer = work();
               return prepared(answer ? std::move(*answer) : failure(answer.error()), known, gzip);
             })
        .exclusiveJoin(kj::mv(late))
        .then([this, reply](Result<Prepared> ready) mutable {
          if (!ready) return send(reply, failure(ready.error()));
          reply.is_zipped = ready->zipped;
          return send(reply, std::move(ready->answer), ready->tag);
        });
  }

  struct Prepared {
    HttpAnswer answer;
    std::string tag;
    bool zipped = false;
  };
  static std::string tag_of(const HttpAnswer& answer, bool gzip) { return answer.recorded && answer.status == 200 ? fmt::format("\"r{}{}\"", answer.recorded->micros, gzip ? "-gz" : "") : std::string(); }
  static Prepared prepared(HttpAnswer answer, const std::string& known, bool gzip) {
    Prepared out{std::move(answer), {}, gzip && out.answer.body.size() >= kGzipFrom};
    out.zipped = gzip && out.answer.body.size() >= kGzipFrom;
    out.tag = tag_of(out.answer, out.zipped);
    if (!out.tag.empty() && known.find(out.tag) != std::string::npos) {
      out.answer.status = 304;
      out.answer.body.clear();
      out.zipped = false;
    } else if (out.zipped) {
      out.answer.body = zipped(out.answer.body);
    }
    return out;
  }

  kj::Promise<void> answer_on_worker(Reply reply, Asked asked, bool post) {
    return on_worker(reply, [&source = server_.source_, asked = std::move(asked), known = reply.known, post]() -> Result<HttpAnswer> {
      // What the client has is of this recorded time: nothing is worked out again.
      if (!known.empty() && !post && asked.one("since").empty() && asked.one("as_of").empty() && asked.one("cursor").empty()) {
        const auto view = source.view(std::nullopt);
        if (!view) return view.error();
        const auto recorded = (*view)->recorded();
        if (!recorded) return recorded.error();
        HttpAnswer same;
        same.recorded = *recorded;
        for (const bool gzip : {false, true})
          if (known.find(tag_of(same, gzip)) != std::string::npos) {
            same.status = 304;
            return same;
          }
      }
      return answer(source, asked, post);
    });
  }

  kj::Promise<void> ready(Reply reply) {
    if (server_.shared_.stopping) return send(reply, plain(503, "stopping\n"));
    return on_worker(reply, [&store = server_.shared_.store]() -> Result<HttpAnswer> {
      const auto view = store.snapshot();
      if (!view) return plain(503, view.error().to_text() + "\n");
      return plain(200, "ready\n");
    });
  }

  kj::Promise<void> metrics(Reply reply) {
    return on_worker(reply, [&shared = server_.shared_]() -> Result<HttpAnswer> {
      const auto figures = figures_of(shared);
      if (!figures) return figures.error();
      HttpAnswer out = plain(200, metrics_text(*figures) + shared.latencies.metrics_text("entente_call_seconds") + shared.told.metrics_text("entente_told_seconds"));
      out.type = "text/plain; version=0.0.4; charset=utf-8";
      return out;
    });
  }

  // Changes until the client goes. What was recorded together is told together, so that an id is a point to go on from.
  kj::Promise<void> watch(Reply reply, Asked asked, Holder holder) {
    if (const auto fields = check_fields(asked, watch_parameters()); !fields) return send(reply, failure(fields.error()));
    if (server_.draining_) return send(reply, failure(Error{ErrorCode::unavailable, "the server is stopping; connect again in a while", {}}));
    struct Opened {
      graph::TimelineQuery filter;
      RecordedTime from;
    };
    return server_.shared_.workers
        .run(server_.loop_, strand_,
             [&source = server_.source_, asked = std::move(asked)](const Stop& /*stop*/) -> Result<Opened> {
               const auto view = source.view(std::nullopt);
               if (!view) return view.error();
               auto filter = filter_of(**view, asked, true);
               if (!filter) return filter.error();
               auto from = (*view)->recorded();
               if (!from) return from.error();
               if (const std::string since = asked.one("since"); !since.empty()) {
                 const auto time = since.find_first_not_of("0123456789") == std::string::npos && since.size() < 19 ? std::optional(RecordedTime{std::stoll(since)}) : RecordedTime::parse(since);
                 if (!time) return Error{ErrorCode::invalid_argument, "'" + since + "' is no time to begin at", {}};
                 from = *time;
               }
               return Opened{std::move(*filter), *from};
             })
        .then([this, reply, holder = std::move(holder)](Result<Opened> opened) mutable -> kj::Promise<void> {
          if (!opened) return send(reply, failure(opened.error()));
          auto end = kj::newPromiseAndFulfiller<void>();
          auto watching = kj::heap<Watching>(server_, std::move(holder), kj::mv(end.fulfiller));
          kj::HttpHeaders headers = common_headers(reply);
          headers.set(kj::HttpHeaderId::CONTENT_TYPE, "text/event-stream; charset=utf-8");
          headers.set(server_.headers_->cache_control, "no-store");
          auto out = reply.response.send(200, "OK", headers);
          auto stream = kj::heap<ChangeStream>(server_.shared_, server_.loop_, server_.changes_.hold(), strand_, std::move(opened->filter), opened->from,
                                               [&out = *out, &shared = server_.shared_](const Told& told) { return tell(shared, out, told); });
          auto running = stream->run();
          // Nothing is answered behind it on this connection.
          close_ = true;
          return running.exclusiveJoin(stream_.whenWriteDisconnected()).exclusiveJoin(client_gone()).exclusiveJoin(kj::mv(end.promise)).attach(kj::mv(stream), kj::mv(out), kj::mv(watching), Counted(server_.shared_.counters.watches));
        });
  }
  // When it sends no more. What it does send behind its last request is read past.
  kj::Promise<void> client_gone() {
    return stream_.tryRead(behind_.begin(), 1, behind_.size()).then([this](std::size_t n) -> kj::Promise<void> {
      if (n == 0) return kj::READY_NOW;
      return client_gone();
    });
  }
  static kj::Promise<void> tell(Shared& shared, kj::AsyncOutputStream& out, const Told& told) {
    shared.counters.rows.fetch_add(told.changes.size(), std::memory_order_relaxed);
    std::string text = fmt::format("id: {}\nevent: {}\ndata: {{\"changes\":[", told.through.micros, told.changes.empty() ? "caught-up" : "changes");
    for (std::size_t i = 0; i < told.changes.size(); ++i) {
      if (i > 0) text += ',';
      text += change_json(*told.changes[i].second, told.changes[i].first);
    }
    text += fmt::format("],\"throughMicros\":\"{}\"}}\n\n", told.through.micros);
    auto kept = kj::heapString(text.data(), text.size());
    auto written = out.write(kept.begin(), kept.size());
    return written.attach(kj::mv(kept));
  }

  kj::HttpHeaders common_headers(const Reply& reply) const {
    const Headers& ids = *server_.headers_;
    kj::HttpHeaders headers(*ids.table);
    headers.set(ids.no_sniff, "nosniff");
    if (!reply.allowed_origin.empty()) {
      headers.set(ids.allow_origin, kj::heapString(reply.allowed_origin.data(), reply.allowed_origin.size()));
      headers.set(ids.expose_headers, "ETag");
    }
    headers.set(ids.vary, "Accept-Encoding, Origin");
    return headers;
  }

  kj::Promise<void> send_options(Reply reply) {
    const Headers& ids = *server_.headers_;
    kj::HttpHeaders headers = common_headers(reply);
    headers.set(ids.allow, "GET, HEAD, OPTIONS, POST");
    if (!reply.allowed_origin.empty()) {
      headers.set(ids.allow_methods, "GET, HEAD, POST");
      headers.set(ids.allow_headers, "Authorization, Content-Type, If-None-Match, Last-Event-ID");
    }
    reply.response.send(204, "No Content", headers, std::uint64_t{0});
    return kj::READY_NOW;
  }

  kj::Promise<void> send(Reply reply, HttpAnswer answer, const std::string& tag = {}) {
    const Headers& ids = *server_.headers_;
    if (answer.status >= 400) server_.shared_.counters.calls_failed.fetch_add(1, std::memory_order_relaxed);
    kj::HttpHeaders headers = common_headers(reply);
    headers.set(kj::HttpHeaderId::CONTENT_TYPE, kj::heapString(answer.type.data(), answer.type.size()));
    if (answer.status == 401) headers.set(ids.authenticate, "Bearer");
    if (answer.status == 405) headers.set(ids.allow, "GET, HEAD, OPTIONS, POST");
    if (!tag.empty()) headers.set(ids.etag, kj::heapString(tag.data(), tag.size()));
    headers.set(ids.cache_control, answer.for_ever && answer.status < 400 ? "private, max-age=31536000, immutable" : "no-cache");
    if (reply.is_zipped) headers.set(ids.content_encoding, "gzip");
    auto body = kj::heapString(answer.body.data(), answer.body.size());
    if (answer.status == 304) {
      reply.response.send(304, words_of(304), headers, std::uint64_t{0});
      return kj::READY_NOW;
    }
    auto out = reply.response.send(answer.status, words_of(answer.status), headers, std::uint64_t{body.size()});
    if (reply.head) return kj::READY_NOW;
    auto written = out->write(body.begin(), body.size());
    return written.attach(kj::mv(out), kj::mv(body));
  }

  HttpServer& server_;
  kj::AsyncIoStream& stream_;
  std::uint64_t number_;
  Origin origin_;
  bool close_ = false;
  std::array<kj::byte, 256> behind_{};
  kj::Own<kj::PromiseFulfiller<void>> closed_;
  std::shared_ptr<Workers::Strand> strand_ = Workers::strand(Workers::client());
  kj::HttpServer http_;
};

HttpServer::HttpServer(Shared& shared, Loop& loop, LoopChanges& changes, const HttpRules& rules, kj::TlsContext* tls)
    : shared_(shared),
      loop_(loop),
      changes_(changes),
      rules_(rules),
      tls_(tls),
      headers_(std::make_unique<Headers>()),
      tasks_(kj::heap<kj::TaskSet>(static_cast<kj::TaskSet::ErrorHandler&>(*this))) {
  source_.view = [&store = shared.store](std::optional<RecordedTime> as_of) { return store.snapshot(as_of); };
  source_.changes = [&store = shared.store](RecordedTime after, std::size_t max) { return store.changes(after, max); };
  source_.ask = [&shared](const std::string& question) {
    graph::query::EngineOptions options;
    options.rows_max = shared.limits.rows_max;
    options.deadline_ms_max = static_cast<std::uint32_t>(shared.limits.call_ms_max);
    graph::query::Engine engine([&shared](std::optional<RecordedTime> as_of) { return shared.store.snapshot(as_of); }, shared.graphs, options);
    return graph::query::answer_line(engine, question, 0);
  };
  source_.rows_max = shared.limits.rows_max;
}

HttpServer::~HttpServer() = default;

void HttpServer::adopt(Arrival arrival) {
  const std::uint64_t number = arrival.number;
  const Origin& origin = arrival.origin;
  constexpr unsigned kFlags = kj::LowLevelAsyncIoProvider::TAKE_OWNERSHIP | kj::LowLevelAsyncIoProvider::ALREADY_CLOEXEC |
                              kj::LowLevelAsyncIoProvider::ALREADY_NONBLOCK;
  // A watcher that is gone without a word is noticed by the system.
  const int on = 1;
  ::setsockopt(arrival.socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
  auto stream = loop_.io().lowLevelProvider->wrapSocketFd(arrival.socket, kFlags);
  kj::Promise<void> served = nullptr;
  if (tls_ != nullptr && !origin.unix_socket) {
    const auto ms = static_cast<std::int64_t>(shared_.limits.unproven_ms_max);
    served = loop_.timer().timeoutAfter(ms * kj::MILLISECONDS, tls_->wrapServer(kj::mv(stream)))
                 .then([this, number, origin](kj::Own<kj::AsyncIoStream> inner) { return serve(kj::mv(inner), number, origin); },
                       [this, number, origin](kj::Exception&& exception) {
                         ++shared_.counters.refused;
                         log::warn("h{} ({}) is refused: no TLS could be agreed on: {}", number, origin.text(), exception.getDescription().cStr());
                       });
  } else {
    served = serve(kj::mv(stream), number, std::move(arrival.origin));
  }
  tasks_->add(served.attach(kj::mv(arrival.counted)));
}

kj::Promise<void> HttpServer::serve(kj::Own<kj::AsyncIoStream> stream, std::uint64_t number, Origin origin) {
  auto client = kj::heap<Client>(*this, *stream, number, std::move(origin));
  auto listening = client->listen(kj::mv(stream));
  return listening.attach(kj::mv(client));
}

kj::Promise<void> HttpServer::drain() {
  draining_ = true;
  auto paf = kj::newPromiseAndFulfiller<void>();
  const bool quiet = answering_ == 0;
  if (quiet) paf.fulfiller->fulfill();
  drained_ = kj::mv(paf.fulfiller);
  for (Watching* const one : watching_) one->end();
  const auto ms = static_cast<std::int64_t>(shared_.limits.drain_ms_max);
  // The ends of the last answers are still to go out.
  auto ended = paf.promise.then([this, quiet]() -> kj::Promise<void> {
    if (quiet) return kj::READY_NOW;
    return loop_.timer().afterDelay(kLastAnswer);
  });
  return ended.exclusiveJoin(loop_.timer().afterDelay(ms * kj::MILLISECONDS)).then([this]() {
    drained_ = nullptr;
    tasks_ = kj::heap<kj::TaskSet>(static_cast<kj::TaskSet::ErrorHandler&>(*this));
  });
}

void HttpServer::look_at_tokens() {
  for (Watching* const one : watching_) {
    if (const auto still = shared_.access.still(one->holder()); !still) {
      log::warn("a stream of changes of {} is ended: {}", one->holder().name, still.error().message);
      one->end();
    }
  }
}

void HttpServer::taskFailed(kj::Exception&& exception) { log::debug("a connection of the HTTP gate ended: {}", exception.getDescription().cStr()); }

}  // namespace entente::rpc
