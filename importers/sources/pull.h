// Brings in what is new of each source: lists are asked for, pages that are new or have changed are fetched, read, and
// recorded with where that leaves the source, in one step each. Killed at any moment, the next run goes on from there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "graph/view/source_state.h"
#include "importers/line.h"
#include "importers/sources/fetcher.h"
#include "importers/sources/source.h"

namespace entente::importers {

enum class PullStatus : std::uint8_t {
  well,    // the list was read, and every page that was to be read was fetched
  partly,  // the list was read, some pages could not be had: they are tried again in the next run
  failed,  // the list could not be had or read
  held,    // another run holds the source
};

std::string_view to_string(PullStatus status);

struct PullReport {
  std::string id;
  PullStatus status = PullStatus::well;
  std::string error;         // the first, for one line
  std::uint64_t listed = 0;  // links that the list had
  bool list_unchanged = false;
  std::uint64_t found = 0;    // pages to be fetched or read in this run
  std::uint64_t fresh = 0;    // releases that were not there
  std::uint64_t revised = 0;  // ... that were there with other words or claims
  std::uint64_t known = 0;    // ... that were there just so
  std::uint64_t same = 0;     // pages with the text of another
  std::uint64_t gone = 0;     // pages that are no more
  std::uint64_t refused = 0;  // pages from which no release can be read
  std::uint64_t old = 0;      // published before the day asked for
  std::uint64_t failed = 0;   // pages that could not be had
  std::uint64_t left = 0;     // pages left for the next run, by items_max
  std::uint64_t claims = 0;   // event claims recorded
  std::uint64_t events = 0;   // events that were new
  double seconds = 0;
  std::vector<std::string> would_fetch;  // of a dry run
};

struct PullOptions {
  std::optional<CivilDate> since = std::nullopt;  // what is known to be older is left out
  bool dry_run = false;                           // lists are read and nothing is written
  bool recheck = false;                           // look at every page again that was read before
  int readers = 1;                                // threads
  std::string holder = {};                        // what a second run is told: "entente pull (process 7)"
};

struct PullProgress {
  std::uint64_t done = 0;
  std::uint64_t found = 0;
  std::size_t sources_done = 0;
  std::size_t sources = 0;
};

class Pull {
 public:
  // What a pull works with; all of it outlives the pull. `line` gives the text line, made when the first page is there
  // to be read: a run that finds nothing new needs none. `states` may be null for a dry run on a store that is not
  // there.
  struct Parts {
    graph::SourceStates* states = nullptr;
    std::function<Result<const TextLine*>()> line;
    Fetcher* fetcher = nullptr;
    Clock* clock = nullptr;
    std::filesystem::path mappings = {};  // the folder of the mappings that a source of tables names
  };

  Pull(Parts parts, PullOptions options);
  ~Pull();
  Pull(const Pull&) = delete;
  Pull& operator=(const Pull&) = delete;

  // One report a source, in their order; the sources outlive the call. `progress` and `finished` may be empty;
  // `finished` is told of each source when it is done. Fails when the store or the text line does; what was
  // acknowledged before is kept.
  Result<std::vector<PullReport>> run(const std::vector<const SourceConfig*>& sources,
                                      const std::function<void(const PullProgress&)>& progress,
                                      const std::function<void(const PullReport&)>& finished);

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

// robots.txt in the store, beside the states of the sources.
std::unique_ptr<RobotsCache> robots_in(graph::SourceStates& states);

// Names in the store that are no source's: no id begins with '@'.
inline constexpr const char* kRobotsStates = "@robots";
inline constexpr const char* kTextStates = "@text/";

}  // namespace entente::importers
