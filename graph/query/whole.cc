// centrality, communities and components: questions about the whole of a period, on entities joined by shared events.
#include <numeric>

#include "graph/query/context.h"
#include "graph/query/cursor.h"
#include "graph/query/event_row.h"
#include "graph/query/sides.h"
#include "graph/walk/centrality.h"
#include "graph/walk/communities.h"
#include "graph/walk/components.h"

namespace entente::graph::query {
namespace {

std::string weight_name(const Query& query) { return query.weight.empty() ? "number" : query.weight; }

ProjectionTerms projection_terms(Context& context) {
  const Query& query = *context.query;
  ProjectionTerms out;
  out.kinds = kind_bits(query.kinds);
  out.half_life_days = query.half_life_days;
  if (query.weight == "recency") out.weight = Weight::recency;
  if (query.weight == "goldstein") out.weight = Weight::goldstein;
  constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
  out.now = query.to.value_or(static_cast<Day>(context.view->recorded.micros / kMicrosPerDay));
  return out;
}

// What the projection depends on, as text.
std::string terms_text(const Query& query, const ProjectionTerms& terms) {
  Query only;
  only.from = query.from;
  only.to = query.to;
  only.undated = query.undated;
  only.types = query.types;
  only.levels = query.levels;
  only.statuses = query.statuses;
  only.modes = query.modes;
  only.stages = query.stages;
  only.stances = query.stances;
  only.forums = query.forums;
  only.places = query.places;
  only.topics = query.topics;
  only.publishers = query.publishers;
  only.codes = query.codes;
  only.kinds = query.kinds;
  only.half_life_days = terms.weight == Weight::recency ? terms.half_life_days : 1;
  return fmt::format("{:x} {} {}", fingerprint(only), static_cast<int>(terms.weight),
                     terms.weight == Weight::recency ? terms.now : 0);
}

struct Whole {
  std::shared_ptr<const FrozenGraph> graph;
  std::shared_ptr<const Projection> projection;
};

Try<Whole> projected(Context& context) {
  auto graph = context.whole();
  if (!graph) return graph.problem();
  const ProjectionTerms terms = projection_terms(context);
  auto events = terms_in(context, **graph);
  if (!events) return events.problem();
  KeptProjection& kept = context.engine->projection;
  const std::string text = terms_text(*context.query, terms);
  if (kept.graph != *graph || kept.terms != text) {
    const auto start = std::chrono::steady_clock::now();
    auto made = std::make_shared<Projection>(
        project(Slice<const FrozenGraph>(**graph, std::move(*events)), terms, context.stop));
    if (auto problem = context.stopped()) return *problem;
    kept = {text, *graph, std::move(made)};
    context.explain("projection_built_ms",
                    std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  context.explain("projection_memory_bytes", kept.projection->memory_bytes());
  tell_terms(context);
  Row& parameters = context.summary.parameters;
  parameters.push_back({"weight", weight_name(*context.query)});
  if (terms.weight == Weight::recency) {
    parameters.push_back({"half_life_days", terms.half_life_days});
    parameters.push_back({"now", day_text(terms.now)});
  }
  parameters.push_back({"nodes", kept.projection->nodes()});
  parameters.push_back({"arcs", kept.projection->arcs()});
  return Whole{kept.graph, kept.projection};
}

// Nodes by value, then by id.
std::vector<std::uint32_t> by_value(const std::vector<double>& values, std::size_t most) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    return values[a] != values[b] ? values[a] > values[b] : a < b;
  };
  const std::size_t kept = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(), before);
  order.resize(kept);
  return order;
}

std::vector<double> degrees(const Projection& graph, bool weighted) {
  std::vector<double> out(graph.nodes(), 0);
  for (std::uint32_t node = 0; node < graph.nodes(); ++node)
    for (std::uint64_t arc = graph.begin(node); arc < graph.begin(node + 1); ++arc)
      out[node] += weighted ? static_cast<double>(graph.weight(arc)) : 1.0;
  return out;
}

}  // namespace

void tell_terms(Context& context) {
  const Query& query = *context.query;
  Row& out = context.summary.parameters;
  if (query.from) out.push_back({"from", day_text(*query.from)});
  if (query.to) out.push_back({"to", day_text(*query.to)});
  const auto put = [&](const char* name, const std::vector<std::string>& list) {
    if (list.empty()) return;
    Value::List values;
    for (const std::string& one : list) values.emplace_back(one);
    out.push_back({name, std::move(values)});
  };
  put("type", query.types);
  put("level", query.levels);
  put("status", query.statuses);
  put("mode", query.modes);
  put("stage", query.stages);
  put("stance", query.stances);
  put("forum", query.forums);
  put("place", query.places);
  put("topic", query.topics);
  put("publisher", query.publishers);
  put("code", query.codes);
  put("kinds", query.kinds);
}

