// Answers questions over views of the record: plans, runs, and gives rows one at a time. Small questions walk the
// record itself; those that touch much, or come often, get a graph in memory that is built once for a snapshot and
// kept. One Engine is used from one thread at a time; the graphs that engines share are not copied.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "graph/query/problem.h"
#include "graph/query/query.h"
#include "graph/query/value.h"
#include "graph/view/frozen.h"
#include "graph/view/reader.h"

namespace entente::graph::query {

// Graphs of snapshots, for all engines over one store. The longest unused goes when there are more than `kept`.
class FrozenGraphs {
 public:
  explicit FrozenGraphs(FrozenLimits limits, std::size_t kept = 2) : limits_(limits), kept_(kept) {}

  // The graph of this reader's snapshot if it is held.
  std::shared_ptr<const FrozenGraph> find(RecordedTime recorded);
  // The same, built when it is not. Builds go one after another; who waits is asked `stop` now and then, too.
  Result<std::shared_ptr<const FrozenGraph>> get(Reader& reader, const std::function<bool()>& stop);
  std::size_t memory_bytes();

 private:
  FrozenLimits limits_;
  std::size_t kept_;
  std::timed_mutex building_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<const FrozenGraph>> held_;  // the last used one last
};

enum class GraphChoice : std::uint8_t {
  automatic = 1,  // the frozen one when it is held or a walk touches much, else the lazy one
  lazy = 2,       // never the frozen one, except for what needs the whole
  frozen = 3,     // always the frozen one
};

struct EngineOptions {
  GraphChoice choice = GraphChoice::automatic;
  std::size_t lazy_events_max = 20'000;  // a walk that read more goes over to the frozen graph
  std::uint64_t rows_max = 10'000'000;   // of any answer, even one without a limit
  std::size_t subgraph_entities_max = 100'000;
  std::uint32_t deadline_ms_max = 0;             // a question may ask for less, not for more; 0: none
  const std::atomic<bool>* cancelled = nullptr;  // set from any thread, ends what is being worked out
};

// What is told of an answer when its rows are all given.
struct Summary {
  bool whole = true;  // false: there are more rows than were asked for
  std::string next;   // the cursor of the rest
  std::string as_of;  // the recorded time of the view that answered
  Row parameters;     // everything the answer depends on, so that it can be repeated
  Row explain;        // how it was worked out, when asked for
};

// Rows one at a time. Holds its view; let it go and that is freed.
class Answer {
 public:
  virtual ~Answer() = default;
  // The next row, overwritten by the one after it; nullptr at the end. After a problem the answer is over, and what it
  // gave is not the whole of it.
  virtual Try<const Row*> next() = 0;
  // The rest is asked for by somebody else, or later: `cancelled` ends it from now on (nullptr: nothing does), and the time
  // that the engine allows starts anew. The question's own deadline stands.
  virtual void go_on(const std::atomic<bool>* cancelled) = 0;
  // REQUIRES: next() gave nullptr.
  virtual const Summary& summary() const = 0;
};

class Engine {
 public:
  // Opens views: of now, or as of a recorded time. Outlives the engine.
  using OpenView = std::function<Result<std::unique_ptr<Reader>>(std::optional<RecordedTime>)>;

  // Questions that name no recorded time are answered from one view, opened with the first of them.
  Engine(OpenView open, std::shared_ptr<FrozenGraphs> graphs, EngineOptions options = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // `cancelled` is set from any thread and ends this question; nullptr: that of the options does.
  Try<std::unique_ptr<Answer>> ask(const Query& query, const std::atomic<bool>* cancelled = nullptr);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace entente::graph::query
