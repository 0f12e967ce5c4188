// neighbours, paths and subgraph: what is found by walking from an entity.
#include "graph/query/context.h"
#include "graph/query/event_row.h"
#include "graph/query/graph_events.h"
#include "graph/walk/neighbours.h"
#include "graph/walk/paths.h"
#include "graph/walk/reach.h"
#include "graph/walk/temporal_paths.h"

namespace entente::graph::query {
namespace {

// What can be said of the dealings with each of some neighbours.
struct Dealings {
  std::vector<std::uint32_t> types = std::vector<std::uint32_t>(32, 0);
  std::optional<Day> first;
  std::optional<Day> last;
  std::uint32_t before = 0;  // events in the period of the same length before this one
};

Value types_of(const Dealings& dealings) {
  std::vector<std::pair<std::uint32_t, std::string>> sorted;
  for (std::uint8_t number = 0; number < dealings.types.size(); ++number)
    if (const auto type = event_type_from_number(number); type && dealings.types[number] != 0)
      sorted.emplace_back(dealings.types[number], to_string(*type));
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  Value::Fields out;
  for (auto& [count, name] : sorted) out.push_back({std::move(name), count});
  return out;
}

template <class G>
std::vector<Dealings> dealings_of(const Slice<G>& slice, EntityIx of, const std::vector<Neighbour>& found,
                                  Context& context) {
  std::vector<Dealings> out(found.size());
  const auto place_of = [&](EntityIx entity) {
    for (std::size_t i = 0; i < found.size(); ++i)
      if (found[i].entity == entity) return i;
    return found.size();
  };
  slice.each_event(of, [&](EventIx event) {
    const Happening& one = slice.graph().happening(event);
    for (const Part& part : slice.graph().parts(event)) {
      const std::size_t at = place_of(part.who());
      if (at == found.size()) continue;
      ++out[at].types[static_cast<std::size_t>(one.type) % out[at].types.size()];
      if (one.first != kOpenStart) out[at].first = std::min(out[at].first.value_or(one.first), one.first);
      if (one.last != kOpenEnd) out[at].last = std::max(out[at].last.value_or(one.last), one.last);
    }
    return !context.stop.asked();
  });
  const Terms& terms = slice.terms();
  if (!terms.from || !terms.to) return out;
  Terms earlier = terms;
  earlier.to = *terms.from - 1;
  earlier.from = *terms.from - (*terms.to - *terms.from + 1);
  Slice<G>(slice.graph(), earlier).each_event(of, [&](EventIx event) {
    for (const Part& part : slice.graph().parts(event))
      if (const std::size_t at = place_of(part.who()); at != found.size()) ++out[at].before;
    return !context.stop.asked();
  });
  return out;
}

template <class G>
Value label_in(Context& context, G& graph, EntityIx entity) {
  if constexpr (std::is_same_v<G, const FrozenGraph>)
    return Value(graph.label(entity));
  else
    return Value(label_of(context.reader(), EntityId(std::string(graph.entity_id(entity)))));
}

template <class G>
Try<Fill> neighbours_in(Context& context, G& graph) {
  const Query& query = *context.query;
  if (query.of.size() != 1) {
    Problem problem;
    problem.kind = ProblemKind::bad_value;
    problem.at = "of";
    problem.message = "the question 'neighbours' is about one entity";
    problem.remedy = "ask once for each";
    return problem;
  }
  auto of = entity_in(context, graph, "of", query.of[0]);
  if (!of) return of.problem();
  auto terms = terms_in(context, graph);
  if (!terms) return terms.problem();
  const Slice<G> slice(graph, std::move(*terms));
  std::size_t total = 0;
  const auto all = std::numeric_limits<std::uint32_t>::max();
  const std::size_t wanted = context.limit == 0 ? all : static_cast<std::size_t>(context.limit + context.skip);
  auto found = neighbours(slice, *of, kind_bits(query.kinds), query.count ? 0 : wanted, total, context.engine->scratch,
                          context.stop);
  context.explain("plan", "the entity's events of the period, and who takes part in each");
  if (query.count) return rows_of({Row{{"neighbours", total}}});
  found.erase(found.begin(),
              found.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(found.size(), context.skip)));
  context.summary.parameters.push_back({"neighbours", total});
  if (context.skip + found.size() < total) more_after(context, found.size());
  if (query.detail) {
    const auto dealings = dealings_of(slice, *of, found, context);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < found.size(); ++i) {
      Row row{{"entity", graph.entity_id(found[i].entity)},
              {"label", label_in(context, graph, found[i].entity)},
              {"events", found[i].events},
              {"by_type", types_of(dealings[i])},
              {"first", dealings[i].first ? Value(day_text(*dealings[i].first)) : Value()},
              {"last", dealings[i].last ? Value(day_text(*dealings[i].last)) : Value()}};
      // Against the period of the same length before this one.
      if (query.from && query.to) {
        row.push_back({"events_before", dealings[i].before});
        row.push_back(
            {"trend", static_cast<std::int64_t>(found[i].events) - static_cast<std::int64_t>(dealings[i].before)});
      }
      rows.push_back(std::move(row));
    }
    return rows_of(std::move(rows));
  }
  if constexpr (std::is_same_v<G, const FrozenGraph>) {
    return Fill(
        [held = context.view->frozen, found = std::move(found), at = std::size_t{0}](Row& row) mutable -> Try<bool> {
          if (at == found.size()) return false;
          RowWriter out(row, 2);
          out.put("entity", held->entity_id(found[at].entity));
          out.put("events", found[at].events);
          ++at;
          return true;
        });
  } else {
    // A lazy graph may be gone before the rows are read.
    std::vector<Row> rows;
    for (const Neighbour& one : found)
      rows.push_back({{"entity", graph.entity_id(one.entity)}, {"events", one.events}});
    return rows_of(std::move(rows));
  }
}

