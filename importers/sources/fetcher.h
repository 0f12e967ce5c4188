// Fetches pages over HTTP and HTTPS, many at once and politely: robots.txt, a rate and a number of connections for each
// host, waits between tries, bounds on everything a server can choose. One thread; nothing waits but step().
//
// Addresses that are somebody's own are refused when a connection is about to be made, so after DNS and after
// redirects, unless the request says otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "importers/sources/robots.h"

namespace entente::importers {

// How a host is to be treated, and what is taken from it at most.
struct Manners {
  std::int64_t delay_ms = 1000;  // from the start of one request to that of the next; robots.txt may ask for more
  int connections = 2;           // at the same time to one host
  bool robots = true;            // whether robots.txt is asked and followed
  bool private_addresses = false;
  std::size_t bytes_max = 16U << 20U;  // of the body, decompressed
  std::int64_t time_ms = 60'000;       // for one request
  int redirects_max = 5;
  int retries_max = 3;
  std::int64_t retry_wait_ms = 2000;          // before the second try; doubled for each further one, give or take half
  std::int64_t retry_after_ms_max = 120'000;  // a server that asks for more is left alone for this run
};

struct Fetch {
  std::string url;
  std::string etag;           // of the copy at hand; empty when there is none
  std::string last_modified;  // likewise
  Manners manners;
};

struct Fetched {
  int status = 0;   // as the last server answered: 200, 304, 404, 410 ...
  std::string url;  // where the answer came from, after redirects
  std::string body;
  std::string content_type;
  std::string etag;
  std::string last_modified;

  bool ok() const { return status >= 200 && status < 300; }
  bool not_modified() const { return status == 304; }
  bool gone() const { return status == 404 || status == 410; }
};

// Given once for each fetch. Fails with
//   permission    robots.txt forbids it, or the address is somebody's own
//   too_large     longer than the bound
//   unavailable   after all tries: no connection, cut off, too slow, 429, 5xx; worth another run
//   invalid_argument  no http address, or too many redirects
//   cancelled     the fetcher went away
using WhenFetched = std::function<void(Result<Fetched>)>;

// What a run did over the network.
struct Traffic {
  std::uint64_t requests = 0;
  std::uint64_t not_modified = 0;
  std::uint64_t retries = 0;
  std::uint64_t bytes = 0;  // of bodies, as they came over the wire
};

// Where robots.txt is kept between runs, for a day as RFC 9309 has it.
class RobotsCache {
 public:
  struct Entry {
    RecordedTime fetched;
    std::string text;
  };
  virtual ~RobotsCache() = default;
  virtual std::optional<Entry> find(const std::string& origin) = 0;
  virtual void put(const std::string& origin, const Entry& entry) = 0;
};

struct FetcherOptions {
  std::string agent = {};    // "entente/0.1 (+mailto:desk@example.org)": its first word is what robots.txt calls us
  std::string ca_file = {};  // certificates to trust instead of the system's; empty: the system's
  int connections_max = 64;
  std::uint64_t seed = 1;  // of the jitter
};

class Fetcher {
 public:
  // The clock outlives the fetcher; so does the cache, which may be null.
  Fetcher(const FetcherOptions& options, Clock& clock, RobotsCache* robots);
  // What is on its way is let go of; nobody is called.
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // `done` is called from step(), and may fetch more.
  void fetch(Fetch fetch, WhenFetched done);
  // What robots.txt at this page's origin says; asked for if need be. Absent when it cannot be had.
  void robots(const std::string& url, const Manners& manners, std::function<void(std::optional<Robots>)> done);
  // Goes on with what can go on; waits at most so long for something to happen. From one thread.
  void step(std::int64_t wait_ms);
  // Ends the wait of a step() from another thread.
  void wake();
  // Everything asked for was answered.
  bool idle() const;
  const Traffic& traffic() const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

// How long to wait before try number `retry` (from 1): grows twofold, between half and one and a half of that.
// `chance` is from [0, 1).
std::int64_t retry_wait_ms(const Manners& manners, int retry, double chance);
// The value of Retry-After, seconds or a date; absent for anything else.
std::optional<std::int64_t> retry_after_ms(const std::string& value, RecordedTime now);

}  // namespace entente::importers
