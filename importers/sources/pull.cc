#include "importers/sources/pull.h"

#include <algorithm>
#include <utility>

#include "importers/sources/run.h"

namespace entente::importers {
namespace {

// Sources at work at the same time; each keeps what is remembered of it in memory.
constexpr std::size_t kRunsMax = 64;
constexpr std::int64_t kWaitMs = 1000;

class StoredRobots final : public RobotsCache {
 public:
  explicit StoredRobots(graph::SourceStates& states) : states_(states) {}

  std::optional<Entry> find(const std::string& origin) override {
    const auto found = states_.find_state(kRobotsStates, origin);
    // A cache that cannot be read is as an empty one: the file is asked for.
    if (!found || !*found) return std::nullopt;
    const auto end = (*found)->find('\n');
    const auto time = end == std::string::npos ? std::nullopt : RecordedTime::parse((*found)->substr(0, end));
    return time ? std::optional(Entry{*time, (*found)->substr(end + 1)}) : std::nullopt;
  }
  void put(const std::string& origin, const Entry& entry) override {
    const graph::StateRow row{kRobotsStates, origin, entry.fetched.to_text() + "\n" + entry.text};
    ignore(states_.put_states({&row, 1}), "a cache that cannot be written costs a request tomorrow");
  }

 private:
  graph::SourceStates& states_;
};

std::unique_ptr<SourceRun> make_run(std::size_t number, const SourceConfig& source, Shared& shared) {
  switch (source.kind) {
    case SourceKind::folder:
    case SourceKind::maildir:
      return make_file_run(number, source, shared);
    case SourceKind::warc:
      return make_archive_run(number, source, shared);
    case SourceKind::table:
      return make_table_run(number, source, shared);
    default:
      return make_network_run(number, source, shared);
  }
}

}  // namespace

std::string_view to_string(PullStatus status) {
  switch (status) {
    case PullStatus::well:
      return "well";
    case PullStatus::partly:
      return "partly";
    case PullStatus::failed:
      return "failed";
    case PullStatus::held:
      return "held";
  }
  return "?";
}

class Pull::Engine {
 public:
  Engine(Parts parts, PullOptions options) : shared_{std::move(parts), std::move(options), nullptr} {}

  Result<std::vector<PullReport>> run(const std::vector<const SourceConfig*>& sources,
                                      const std::function<void(const PullProgress&)>& progress,
                                      const std::function<void(const PullReport&)>& finished) {
    runs_.resize(sources.size());
    std::vector<PullReport> reports(sources.size());
    std::size_t next = 0;
    std::size_t done = 0;
    std::uint64_t pages_done = 0;  // of sources that are done
    std::uint64_t pages_found = 0;
    while (done < sources.size()) {
      for (; next < sources.size() && next - done < kRunsMax; ++next) {
        runs_[next] = make_run(next, *sources[next], shared_);
        if (auto started = runs_[next]->start(); !started) return started.error();
      }
      PullProgress at{pages_done, pages_found, done, sources.size()};
      for (std::size_t i = 0; i < next; ++i) {
        if (!runs_[i]) continue;
        SourceRun& run = *runs_[i];
        if (!run.is_done())
          if (auto fed = run.feed(); !fed) return fed.error();
        at.done += run.done;
        at.found += run.report.found;
        if (!run.is_done()) continue;
        if (auto ended = run.finish(); !ended) return ended.error();
        if (finished) finished(run.report);
        pages_done += run.done;
        pages_found += run.report.found;
        reports[i] = std::move(run.report);
        runs_[i].reset();
        ++done;
      }
      if (progress) progress(at);
      if (auto taken = take_read(); !taken) return taken.error();
    }
    return reports;
  }

 private:
  // Takes what the readers have, and lets the network go on; waits when there is neither.
  Result<void> take_read() {
    bool any = false;
    if (shared_.readers) {
      for (WasRead& read : shared_.readers->take()) {
        any = true;
        if (auto taken = runs_[read.run]->take(read.key, read.reading); !taken) return taken;
      }
    }
    const bool at_work =
        std::any_of(runs_.begin(), runs_.end(), [](const auto& run) { return run && !run->is_done(); });
    shared_.parts.fetcher->step(any || !at_work ? 0 : kWaitMs);
    return {};
  }

  Shared shared_;
  std::vector<std::unique_ptr<SourceRun>> runs_;
};

Pull::Pull(Parts parts, PullOptions options)
    : engine_(std::make_unique<Engine>(std::move(parts), std::move(options))) {}
Pull::~Pull() = default;

Result<std::vector<PullReport>> Pull::run(const std::vector<const SourceConfig*>& sources,
                                          const std::function<void(const PullProgress&)>& progress,
                                          const std::function<void(const PullReport&)>& finished) {
  return engine_->run(sources, progress, finished);
}

std::unique_ptr<RobotsCache> robots_in(graph::SourceStates& states) { return std::make_unique<StoredRobots>(states); }

}  // namespace entente::importers