template <class G>
Row path_row(Context& context, G& graph, const Path& path, const std::vector<Day>* days, bool sources) {
  Value::List entities;
  for (const EntityIx entity : path.entities) entities.emplace_back(std::string(graph.entity_id(entity)));
  Value::List steps;
  for (std::size_t i = 0; i < path.events.size(); ++i) {
    const Happening& one = graph.happening(path.events[i]);
    Value::Fields step{{"from", std::string(graph.entity_id(path.entities[i]))},
                       {"to", std::string(graph.entity_id(path.entities[i + 1]))},
                       {"event", std::string(graph.event_id(path.events[i]))},
                       {"type", to_string(one.type)},
                       {"first", one.first == kOpenStart ? Value() : Value(day_text(one.first))},
                       {"last", one.last == kOpenEnd ? Value() : Value(day_text(one.last))}};
    if (days != nullptr) step.push_back({"on", (*days)[i] == kOpenStart ? Value() : Value(day_text((*days)[i]))});
    if (sources) {
      Value::List releases;
      if (const auto proofs = context.reader().why(EventId(std::string(graph.event_id(path.events[i])))))
        for (const Proof& proof : *proofs) releases.emplace_back(row_of(proof));
      step.push_back({"why", std::move(releases)});
    }
    steps.emplace_back(std::move(step));
  }
  Row out{{"steps", path.steps()}, {"entities", std::move(entities)}, {"way", std::move(steps)}};
  if (days != nullptr && !days->empty())
    out.push_back({"arrival", days->back() == kOpenStart ? Value() : Value(day_text(days->back()))});
  return out;
}

template <class G>
Try<Fill> paths_in(Context& context, G& graph) {
  const Query& query = *context.query;
  for (std::size_t i = 0; i < 2; ++i)
    if (query.between[i].size() != 1) {
      Problem problem;
      problem.kind = ProblemKind::bad_value;
      problem.at = fmt::format("between[{}]", i);
      problem.message = "a path has one entity at each end";
      problem.remedy = "ask once for each";
      return problem;
    }
  auto from = entity_in(context, graph, "between[0]", query.between[0][0]);
  if (!from) return from.problem();
  auto to = entity_in(context, graph, "between[1]", query.between[1][0]);
  if (!to) return to.problem();
  auto terms = terms_in(context, graph);
  if (!terms) return terms.problem();
  const Slice<G> slice(graph, std::move(*terms));
  PathBounds bounds;
  if (query.steps != 0) bounds.steps_max = query.steps;
  bounds.through = kind_bits(query.through);
  const std::string way = query.way.empty() ? "shortest" : query.way;
  Row& parameters = context.summary.parameters;
  parameters.push_back({"way", way});
  parameters.push_back({"steps", bounds.steps_max});
  std::vector<Row> rows;
  if (way == "shortest" && query.k == 1) {
    context.explain("plan", "breadth first from both ends, the cheaper one each time");
    const Path path = shortest_path(slice, *from, *to, bounds, context.engine->scratch, context.stop);
    if (!path.entities.empty()) rows.push_back(path_row(context, graph, path, nullptr, query.sources));
  } else if (way == "shortest") {
    context.explain("plan", "Yen's k shortest paths without a loop");
    parameters.push_back({"k", query.k});
    for (const Path& path : k_shortest_paths(slice, *from, *to, query.k, bounds, context.engine->scratch, context.stop))
      rows.push_back(path_row(context, graph, path, nullptr, query.sources));
  } else {
    context.explain("plan",
                    way == "earliest" ? "Dijkstra over arrival days" : "layers of steps with the earliest day of each");
    const auto goal = way == "earliest" ? TimedGoal::earliest_arrival : TimedGoal::fewest_steps;
    const TimedPath path = timed_path(slice, *from, *to, goal, bounds, context.stop);
    if (!path.path.entities.empty()) rows.push_back(path_row(context, graph, path.path, &path.days, query.sources));
  }
  return rows_of(std::move(rows));
}

