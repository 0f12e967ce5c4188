// What the answering of one question has at hand. Inside graph/query only.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/query/engine.h"
#include "graph/view/lazy.h"
#include "graph/view/slice.h"
#include "graph/walk/marks.h"
#include "graph/walk/projection.h"
#include "graph/walk/stop.h"

namespace entente::graph::query {

// A projection is kept for the next question with the same terms.
struct KeptProjection {
  std::string terms;
  std::shared_ptr<const FrozenGraph> graph;
  std::shared_ptr<const Projection> projection;
};

// A view that is open, with the walks over it.
struct View {
  std::shared_ptr<Reader> reader;
  RecordedTime recorded;
  std::shared_ptr<const FrozenGraph> frozen;  // once it was needed
  std::shared_ptr<LazyGraph> lazy;
};

struct Engine::State {
  OpenView open;
  std::shared_ptr<FrozenGraphs> graphs;
  EngineOptions options;
  std::shared_ptr<View> now;  // of questions that name no time
  Scratch scratch;
  KeptProjection projection;
};

// Fills the next row; false at the end.
using Fill = std::function<Try<bool>(Row&)>;

struct Context {
  const Query* query = nullptr;
  Query owned;  // what `query` points to
  Engine::State* engine = nullptr;
  std::shared_ptr<View> view;
  Stop stop;
  Summary summary;
  std::uint64_t skip = 0;   // rows that the cursor says were given
  std::string after;        // or the event that was given last
  std::uint64_t limit = 0;  // 0: none
  std::chrono::steady_clock::time_point started;
  std::optional<std::chrono::steady_clock::time_point> deadline;  // the question's own

  Reader& reader() { return *view->reader; }
  void explain(std::string name, Value value) {
    if (query->explain) summary.explain.push_back({std::move(name), std::move(value)});
  }
  // Starts the time that the engine allows, within the question's own.
  void arm(const std::atomic<bool>* cancelled);
  // A problem when the walk was stopped.
  std::optional<Problem> stopped() const;
  // The graph of the whole view, built when it is not held.
  Try<std::shared_ptr<const FrozenGraph>> whole();
};

// Rows that are all there already.
Fill rows_of(std::vector<Row> rows);
// Sets what the cursor of the rest is, when there are more rows than asked for. `given` counts those of this answer.
void more_after(Context& context, std::uint64_t given);
void more_after_event(Context& context, std::string_view event);

// Puts values into a row that is used again: no memory is taken for what fits in what is there.
class RowWriter {
 public:
  RowWriter(Row& row, std::size_t fields) : row_(row) { row_.resize(fields); }
  template <class T>
  void put(std::string_view name, T value) {
    Field& field = row_[at_++];
    if (field.name != name) field.name = name;
    if constexpr (std::is_same_v<T, std::string_view>) {
      if (auto* const text = std::get_if<std::string>(&field.value.held))
        text->assign(value);
      else
        field.value.held = std::string(value);
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      if (auto* const number = std::get_if<std::int64_t>(&field.value.held))
        *number = static_cast<std::int64_t>(value);
      else
        field.value.held = static_cast<std::int64_t>(value);
    } else {
      field.value = Value(std::move(value));
    }
  }

 private:
  Row& row_;
  std::size_t at_ = 0;
};

// Filters by what only a whole graph has a list of.
inline bool needs_texts(const Query& query) {
  return !query.places.empty() || !query.publishers.empty() || !query.codes.empty();
}

// Runs `work` on the graph that the plan chose, and once more on the frozen one when a lazy walk turned out too long.
// work: (auto& graph) -> Try<T>, where graph is a const FrozenGraph or a LazyGraph.
template <class Work>
auto on_graph(Context& context, Work work) -> decltype(work(std::declval<const FrozenGraph&>())) {
  View& view = *context.view;
  const EngineOptions& options = context.engine->options;
  if (!view.frozen) view.frozen = context.engine->graphs->find(view.recorded);
  if (!view.frozen && options.choice != GraphChoice::frozen && !needs_texts(*context.query)) {
    if (!view.lazy || view.lazy->spent() || view.lazy->failure())
      view.lazy = std::make_shared<LazyGraph>(
          *view.reader, options.choice == GraphChoice::lazy ? std::size_t{1} << 40U : options.lazy_events_max);
    const std::size_t before = view.lazy->events_read();
    auto answer = work(*view.lazy);
    if (view.lazy->failure()) return problem_of(*view.lazy->failure());
    if (!view.lazy->spent()) {
      context.explain("graph", "lazy");
      context.explain("events_read", view.lazy->events_read() - before);
      if (auto problem = context.stopped()) return *problem;
      return answer;
    }
    context.explain("lazy_given_up_after", view.lazy->events_read());
  }
  auto whole = context.whole();
  if (!whole) return whole.problem();
  auto answer = work(**whole);
  if (auto problem = context.stopped()) return *problem;
  return answer;
}

// The kinds as bits; 0 for none named.
std::uint64_t kind_bits(const std::vector<std::string>& kinds);

// The parameters that say which events counted.
void tell_terms(Context& context);

// Each gives the rows of its question. The context outlives them.
Try<Fill> ask_resolve(Context& context);
Try<Fill> ask_entity(Context& context);
Try<Fill> ask_timeline(Context& context);
Try<Fill> ask_event(Context& context);
Try<Fill> ask_why(Context& context);
Try<Fill> ask_changes(Context& context);
Try<Fill> ask_accounts(Context& context);
Try<Fill> ask_editions(Context& context);
Try<Fill> ask_neighbours(Context& context);
Try<Fill> ask_paths(Context& context);
Try<Fill> ask_subgraph(Context& context);
Try<Fill> ask_series(Context& context);
Try<Fill> ask_rhythm(Context& context);
Try<Fill> ask_silences(Context& context);
Try<Fill> ask_contacts(Context& context);
Try<Fill> ask_asymmetry(Context& context);
Try<Fill> ask_due(Context& context);
Try<Fill> ask_centrality(Context& context);
Try<Fill> ask_communities(Context& context);
Try<Fill> ask_components(Context& context);
Try<Fill> ask_match(Context& context);

}  // namespace entente::graph::query
