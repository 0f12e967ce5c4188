#include "importers/sources/fetcher.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>
#include <random>
#include <utility>

#include "base/ascii.h"
#include "base/check.h"
#include "importers/sources/addresses.h"
#include "importers/sources/url.h"

namespace entente::importers {
namespace {

constexpr std::size_t kHeaderBytesMax = 256U << 10U;
constexpr std::int64_t kConnectMs = 20'000;
constexpr std::int64_t kMicrosInMs = 1000;
constexpr std::int64_t kRobotsMicros = 24LL * 3600 * 1'000'000;
constexpr int kFailuresInARowMax = 5;  // after that a host is left alone for the run
constexpr std::int64_t kRetryWaitMsMax = 300'000;

// Time that only goes forward, however the clock is set.
class Forward {
 public:
  explicit Forward(Clock& clock) : clock_(clock) {}
  std::int64_t ms() {
    const std::int64_t now = clock_.now().micros;
    if (now < last_) lost_ += last_ - now;
    last_ = now;
    return (now + lost_) / kMicrosInMs;
  }

 private:
  Clock& clock_;
  std::int64_t last_ = 0;
  std::int64_t lost_ = 0;
};

bool is_transient(int status) {
  return status == 408 || status == 425 || status == 429 || status == 500 || status == 502 || status == 503 ||
         status == 504 || (status >= 520 && status <= 530);
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_header(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = line[i] >= 'A' && line[i] <= 'Z' ? static_cast<char>(line[i] + ('a' - 'A')) : line[i];
    if (c != name[i]) return false;
  }
  return true;
}

}  // namespace

std::int64_t retry_wait_ms(const Manners& manners, int retry, double chance) {
  std::int64_t wait = manners.retry_wait_ms;
  for (int i = 1; i < retry && wait < kRetryWaitMsMax; ++i) wait *= 2;
  wait = std::min(wait, kRetryWaitMsMax);
  return wait / 2 + static_cast<std::int64_t>(static_cast<double>(wait) * chance);
}

std::optional<std::int64_t> retry_after_ms(const std::string& value, RecordedTime now) {
  const std::string_view text = ascii_trimmed(value);
  if (text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc{} && end == text.data() + text.size())
    return seconds < 0 ? std::nullopt : std::optional(std::min<std::int64_t>(seconds, 1'000'000'000) * 1000);
  const time_t then = curl_getdate(std::string(text).c_str(), nullptr);
  if (then == -1) return std::nullopt;
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(then) * 1000 - now.micros / kMicrosInMs);
}

class Fetcher::Engine {
 public:
  Engine(const FetcherOptions& options, Clock& clock, RobotsCache* cache)
      : options_(options), clock_(clock), time_(clock), cache_(cache), random_(options.seed) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi_ = curl_multi_init();
    ENTENTE_CHECK(multi_ != nullptr, "libcurl cannot be started");
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(options.connections_max));
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(options.connections_max * 2));
  }

  ~Engine() {
    for (auto& [easy, job] : running_) {
      curl_multi_remove_handle(multi_, easy);
      curl_slist_free_all(job->headers);
      curl_easy_cleanup(easy);
    }
    for (CURL* const easy : spare_) curl_easy_cleanup(easy);
    curl_multi_cleanup(multi_);
  }

  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void fetch(Fetch fetch, WhenFetched done) {
    auto job = std::make_unique<Job>();
    job->fetch = std::move(fetch);
    job->done = std::move(done);
    const auto url = parse_url(job->fetch.url);
    if (!url) return fail(std::move(job), ErrorCode::invalid_argument, "is no address of a page (http or https)");
    job->url = *url;
    enter(std::move(job));
  }

  void robots(const std::string& text, const Manners& manners, std::function<void(std::optional<Robots>)> done) {
    const auto url = parse_url(text);
    if (!url) return done(std::nullopt);
    Origin& origin = origin_of(*url);
    origin.askers.push_back(std::move(done));
    ++open_;
    if (origin.state == Origin::State::known || origin.state == Origin::State::out_of_reach) {
      settled_.push_back(&origin);
      return;
    }
    ask_robots(*url, origin, manners);
  }

  void step(std::int64_t wait_ms) {
    give_failures();
    settle();
    start_due(wait_ms);
    if (!failed_.empty()) wait_ms = 0;
    int running = 0;
    curl_multi_perform(multi_, &running);
    if (!take_finished() && wait_ms > 0) {
      curl_multi_poll(multi_, nullptr, 0, static_cast<int>(std::min<std::int64_t>(wait_ms, 60'000)), nullptr);
      curl_multi_perform(multi_, &running);
      take_finished();
    }
    settle();
    give_failures();
  }

  void wake() { curl_multi_wakeup(multi_); }
  bool idle() const { return open_ == 0; }
  const Traffic& traffic() const { return traffic_; }

 private:
  struct Job {
    Fetch fetch;
    WhenFetched done;
    Url url;  // where it is fetched from now
    int redirects = 0;
    int retries = 0;
    bool is_robots = false;
    std::int64_t not_before_ms = 0;

    curl_slist* headers = nullptr;
    Engine* engine = nullptr;
    Fetched answer;
    std::string location;
    std::string retry_after;
    std::size_t header_bytes = 0;
    bool over_long = false;
    std::string refused;  // the private address that was about to be connected to
  };
  using JobPtr = std::unique_ptr<Job>;

  // What a rate and a number of connections are kept for.
  struct Host {
    std::deque<JobPtr> waiting;
    int active = 0;
    std::int64_t next_ms = 0;
    int failures = 0;          // in a row
    std::string left_alone;    // why, once it is
    bool has_private = false;  // a connection was made to an address of its own
  };

  // What robots.txt speaks for.
  struct Origin {
    enum class State { unknown, asked, known, out_of_reach } state = State::unknown;
    Robots robots;
    std::string trouble;
    std::vector<JobPtr> waiting;
    std::vector<std::function<void(std::optional<Robots>)>> askers;
  };

  Origin& origin_of(const Url& url) { return origins_[url.origin()]; }

  // A new job, or one sent on to another page: past robots.txt into the queue of its host.
  void enter(JobPtr job) {
    if (job->redirects == 0 && job->retries == 0) ++open_;
    queue(std::move(job));
  }

  void queue(JobPtr job) {
    if (job->is_robots || !job->fetch.manners.robots) return queue_at_host(std::move(job));
    Origin& origin = origin_of(job->url);
    switch (origin.state) {
      case Origin::State::known:
        return queue_if_allowed(std::move(job), origin);
      case Origin::State::out_of_reach:
        return fail_open(std::move(job), ErrorCode::unavailable,
                         "is not fetched, since robots.txt of its host cannot be had (" + origin.trouble + ")");
      default:
        break;
    }
    const Url url = job->url;
    const Manners manners = job->fetch.manners;
    origin.waiting.push_back(std::move(job));
    ask_robots(url, origin, manners);
  }

  void queue_if_allowed(JobPtr job, const Origin& origin) {
    if (!origin.robots.allows(job->url.path_and_query()))
      return fail_open(std::move(job), ErrorCode::permission, "is not to be fetched by programs: robots.txt says so");
    queue_at_host(std::move(job));
  }

  void queue_at_host(JobPtr job) {
    Host& host = hosts_[job->url.host_and_port()];
    if (!host.left_alone.empty()) return fail_open(std::move(job), ErrorCode::unavailable, host.left_alone);
    host.waiting.push_back(std::move(job));
  }

  void ask_robots(const Url& page, Origin& origin, const Manners& manners) {
    if (origin.state != Origin::State::unknown) return;
    origin.state = Origin::State::asked;
    if (cache_ != nullptr) {
      const auto kept = cache_->find(page.origin());
      const std::int64_t age = kept ? clock_.now().micros - kept->fetched.micros : kRobotsMicros;
      if (kept && age >= 0 && age < kRobotsMicros) {
        origin.robots = parse_robots(kept->text, options_.agent);
        origin.state = Origin::State::known;
        settled_.push_back(&origin);
        return;
      }
    }
    auto job = std::make_unique<Job>();
    job->is_robots = true;
    job->fetch.manners = manners;
    job->fetch.manners.bytes_max = kRobotsBytesMax;
    job->url = page;
    job->url.path = "/robots.txt";
    job->url.query.clear();
    job->fetch.url = job->url.to_text();
    job->done = [this, &origin, name = page.origin()](Result<Fetched> got) { take_robots(origin, name, got); };
    ++open_;
    // It goes first, before pages that wait at the same host.
    Host& host = hosts_[job->url.host_and_port()];
    if (!host.left_alone.empty()) return fail_open(std::move(job), ErrorCode::unavailable, host.left_alone);
    host.waiting.push_front(std::move(job));
  }

  // RFC 9309, 2.3.1: a client error means that there is none and all is allowed; anything else that failed means that
  // nothing is, for now. One that is too long counts as far as it was read.
  void take_robots(Origin& origin, const std::string& name, const Result<Fetched>& got) {
    const bool none = got.ok() && got->status >= 400 && got->status < 500;
    const bool cut = !got.ok() && got.error().code == ErrorCode::too_large;
    if ((got.ok() && got->ok()) || none || cut) {
      const std::string text = got.ok() && got->ok() ? got->body : cut ? cut_robots_ : std::string();
      origin.robots = parse_robots(text, options_.agent);
      origin.state = Origin::State::known;
      if (cache_ != nullptr) cache_->put(name, {clock_.now(), text});
    } else {
      origin.state = Origin::State::out_of_reach;
      origin.trouble = got.ok() ? fmt::format("status {}", got->status) : got.error().message;
    }
    settled_.push_back(&origin);
  }

  void settle() {
    while (!settled_.empty()) {
      Origin* const origin = settled_.back();
      settled_.pop_back();
      for (JobPtr& job : std::exchange(origin->waiting, {})) queue(std::move(job));
      for (auto& asker : std::exchange(origin->askers, {})) {
        --open_;
        asker(origin->state == Origin::State::known ? std::optional(origin->robots) : std::nullopt);
      }
    }
  }

  // Starts what may start; shortens the wait to when the next one may.
  void start_due(std::int64_t& wait_ms) {
    const std::int64_t now = time_.ms();
    for (auto& [name, host] : hosts_) {
      while (!host.waiting.empty() && running_.size() < static_cast<std::size_t>(options_.connections_max)) {
        // The first that may go, so that one that waits for its next try holds up nobody.
        const auto next = std::find_if(host.waiting.begin(), host.waiting.end(),
                                       [&](const JobPtr& job) { return job->not_before_ms <= now; });
        const auto& first = next != host.waiting.end() ? *next : host.waiting.front();
        if (host.active >= std::max(1, first->fetch.manners.connections)) break;
        const std::int64_t due =
            next != host.waiting.end() ? host.next_ms : std::max(host.next_ms, soonest(host.waiting));
        if (due > now) {
          wait_ms = std::min(wait_ms, due - now);
          break;
        }
        JobPtr job = std::move(*next);
        host.waiting.erase(next);
        host.next_ms = now + delay_ms(*job);
        start(std::move(job), host);
      }
    }
  }

  static std::int64_t soonest(const std::deque<JobPtr>& jobs) {
    std::int64_t out = jobs.front()->not_before_ms;
    for (const JobPtr& job : jobs) out = std::min(out, job->not_before_ms);
    return out;
  }

  std::int64_t delay_ms(const Job& job) {
    const std::int64_t own = job.fetch.manners.delay_ms;
    if (!job.fetch.manners.robots) return own;
    const Origin& origin = origin_of(job.url);
    return std::max(own, origin.robots.crawl_delay_ms.value_or(0));
  }

  void start(JobPtr job, Host& host) {
    CURL* easy = nullptr;
    if (spare_.empty()) {
      easy = curl_easy_init();
      ENTENTE_CHECK(easy != nullptr, "libcurl has no handle left");
    } else {
      easy = spare_.back();
      spare_.pop_back();
    }
    job->engine = this;
    job->answer = {};
    job->location.clear();
    job->retry_after.clear();
    job->header_bytes = 0;
    job->over_long = false;
    job->refused.clear();
    set_up(easy, *job, host);
    ++host.active;
    ++traffic_.requests;
    running_[easy] = std::move(job);
    curl_multi_add_handle(multi_, easy);
  }

  void set_up(CURL* easy, Job& job, const Host& host) {
    const Manners& manners = job.fetch.manners;
    curl_easy_setopt(easy, CURLOPT_URL, job.url.to_text().c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.agent.c_str());
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(manners.time_ms));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(kConnectMs, manners.time_ms)));
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 128L << 10U);
    if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
    // A connection that another source was allowed to make is not for this one.
    if (host.has_private && !manners.private_addresses) curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    if (!job.fetch.etag.empty()) add_header(job, "If-None-Match: " + job.fetch.etag);
    if (!job.fetch.last_modified.empty()) add_header(job, "If-Modified-Since: " + job.fetch.last_modified);
    if (job.headers != nullptr) curl_easy_setopt(easy, CURLOPT_HTTPHEADER, job.headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Engine::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &job);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Engine::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &job);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Engine::on_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &job);
  }

  static void add_header(Job& job, const std::string& line) {
    // A line end in what a server once sent must not begin a header of ours.
    if (line.find_first_of("\r\n") != std::string::npos) return;
    job.headers = curl_slist_append(job.headers, line.c_str());
  }

  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* data) {
    Job& job = *static_cast<Job*>(data);
    const std::size_t length = size * count;
    std::string& body = job.answer.body;
    const std::size_t room = job.fetch.manners.bytes_max - std::min(job.fetch.manners.bytes_max, body.size());
    body.append(bytes, std::min(length, room));
    if (length <= room) return length;
    job.over_long = true;
    return 0;
  }

  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* data) {
    Job& job = *static_cast<Job*>(data);
    const std::size_t length = size * count;
    job.header_bytes += length;
    if (job.header_bytes > kHeaderBytesMax) {
      job.over_long = true;
      return 0;
    }
    const std::string_view line(bytes, length);
    const auto take = [&](std::string_view name, std::string& into) {
      if (is_header(line, name)) into = ascii_trimmed(line.substr(name.size() + 1));
    };
    take("content-type", job.answer.content_type);
    take("etag", job.answer.etag);
    take("last-modified", job.answer.last_modified);
    take("location", job.location);
    take("retry-after", job.retry_after);
    return length;
  }

  static curl_socket_t on_socket(void* data, curlsocktype /*purpose*/, curl_sockaddr* address) {
    Job& job = *static_cast<Job*>(data);
    if (is_private_address(address->addr)) {
      if (!job.fetch.manners.private_addresses) {
        job.refused = address_text(address->addr);
        return CURL_SOCKET_BAD;
      }
      job.engine->hosts_[job.url.host_and_port()].has_private = true;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  // Whether there was any.
  bool take_finished() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* const easy = message->easy_handle;
      const CURLcode code = message->data.result;
      curl_multi_remove_handle(multi_, easy);
      const auto found = running_.find(easy);
      JobPtr job = std::move(found->second);
      running_.erase(found);
      note_transfer(easy, *job);
      curl_slist_free_all(job->headers);
      job->headers = nullptr;
      curl_easy_reset(easy);
      spare_.push_back(easy);
      Host& host = hosts_[job->url.host_and_port()];
      --host.active;
      finish(std::move(job), code, host);
      any = true;
    }
    return any;
  }

  void note_transfer(CURL* easy, Job& job) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    job.answer.status = static_cast<int>(status);
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    traffic_.bytes += static_cast<std::uint64_t>(bytes);
    const char* address = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    if (address != nullptr && *address != '\0' && !job.fetch.manners.private_addresses && is_private_address(address))
      job.refused = address;
  }

  void finish(JobPtr job, CURLcode code, Host& host) {
    if (!job->refused.empty())
      return fail_open(std::move(job), ErrorCode::permission,
                       fmt::format("leads to {}, an address inside a network; write private_addresses: true into the "
                                   "source if it is yours",
                                   job->refused));
    if (job->over_long) {
      if (job->is_robots) cut_robots_ = job->answer.body;
      return fail_open(std::move(job), ErrorCode::too_large,
                       fmt::format("is longer than {} bytes, the most that is taken", job->fetch.manners.bytes_max));
    }
    if (code != CURLE_OK) return try_again(std::move(job), curl_easy_strerror(code), host);
    if (is_transient(job->answer.status))
      return try_again(std::move(job), fmt::format("the server answered {}", job->answer.status), host);
    host.failures = 0;
    if (job->answer.not_modified()) ++traffic_.not_modified;
    if (is_redirect(job->answer.status) && !job->location.empty()) return go_on(std::move(job));
    job->answer.url = job->url.to_text();
    --open_;
    job->done(std::move(job->answer));
  }

  void go_on(JobPtr job) {
    const auto next = resolve_url(job->url, job->location);
    if (!next)
      return fail_open(std::move(job), ErrorCode::invalid_argument,
                       fmt::format("leads to '{:.200}', which is no page", job->location));
    if (++job->redirects > job->fetch.manners.redirects_max)
      return fail_open(std::move(job), ErrorCode::invalid_argument,
                       fmt::format("leads on more than {} times; the last time to {:.200}",
                                   job->fetch.manners.redirects_max, next->to_text()));
    job->url = *next;
    job->not_before_ms = 0;
    queue(std::move(job));
  }

  void try_again(JobPtr job, const std::string& why, Host& host) {
    const auto asked = retry_after_ms(job->retry_after, clock_.now());
    if (asked && *asked > job->fetch.manners.retry_after_ms_max) {
      leave_alone(host, fmt::format("is left alone for now: its host asks to come back in {} s", *asked / 1000));
      return fail_open(std::move(job), ErrorCode::unavailable, host.left_alone);
    }
    if (job->retries >= job->fetch.manners.retries_max) {
      const std::string text = fmt::format("cannot be had after {} tries: {}", job->retries + 1, why);
      if (++host.failures >= kFailuresInARowMax)
        leave_alone(host,
                    fmt::format("is left alone for now: {} pages of its host failed in a row, the last because {}",
                                host.failures, why));
      return fail_open(std::move(job), ErrorCode::unavailable, text);
    }
    ++job->retries;
    ++traffic_.retries;
    const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
    const std::int64_t wait = asked.value_or(retry_wait_ms(job->fetch.manners, job->retries, chance));
    const std::int64_t due = time_.ms() + wait;
    job->not_before_ms = due;
    // What a server asks for holds for all of its pages.
    if (asked) host.next_ms = std::max(host.next_ms, due);
    if (!host.left_alone.empty()) return fail_open(std::move(job), ErrorCode::unavailable, host.left_alone);
    if (job->is_robots)
      host.waiting.push_front(std::move(job));
    else
      host.waiting.push_back(std::move(job));
  }

  void leave_alone(Host& host, const std::string& why) {
    host.left_alone = why;
    for (JobPtr& job : std::exchange(host.waiting, {})) fail_open(std::move(job), ErrorCode::unavailable, why);
  }

  // Told from the next step on, never from within fetch().
  void fail(JobPtr job, ErrorCode code, const std::string& what) {
    ++open_;
    fail_open(std::move(job), code, what);
  }
  void fail_open(JobPtr job, ErrorCode code, const std::string& what) {
    const std::string via = job->redirects > 0 ? fmt::format(" (by way of {:.300})", job->url.to_text()) : "";
    Error error{code, fmt::format("{:.400}{} {}", job->fetch.url, via, what), {}};
    failed_.emplace_back(std::move(job), std::move(error));
  }
  void give_failures() {
    while (!failed_.empty()) {
      auto [job, error] = std::move(failed_.front());
      failed_.pop_front();
      --open_;
      job->done(std::move(error));
    }
  }

  FetcherOptions options_;
  Clock& clock_;
  Forward time_;
  RobotsCache* cache_;
  std::mt19937_64 random_;
  CURLM* multi_ = nullptr;
  std::vector<CURL*> spare_;
  std::map<CURL*, JobPtr> running_;
  std::map<std::string, Host> hosts_;
  std::map<std::string, Origin> origins_;
  std::vector<Origin*> settled_;
  std::deque<std::pair<JobPtr, Error>> failed_;
  std::string cut_robots_;
  std::size_t open_ = 0;
  Traffic traffic_;
};

Fetcher::Fetcher(const FetcherOptions& options, Clock& clock, RobotsCache* robots)
    : engine_(std::make_unique<Engine>(options, clock, robots)) {}
Fetcher::~Fetcher() = default;
void Fetcher::fetch(Fetch fetch, WhenFetched done) { engine_->fetch(std::move(fetch), std::move(done)); }
void Fetcher::robots(const std::string& url, const Manners& manners, std::function<void(std::optional<Robots>)> done) {
  engine_->robots(url, manners, std::move(done));
}
void Fetcher::step(std::int64_t wait_ms) { engine_->step(wait_ms); }
void Fetcher::wake() { engine_->wake(); }
bool Fetcher::idle() const { return engine_->idle(); }
const Traffic& Fetcher::traffic() const { return engine_->traffic(); }

}  // namespace entente::importers