// The graph that a walk was on, held for as long as its rows are read.
std::shared_ptr<const FrozenGraph> held_graph(Context& context, const FrozenGraph& /*graph*/) {
  return context.view->frozen;
}
std::shared_ptr<LazyGraph> held_graph(Context& context, LazyGraph& /*graph*/) { return context.view->lazy; }

// Nodes, then edges, one at a time.
template <class G>
class SubgraphRows {
 public:
  SubgraphRows(Context& context, std::shared_ptr<G> graph, std::vector<Reached> nodes, std::vector<EventIx> events)
      : context_(context), graph_(std::move(graph)), nodes_(std::move(nodes)), events_(std::move(events)) {}

  Try<bool> operator()(Row& row) {
    if (node_ < nodes_.size()) return node_row(nodes_[node_++], row);
    if (event_ < events_.size()) return event_row(events_[event_++], row);
    return false;
  }

 private:
  Try<bool> node_row(const Reached& one, Row& row) {
    const std::string id(graph_->entity_id(one.entity));
    row = {{"node", id},
           {"kind", to_string(graph_->kind(one.entity))},
           {"label", label_in(context_, *graph_, one.entity)},
           {"steps", one.steps}};
    if (!context_.query->full) return true;
    const auto known = context_.reader().find_entity(EntityId(id));
    if (!known) return problem_of(known.error());
    if (!*known) return true;
    const Entity& entity = **known;
    Value::List names;
    for (const EntityName& name : entity.names) names.emplace_back(name.text);
    Value::List posts;
    for (const std::string& post : entity.posts) posts.emplace_back(post);
    Value::Fields outside;
    for (const auto& [scheme, value] : entity.outside_ids) outside.push_back({scheme, value});
    row.push_back({"names", std::move(names)});
    row.push_back({"of", entity.of ? Value(entity.of->str()) : Value()});
    row.push_back({"posts", std::move(posts)});
    row.push_back({"member_of", list_of(entity.member_of)});
    row.push_back({"outside_ids", std::move(outside)});
    return true;
  }
  Try<bool> event_row(EventIx event, Row& row) {
    const Happening& one = graph_->happening(event);
    const EventId id(std::string(graph_->event_id(event)));
    Value::List parties;
    for (const Part& part : graph_->parts(event)) parties.emplace_back(std::string(graph_->entity_id(part.who())));
    row = {{"edge", id.str()},
           {"type", to_string(one.type)},
           {"first", one.first == kOpenStart ? Value() : Value(day_text(one.first))},
           {"last", one.last == kOpenEnd ? Value() : Value(day_text(one.last))},
           {"between", std::move(parties)}};
    if (context_.query->full) {
      const auto found = context_.reader().find_event(id);
      if (!found) return problem_of(found.error());
      if (*found) {
        const auto table = table_of(context_.reader(), id);
        if (!table) return table.problem();
        for (Field& field : row_of(**found, *table ? &**table : nullptr))
          if (field.name != "event" && field.name != "type") row.push_back(std::move(field));
      }
    }
    if (context_.query->sources) {
      const auto proofs = context_.reader().why(id);
      if (!proofs) return problem_of(proofs.error());
      Value::List claims;
      for (const Proof& proof : *proofs) claims.emplace_back(row_of(proof));
      row.push_back({"claims", std::move(claims)});
    }
    return true;
  }

