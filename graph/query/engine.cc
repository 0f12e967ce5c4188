#include "graph/query/engine.h"

#include <algorithm>

#include "graph/query/context.h"
#include "graph/query/cursor.h"
#include "graph/view/freeze.h"

namespace entente::graph::query {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

class RowsAnswer final : public Answer {
 public:
  RowsAnswer(std::unique_ptr<Context> context, Fill fill, std::uint64_t rows_max)
      : context_(std::move(context)), fill_(std::move(fill)), rows_max_(rows_max) {}

  Try<const Row*> next() override {
    if (done_) return static_cast<const Row*>(nullptr);
    context_->stop.asked();
    Try<bool> more = fill_(row_);
    if (!more) {
      done_ = true;
      return more.problem();
    }
    if (auto problem = context_->stopped()) {
      done_ = true;
      return *problem;
    }
    if (!*more) {
      done_ = true;
      if (context_->query->explain) {
        context_->explain("rows", given_);
        context_->explain("ms", ms_since(context_->started));
      }
      return static_cast<const Row*>(nullptr);
    }
    if (++given_ > rows_max_) {
      done_ = true;
      Problem problem;
      problem.kind = ProblemKind::past_limit;
      problem.code = ErrorCode::too_large;
      problem.at = "limit";
      problem.message = fmt::format("the answer has more than {} rows", rows_max_);
      problem.remedy = "ask for a page with `limit` and go on with its cursor";
      return problem;
    }
    return &row_;
  }
  void go_on(const std::atomic<bool>* cancelled) override {
    context_->arm(cancelled);
    context_->stop.look();
  }
  const Summary& summary() const override { return context_->summary; }