Try<Fill> ask_centrality(Context& context) {
  const Query& query = *context.query;
  auto whole = projected(context);
  if (!whole) return whole.problem();
  const Projection& graph = *whole->projection;
  const std::string measure = query.measure.empty() ? "pagerank" : query.measure;
  const bool weighted = query.weight != "none";
  Row& parameters = context.summary.parameters;
  parameters.push_back({"measure", measure});
  std::vector<double> values;
  if (measure == "degree") {
    values = degrees(graph, weighted);
  } else if (measure == "pagerank") {
    parameters.push_back({"iterations", query.iterations});
    parameters.push_back({"damping", query.damping});
    values = weighted ? page_rank(
                            graph, query.iterations, query.damping,
                            [&](const Arc& arc) { return graph.weight(arc.number); }, context.stop)
                      : page_rank(
                            graph, query.iterations, query.damping, [](const Arc&) { return 1.0F; }, context.stop);
  } else {
    parameters.push_back({"samples", std::min<std::size_t>(query.samples, graph.nodes())});
    parameters.push_back({"seed", query.seed});
    values = betweenness(graph, query.samples, query.seed, context.stop);
  }
  if (auto problem = context.stopped()) return *problem;
  const std::size_t wanted =
      context.limit == 0 ? values.size() : static_cast<std::size_t>(context.skip + context.limit);
  auto order = by_value(values, wanted);
  order.erase(order.begin(),
              order.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(order.size(), context.skip)));
  if (context.skip + order.size() < values.size()) more_after(context, order.size());
  return Fill([whole = std::move(*whole), values = std::move(values), order = std::move(order),
               at = std::size_t{0}](Row& row) mutable -> Try<bool> {
    if (at == order.size()) return false;
    const EntityIx entity = whole.projection->entity(order[at]);
    RowWriter out(row, 3);
    out.put("entity", whole.graph->entity_id(entity));
    out.put("label", whole.graph->label(entity));
    out.put("value", values[order[at]]);
    ++at;
    return true;
  });
}

namespace {

// Groups as rows: number, size, and the members in the order of ids.
std::vector<Row> rows_of_groups(Context& context, const Whole& whole, const std::vector<std::uint32_t>& of,
                                const std::vector<std::uint32_t>& sizes, const char* name) {
  std::vector<std::uint32_t> order(sizes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return sizes[a] > sizes[b]; });
  const std::size_t begin = std::min<std::size_t>(order.size(), context.skip);
  const std::size_t end =
      context.limit == 0 ? order.size() : std::min<std::size_t>(order.size(), begin + context.limit);
  std::vector<std::uint32_t> place(sizes.size(), kNoIndex);
  std::vector<Value::List> members(end - begin);
  for (std::size_t i = begin; i < end; ++i) place[order[i]] = static_cast<std::uint32_t>(i - begin);
  for (std::uint32_t node = 0; node < of.size(); ++node)
    if (place[of[node]] != kNoIndex)
      members[place[of[node]]].emplace_back(whole.graph->entity_id(whole.projection->entity(node)));
  std::vector<Row> rows;
  for (std::size_t i = begin; i < end; ++i)
    rows.push_back({{name, i + 1}, {"size", sizes[order[i]]}, {"members", std::move(members[i - begin])}});
  if (end < order.size()) more_after(context, rows.size());
  return rows;
}

}  // namespace

Try<Fill> ask_communities(Context& context) {
  auto whole = projected(context);
  if (!whole) return whole.problem();
  const Communities found = communities(*whole->projection, context.query->resolution, context.stop);
  if (auto problem = context.stopped()) return *problem;
  Row& parameters = context.summary.parameters;
  parameters.push_back({"method", "louvain, vertices in the order of ids"});
  parameters.push_back({"resolution", context.query->resolution});
  parameters.push_back({"modularity", found.modularity});
  parameters.push_back({"communities", found.sizes.size()});
  if (context.query->count)
    return rows_of({Row{{"communities", found.sizes.size()}, {"modularity", found.modularity}}});
  return rows_of(rows_of_groups(context, *whole, found.of, found.sizes, "community"));
}

Try<Fill> ask_components(Context& context) {
  auto whole = projected(context);
  if (!whole) return whole.problem();
  const Components found = components(*whole->projection, context.stop);
  if (auto problem = context.stopped()) return *problem;
  const std::uint32_t largest = found.sizes.empty() ? 0U : *std::max_element(found.sizes.begin(), found.sizes.end());
  if (context.query->count) return rows_of({Row{{"components", found.sizes.size()}, {"largest", largest}}});
  Row& parameters = context.summary.parameters;
  parameters.push_back({"components", found.sizes.size()});
  parameters.push_back({"largest", largest});
  return rows_of(rows_of_groups(context, *whole, found.of, found.sizes, "component"));
}

}  // namespace entente::graph::query