  Context& context_;
  std::shared_ptr<G> graph_;
  std::vector<Reached> nodes_;
  std::vector<EventIx> events_;
  std::size_t node_ = 0;
  std::size_t event_ = 0;
};

Problem too_many_entities(std::size_t most, const std::string& where) {
  Problem problem;
  problem.kind = ProblemKind::past_limit;
  problem.code = ErrorCode::too_large;
  problem.at = "limit";
  problem.value = std::to_string(most);
  problem.message = fmt::format("more than {} entities {}", most, where);
  problem.remedy = "take fewer steps, a period or a type, raise `limit`, or ask for the `count`";
  return problem;
}

std::size_t entities_allowed(const Context& context) {
  const Query& query = *context.query;
  if (query.count) return std::numeric_limits<std::size_t>::max();
  return query.limit && *query.limit != 0 ? static_cast<std::size_t>(*query.limit)
                                          : context.engine->options.subgraph_entities_max;
}

template <class G>
Try<Fill> subgraph_in(Context& context, G& graph) {
  const Query& query = *context.query;
  std::vector<EntityIx> starts;
  for (std::size_t i = 0; i < query.of.size(); ++i) {
    auto entity = entity_in(context, graph, query.of.size() == 1 ? "of" : fmt::format("of[{}]", i), query.of[i]);
    if (!entity) return entity.problem();
    starts.push_back(*entity);
  }
  auto terms = terms_in(context, graph);
  if (!terms) return terms.problem();
  const Slice<G> slice(graph, std::move(*terms));
  const std::uint32_t steps = query.steps == 0 ? 1 : query.steps;
  const std::size_t most = entities_allowed(context);
  Reach found = reach(slice, starts, steps, most, !query.count, context.engine->scratch, context.stop);
  context.summary.parameters.push_back({"steps", steps});
  context.explain("plan", "breadth first, each event once");
  if (auto problem = context.stopped()) return *problem;
  if (!found.whole) return too_many_entities(most, fmt::format("lie within {} steps", steps));
  if (query.count) return rows_of({Row{{"entities", found.entities.size()}}});
  std::vector<Reached> nodes;
  for (const EntityIx start : starts) nodes.push_back({start, 0});
  nodes.insert(nodes.end(), found.entities.begin(), found.entities.end());
  return Fill(SubgraphRows<G>(context, held_graph(context, graph), std::move(nodes), std::move(found.events)));
}

// Everybody who takes part in an event that counts, and those events, by day.
Try<Fill> whole_subgraph(Context& context) {
  auto whole = context.whole();
  if (!whole) return whole.problem();
  const FrozenGraph& graph = **whole;
  auto terms = terms_in(context, graph);
  if (!terms) return terms.problem();
  const Slice<const FrozenGraph> slice(graph, std::move(*terms));
  Marks& met = context.engine->scratch.entities;
  met.clear();
  std::vector<EventIx> events;
  for (EventIx event = 0; event < graph.events() && !context.stop.asked(); ++event) {
    if (!slice.admits(event)) continue;
    events.push_back(event);
    for (const Part& part : graph.parts(event)) met.mark(part.who());
  }
  if (auto problem = context.stopped()) return *problem;
  std::sort(events.begin(), events.end(), [&](EventIx a, EventIx b) { return event_before(graph, a, b); });
  std::vector<Reached> nodes;
  for (EntityIx entity = 0; entity < graph.entities(); ++entity)
    if (met.marked(entity)) nodes.push_back({entity, 0});
  context.explain("plan", "every event looked at");
  if (nodes.size() > entities_allowed(context)) return too_many_entities(entities_allowed(context), "take part");
  if (context.query->count) return rows_of({Row{{"entities", nodes.size()}}});
  return Fill(SubgraphRows<const FrozenGraph>(context, *whole, std::move(nodes), std::move(events)));
}

}  // namespace

Try<Fill> ask_neighbours(Context& context) {
  return on_graph(context, [&](auto& graph) { return neighbours_in(context, graph); });
}
Try<Fill> ask_paths(Context& context) {
  return on_graph(context, [&](auto& graph) { return paths_in(context, graph); });
}
Try<Fill> ask_subgraph(Context& context) {
  if (context.query->of.empty()) return whole_subgraph(context);
  return on_graph(context, [&](auto& graph) { return subgraph_in(context, graph); });
}

}  // namespace entente::graph::query
