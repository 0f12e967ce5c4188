// A desk that pulls in the same process: a store in memory or on disk, a clock that can be set forward, and pages of
// our own wording.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "importers/sources/config.h"
#include "importers/sources/health.h"
#include "importers/sources/pull.h"
#include "storage/store.h"
#include "tests/apps/program.h"

namespace entente::test {

// The time of the machine, and as much more as a test says.
class ShiftedClock final : public Clock {
 public:
  RecordedTime now() override { return {system_.now().micros + shift_micros}; }
  std::int64_t shift_micros = 0;
  void forward_days(double days) { shift_micros += static_cast<std::int64_t>(days * 86'400e6); }

 private:
  SystemClock system_;
};

class Desk {
 public:
  // `yaml` is what sources.yaml says below its contact; pulling is not polite to loopback unless it says so.
  explicit Desk(std::string yaml);

  // Every source that is described. Fails the test when the configuration is off, or the store fails.
  std::vector<importers::PullReport> pull_all(importers::PullOptions options = {});
  // The first of them.
  importers::PullReport pull(importers::PullOptions options = {}) { return pull_all(std::move(options)).front(); }
  void describe(std::string yaml) { yaml_ = std::move(yaml); }

  graph::StoreCounts counts();
  // Of the page at this address: what is remembered.
  std::optional<importers::PageState> page(const std::string& source, const std::string& url);
  std::optional<graph::Release> release(const std::string& source, const std::string& url);
  importers::Health health(const std::string& source);
  storage::Store& store() { return *store_; }

  ShiftedClock clock;
  importers::Traffic traffic;  // of the last pull

 private:
  std::string yaml_;
  std::unique_ptr<storage::Store> store_;
};

// What every source of a test says: loopback is allowed, nothing is waited for.
inline constexpr const char* kQuick =
    "defaults: {delay: 0, robots: ignore, private_addresses: true, connections: 4, retry_wait: 1ms, retries: 2, time: "
    "60s}\n";

// A release as a page: two ministers meet on a day. `n` tells them apart; n from 1.
std::string release_page(int n, const std::string& extra = "");
std::string title_of(int n);
std::string day_of(int n);  // "2023-03-14"
// Items with links to pages 1 to `count` under `base`.
std::string rss_of(const std::string& base, int count, int from = 1);

const importers::TextLine& text_line();

}  // namespace entente::test