 private:
  std::unique_ptr<Context> context_;
  Fill fill_;
  std::uint64_t rows_max_;
  std::uint64_t given_ = 0;
  bool done_ = false;
  Row row_;
};

std::uint64_t default_limit(Ask ask) {
  switch (ask) {
    case Ask::resolve:
    case Ask::silences:
      return 10;
    case Ask::neighbours:
    case Ask::centrality:
    case Ask::communities:
    case Ask::components:
      return 20;
    case Ask::timeline:
    case Ask::changes:
    case Ask::editions:
    case Ask::due:
    case Ask::match:
      return 100;
    default:
      return 0;
  }
}

Try<Fill> run(Context& context) {
  switch (context.query->ask) {
    case Ask::resolve:
      return ask_resolve(context);
    case Ask::entity:
      return ask_entity(context);
    case Ask::timeline:
      return ask_timeline(context);
    case Ask::event:
      return ask_event(context);
    case Ask::why:
      return ask_why(context);
    case Ask::changes:
      return ask_changes(context);
    case Ask::neighbours:
      return ask_neighbours(context);
    case Ask::paths:
      return ask_paths(context);
    case Ask::subgraph:
      return ask_subgraph(context);
    case Ask::series:
      return ask_series(context);
    case Ask::editions:
      return ask_editions(context);
    case Ask::match:
      return ask_match(context);
    case Ask::centrality:
      return ask_centrality(context);
    case Ask::communities:
      return ask_communities(context);
    case Ask::components:
      return ask_components(context);
    case Ask::silences:
      return ask_silences(context);
    case Ask::contacts:
      return ask_contacts(context);
    case Ask::rhythm:
      return ask_rhythm(context);
    case Ask::asymmetry:
      return ask_asymmetry(context);
    case Ask::due:
      return ask_due(context);
    case Ask::accounts:
      return ask_accounts(context);
  }
  return problem_of(Error{ErrorCode::internal, "a question without an answer", {}});
}

// A walk that was given up for the frozen graph told what it depends on, too: what was told last holds.
void tell_once(Row& fields) {
  for (std::size_t i = 0; i < fields.size();) {
    const auto again = std::find_if(fields.begin() + static_cast<std::ptrdiff_t>(i) + 1, fields.end(),
                                    [&](const Field& one) { return one.name == fields[i].name; });
    if (again == fields.end())
      ++i;
    else
      fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

Problem foreign(const std::string& cursor, std::string message) {
  Problem out;
  out.kind = ProblemKind::foreign_cursor;
  out.at = "cursor";
  out.value = cursor;
  out.message = std::move(message);
  out.remedy = "ask again without it, or with the cursor that this question's answer gave";
  return out;
}

Try<std::shared_ptr<View>> open_view(Engine::State& engine, const std::optional<RecordedTime>& time) {
  if (!time && engine.now) return engine.now;
  auto reader = engine.open(time);
  if (!reader) return problem_of(reader.error());
  auto view = std::make_shared<View>();
  view->reader = std::move(*reader);
  const auto recorded = view->reader->recorded();
  if (!recorded) return problem_of(recorded.error());
  view->recorded = *recorded;
  // The view of now, at the time of a cursor of its own, is the same view.
  if (engine.now && engine.now->recorded == view->recorded) return engine.now;
  if (!time) engine.now = view;
  return view;
}

}  // namespace

std::shared_ptr<const FrozenGraph> FrozenGraphs::find(RecordedTime recorded) {
  const std::lock_guard lock(mutex_);
  const auto at =
      std::find_if(held_.begin(), held_.end(), [&](const auto& one) { return one->recorded() == recorded; });
  if (at == held_.end()) return nullptr;
  std::rotate(at, at + 1, held_.end());
  return held_.back();
}

Result<std::shared_ptr<const FrozenGraph>> FrozenGraphs::get(Reader& reader, const std::function<bool()>& stop) {
  const auto recorded = reader.recorded();
  if (!recorded) return recorded.error();
  constexpr auto kLookEvery = std::chrono::milliseconds(20);
  std::unique_lock building(building_, std::defer_lock);
  while (!building.try_lock_for(kLookEvery))
    if (stop()) return Error{ErrorCode::cancelled, "stopped while another graph in memory was being built", {}};
  if (auto held = find(*recorded)) return held;
  auto built = freeze(reader, limits_, stop);
  if (!built) return built.error();
  const std::lock_guard lock(mutex_);
  held_.push_back(*built);
  const auto memory = [&] {
    std::size_t sum = 0;
    for (const auto& one : held_) sum += one->size().memory_bytes;
    return sum;
  };
  while (held_.size() > 1 && (held_.size() > kept_ || memory() > limits_.memory_bytes_max)) held_.erase(held_.begin());
  return built;
}

std::size_t FrozenGraphs::memory_bytes() {
  const std::lock_guard lock(mutex_);
  std::size_t sum = 0;
  for (const auto& one : held_) sum += one->size().memory_bytes;
  return sum;
}

void Context::arm(const std::atomic<bool>* cancelled) {
  std::optional<Clock::time_point> end = deadline;
  if (const std::uint32_t most = engine->options.deadline_ms_max; most != 0) {
    const auto allowed = Clock::now() + std::chrono::milliseconds(most);
    end = end ? std::min(*end, allowed) : allowed;
  }
  stop = Stop(end, cancelled);
}

std::optional<Problem> Context::stopped() const {
  if (stop.why() == Stop::Why::none) return std::nullopt;
  Problem out;
  const bool late = stop.why() == Stop::Why::deadline;
  out.kind = late ? ProblemKind::past_deadline : ProblemKind::cancelled;
  out.code = ErrorCode::cancelled;
  out.at = late ? "deadline_ms" : "";
  out.message =
      late ? fmt::format("time was up after {:.0f} ms; what was found until then is not the whole and is not given",
                         ms_since(started))
           : "the question was cancelled";
  out.remedy = late ? "allow more time, or ask for less: a period, a type, fewer steps" : "ask again";
  return out;
}

Try<std::shared_ptr<const FrozenGraph>> Context::whole() {
  if (!view->frozen) {
    const auto start = Clock::now();
    auto built = engine->graphs->get(reader(), [this] { return stop.look(); });
    if (!built) {
      if (auto problem = stopped()) return *problem;
      return problem_of(built.error());
    }
    view->frozen = *built;
    explain("graph_built_ms", ms_since(start));
  }
  view->lazy.reset();
  if (query->explain) {
    const FrozenSize size = view->frozen->size();
    explain("graph", "frozen");
    explain("graph_entities", size.entities);
    explain("graph_events", size.events);
    explain("graph_memory_bytes", size.memory_bytes);
  }
  return view->frozen;
}

Fill rows_of(std::vector<Row> rows) {
  return [rows = std::move(rows), at = std::size_t{0}](Row& row) mutable -> Try<bool> {
    if (at == rows.size()) return false;
    row = std::move(rows[at++]);
    return true;
  };
}

namespace {

std::uint64_t view_mark(View& view) {
  const auto counts = view.reader->counts();
  return counts ? mark_of(*counts) : 0;
}

}  // namespace

void more_after(Context& context, std::uint64_t given) {
  context.summary.whole = false;
  context.summary.next = encode_cursor(
      {context.view->recorded, view_mark(*context.view), fingerprint(*context.query), context.skip + given, {}});
}

void more_after_event(Context& context, std::string_view event) {
  context.summary.whole = false;
  context.summary.next = encode_cursor(
      {context.view->recorded, view_mark(*context.view), fingerprint(*context.query), 0, std::string(event)});
}

Engine::Engine(OpenView open, std::shared_ptr<FrozenGraphs> graphs, EngineOptions options)
    : state_(std::make_unique<State>()) {
  state_->open = std::move(open);
  state_->graphs = std::move(graphs);
  state_->options = options;
}

Engine::~Engine() = default;

Try<std::unique_ptr<Answer>> Engine::ask(const Query& query, const std::atomic<bool>* cancelled) {
  auto context = std::make_unique<Context>();
  context->owned = query;
  context->query = &context->owned;
  context->engine = state_.get();
  context->started = Clock::now();
  if (query.deadline_ms != 0) context->deadline = context->started + std::chrono::milliseconds(query.deadline_ms);
  context->arm(cancelled == nullptr ? state_->options.cancelled : cancelled);
  std::optional<RecordedTime> time = query.as_of;
  std::optional<Position> position;
  if (!query.cursor.empty()) {
    position = decode_cursor(query.cursor);
    if (!position) return foreign(query.cursor, "this is no cursor");
    if (position->question != fingerprint(query))
      return foreign(query.cursor, "this cursor belongs to another question");
    time = position->recorded;
    context->skip = position->rows;
    context->after = position->event;
  }
  auto view = open_view(*state_, time);
  if (!view) return view.problem();
  context->view = *view;
  if (position && (context->view->recorded != position->recorded || view_mark(*context->view) != position->view))
    return foreign(query.cursor, "this cursor was made by another store: this one did not hold the same at its time");
  context->summary.as_of = context->view->recorded.to_text();
  context->limit = query.limit.value_or(default_limit(query.ask));
  auto fill = run(*context);
  if (!fill) return fill.problem();
  if (auto problem = context->stopped()) return *problem;
  tell_once(context->summary.parameters);
  tell_once(context->summary.explain);
  const std::uint64_t rows_max = state_->options.rows_max;
  return std::unique_ptr<Answer>(std::make_unique<RowsAnswer>(std::move(context), std::move(*fill), rows_max));
}

}  // namespace entente::graph::query
