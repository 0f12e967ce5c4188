// Walks over drawn and random graphs, compared with the plainest way to the same answer.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "graph/view/frozen.h"
#include "graph/walk/centrality.h"
#include "graph/walk/communities.h"
#include "graph/walk/components.h"
#include "graph/walk/neighbours.h"
#include "graph/walk/paths.h"
#include "graph/walk/projection.h"
#include "graph/walk/reach.h"
#include "graph/walk/rhythm.h"
#include "graph/walk/temporal_paths.h"

using namespace entente;
using namespace entente::graph;

namespace {

struct Met {
  Day first;
  Day last;
  std::vector<int> who;
};

std::shared_ptr<const FrozenGraph> graph_of(const std::vector<Met>& events) {
  FrozenGraph::Builder builder({});
  for (std::size_t i = 0; i < events.size(); ++i) {
    Happening one;
    one.first = events[i].first;
    one.last = events[i].last;
    std::vector<Part> parts;
    for (const int who : events[i].who) parts.emplace_back(builder.entity(fmt::format("x:{}", who)), std::uint8_t{0});
    REQUIRE(builder.event(fmt::format("x:{}", i), one, parts).ok());
  }
  return *std::move(builder).finish({});
}

std::vector<Met> random_events(std::uint32_t seed, std::size_t count, int entities) {
  std::mt19937 chance(seed);
  std::vector<Met> out;
  for (std::size_t i = 0; i < count; ++i) {
    const Day first = static_cast<Day>(chance() % 200);
    const Day last = chance() % 4 == 0 ? first + static_cast<Day>(chance() % 900) : first;
    std::set<int> who;
    const auto size = 2 + chance() % 3;
    while (who.size() < size) who.insert(1 + static_cast<int>(chance() % static_cast<unsigned>(entities)));
    out.push_back({first, last, {who.begin(), who.end()}});
  }
  return out;
}

bool counts(const Met& event, const Terms& terms) {
  return (!terms.from || event.last >= *terms.from) && (!terms.to || event.first <= *terms.to);
}

// Steps from one entity to all others, by looking at every event again and again.
std::map<int, int> plain_steps(const std::vector<Met>& events, int from, const Terms& terms) {
  std::map<int, int> steps{{from, 0}};
  for (int step = 1;; ++step) {
    std::set<int> found;
    for (const Met& event : events)
      if (counts(event, terms) && std::any_of(event.who.begin(), event.who.end(),
                                              [&](int one) { return steps.count(one) && steps[one] == step - 1; }))
        for (const int one : event.who)
          if (!steps.count(one)) found.insert(one);
    if (found.empty()) return steps;
    for (const int one : found) steps[one] = step;
  }
}

// The earliest day on which each can be reached, by relaxing every event until nothing changes.
std::map<int, Day> plain_arrivals(const std::vector<Met>& events, int from, const Terms& terms) {
  std::map<int, Day> days{{from, terms.from.value_or(kOpenStart)}};
  for (bool changed = true; changed;) {
    changed = false;
    for (const Met& event : events) {
      if (!counts(event, terms)) continue;
      for (const int one : event.who) {
        if (!days.count(one) || days[one] > event.last) continue;
        const Day day = std::max(days[one], event.first);
        for (const int other : event.who)
          if (!days.count(other) || days[other] > day) days[other] = day, changed = true;
      }
    }
  }
  return days;
}

EntityIx at(const FrozenGraph& graph, int who) { return graph.find_entity(fmt::format("x:{}", who)).value(); }

void require_real(const FrozenGraph& graph, const Path& path) {
  REQUIRE(path.entities.size() == path.events.size() + 1);
  for (std::size_t i = 0; i < path.events.size(); ++i) {
    const auto parts = graph.parts(path.events[i]);
    for (const EntityIx end : {path.entities[i], path.entities[i + 1]})
      REQUIRE(std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return part.who() == end; }));
  }
}

}  // namespace

TEST_CASE("shortest paths, reach and neighbours agree with looking at every event") {
  const auto seed = GENERATE(range(1U, 13U));
  const auto events = random_events(seed, 60, 40);
  const auto graph = graph_of(events);
  Terms terms;
  if (seed % 3 != 0) terms.from = 40;
  if (seed % 2 != 0) terms.to = 150;
  const Slice<const FrozenGraph> slice(*graph, terms);
  Scratch scratch;
  Stop stop;
  const auto steps = plain_steps(events, 1, terms);
  for (int who = 1; who <= 40; ++who) {
    const auto found = graph->find_entity(fmt::format("x:{}", who));
    if (!found || !graph->find_entity("x:1")) continue;
    const Path path = shortest_path(slice, at(*graph, 1), *found, {64, 0}, scratch, stop);
    INFO("seed " << seed << " to " << who);
    if (!steps.count(who)) {
      CHECK(path.entities.empty());
      continue;
    }
    REQUIRE(!path.entities.empty());
    CHECK(static_cast<int>(path.steps()) == steps.at(who));
    require_real(*graph, path);
  }
  for (std::uint32_t far = 1; far <= 3; ++far) {
    const Reach found = reach(slice, {at(*graph, 1)}, far, 1000, false, scratch, stop);
    const auto within = std::count_if(steps.begin(), steps.end(), [&](const auto& one) {
      return one.second >= 1 && one.second <= static_cast<int>(far);
    });
    CHECK(static_cast<std::ptrdiff_t>(found.entities.size()) == within);
  }
  std::map<int, std::uint32_t> shared;
  for (const Met& event : events)
    if (counts(event, terms) && std::count(event.who.begin(), event.who.end(), 1))
      for (const int one : event.who)
        if (one != 1) ++shared[one];
  std::size_t total = 0;
  for (const Neighbour& one : neighbours(slice, at(*graph, 1), 0, 1000, total, scratch, stop))
    CHECK(shared.at(std::stoi(std::string(graph->entity_id(one.entity).substr(2)))) == one.events);
  CHECK(total == shared.size());
}

TEST_CASE("paths in time arrive as early as any, and the fewest steps are no more than those of the earliest") {
  const auto seed = GENERATE(range(1U, 13U));
  const auto events = random_events(seed, 50, 30);
  const auto graph = graph_of(events);
  Terms terms;
  terms.from = 20;
  const Slice<const FrozenGraph> slice(*graph, terms);
  Stop stop;
  const auto arrivals = plain_arrivals(events, 1, terms);
  for (int who = 2; who <= 30; ++who) {
    const auto found = graph->find_entity(fmt::format("x:{}", who));
    if (!found || !graph->find_entity("x:1")) continue;
    const TimedPath early = timed_path(slice, at(*graph, 1), *found, TimedGoal::earliest_arrival, {}, stop);
    const TimedPath few = timed_path(slice, at(*graph, 1), *found, TimedGoal::fewest_steps, {}, stop);
    INFO("seed " << seed << " to " << who);
    CHECK(early.path.entities.empty() == !arrivals.count(who));
    CHECK(few.path.entities.empty() == early.path.entities.empty());
    if (early.path.entities.empty()) continue;
    CHECK(early.days.back() == arrivals.at(who));
    CHECK(std::is_sorted(early.days.begin(), early.days.end()));
    CHECK(std::is_sorted(few.days.begin(), few.days.end()));
    CHECK(few.path.steps() <= early.path.steps());
    require_real(*graph, early.path);
    require_real(*graph, few.path);
  }
}

TEST_CASE("the k shortest paths are loopless, differ, grow, and begin with the shortest") {
  const auto seed = GENERATE(range(1U, 7U));
  const auto graph = graph_of(random_events(seed, 60, 20));
  const Slice<const FrozenGraph> slice(*graph, {});
  Scratch scratch;
  Stop stop;
  const auto paths = k_shortest_paths(slice, at(*graph, 1), at(*graph, 2), 8, {16, 0}, scratch, stop);
  REQUIRE(!paths.empty());
  CHECK(paths.front().steps() == shortest_path(slice, at(*graph, 1), at(*graph, 2), {16, 0}, scratch, stop).steps());
  std::set<std::vector<EntityIx>> ways;
  std::size_t before = 0;
  for (const Path& path : paths) {
    require_real(*graph, path);
    CHECK(ways.insert(path.entities).second);
    CHECK(std::set<EntityIx>(path.entities.begin(), path.entities.end()).size() == path.entities.size());
    CHECK(path.steps() >= before);
    before = path.steps();
  }
}

TEST_CASE("a path through officials only goes around states") {
  FrozenGraph::Builder builder({});
  const auto meet = [&](const char* id, std::initializer_list<const char*> who) {
    std::vector<Part> parts;
    for (const char* one : who) parts.emplace_back(builder.entity(one), std::uint8_t{0});
    REQUIRE(builder.event(id, {}, parts).ok());
  };
  meet("event:1", {"official:A/a", "country:B"});
  meet("event:2", {"country:B", "official:C/c"});
  meet("event:3", {"official:A/a", "official:D/d"});
  meet("event:4", {"official:D/d", "official:E/e"});
  meet("event:5", {"official:E/e", "official:C/c"});
  const auto graph = *std::move(builder).finish({});
  const Slice<const FrozenGraph> slice(*graph, {});
  Scratch scratch;
  Stop stop;
  const auto from = graph->find_entity("official:A/a").value();
  const auto to = graph->find_entity("official:C/c").value();
  CHECK(shortest_path(slice, from, to, {16, 0}, scratch, stop).steps() == 2);
  const std::uint64_t officials = std::uint64_t{1} << static_cast<unsigned>(EntityKind::official);
  CHECK(shortest_path(slice, from, to, {16, officials}, scratch, stop).steps() == 3);
  CHECK(shortest_path(slice, from, to, {2, officials}, scratch, stop).entities.empty());
}

TEST_CASE("the projection counts shared events, PageRank adds up to one, components are those of the steps") {
  const auto seed = GENERATE(range(1U, 7U));
  const auto events = random_events(seed, 30, 50);
  const auto graph = graph_of(events);
  Stop stop;
  const Projection projection = project(Slice<const FrozenGraph>(*graph, {}), {}, stop);
  std::map<std::pair<int, int>, int> shared;
  for (const Met& event : events)
    for (const int a : event.who)
      for (const int b : event.who)
        if (a != b) ++shared[{a, b}];
  CHECK(projection.arcs() == shared.size());
  const auto number = [&](std::uint32_t node) {
    return std::stoi(std::string(graph->entity_id(projection.entity(node)).substr(2)));
  };
  for (std::uint32_t node = 0; node < projection.nodes(); ++node)
    for (auto arc = projection.begin(node); arc < projection.begin(node + 1); ++arc)
      CHECK(shared.at({number(node), number(projection.to(arc))}) == static_cast<int>(projection.weight(arc)));
  double sum = 0;
  for (const double one : page_rank(
           projection, 20, 0.85, [&](const Arc& arc) { return projection.weight(arc.number); }, stop))
    sum += one;
  CHECK(sum == Approx(1));
  const Components parts = components(projection, stop);
  const auto steps = plain_steps(events, number(0), {});
  for (std::uint32_t node = 0; node < projection.nodes(); ++node)
    CHECK((parts.of[node] == parts.of[0]) == (steps.count(number(node)) != 0));
}

TEST_CASE("components and their sizes are whole, whether the last vertex is reached early or late") {
  Stop stop;
  const auto sizes = [&](const std::vector<Met>& events) {
    const auto graph = graph_of(events);
    const Components parts = components(project(Slice<const FrozenGraph>(*graph, {}), {}, stop), stop);
    std::vector<std::uint32_t> counted(parts.sizes.size());
    for (const std::uint32_t part : parts.of) ++counted.at(part);
    CHECK(counted == parts.sizes);
    return parts.sizes;
  };
  // All meet at once: the first vertex reaches the rest.
  CHECK(sizes({{1, 1, {1, 2, 3, 4}}}) == std::vector<std::uint32_t>{4});
  CHECK(sizes({{1, 1, {1, 2}}, {1, 1, {2, 3}}, {1, 1, {3, 4}}}) == std::vector<std::uint32_t>{4});
  CHECK(sizes({{1, 1, {1, 3}}, {1, 1, {2, 4}}, {1, 1, {4, 5}}}) == std::vector<std::uint32_t>{2, 3});
  CHECK(sizes({{1, 1, {1, 2, 3}}, {1, 1, {4, 5}}}) == std::vector<std::uint32_t>{3, 2});
}

TEST_CASE("betweenness of a chain is what a pencil gives") {
  const auto graph = graph_of({{1, 1, {1, 2}}, {2, 2, {2, 3}}, {3, 3, {3, 4}}, {4, 4, {4, 5}}});
  Stop stop;
  const Projection projection = project(Slice<const FrozenGraph>(*graph, {}), {}, stop);
  const auto values = betweenness(projection, 1000, 1, stop);
  CHECK(values == std::vector<double>{0, 3, 4, 3, 0});
}

TEST_CASE("two groups joined by one meeting are two communities") {
  std::vector<Met> events;
  for (int a = 1; a <= 5; ++a)
    for (int b = a + 1; b <= 5; ++b) {
      events.push_back({1, 1, {a, b}});
      events.push_back({1, 1, {a + 10, b + 10}});
    }
  events.push_back({1, 1, {1, 11}});
  const auto graph = graph_of(events);
  Stop stop;
  const Projection projection = project(Slice<const FrozenGraph>(*graph, {}), {}, stop);
  const Communities found = communities(projection, 1, stop);
  REQUIRE(found.sizes == std::vector<std::uint32_t>{5, 5});
  CHECK(found.of == std::vector<std::uint32_t>{0, 0, 0, 0, 0, 1, 1, 1, 1, 1});
  // 10 edges inside each, one between: 2 * (20/42 - (21/42)^2).
  CHECK(found.modularity == Approx(2 * (20.0 / 42 - 0.25)));
}

TEST_CASE("a change of pace is found where it is, and an even pace has none") {
  Stop stop;
  std::mt19937 chance(7);
  std::vector<std::uint32_t> changed;
  for (int i = 0; i < 60; ++i) changed.push_back(static_cast<std::uint32_t>(chance() % 3));
  for (int i = 0; i < 60; ++i) changed.push_back(static_cast<std::uint32_t>(5 + chance() % 5));
  const auto breaks = find_breaks(changed, {}, stop);
  REQUIRE(breaks.size() == 1);
  CHECK(breaks[0].at == 60);
  CHECK(breaks[0].before_mean < 2);
  CHECK(breaks[0].after_mean > 5);
  CHECK(find_breaks(std::vector<std::uint32_t>(120, 3), {}, stop).empty());
  CHECK(find_breaks(std::vector<std::uint32_t>(), {}, stop).empty());
}

TEST_CASE("names are found by their first bytes and by edits as looking at each of them would") {
  std::mt19937 chance(11);
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) {
    std::string name;
    const auto length = 3 + chance() % 6;
    for (unsigned n = 0; n < length; ++n) name += static_cast<char>('a' + chance() % 4);
    if (i % 7 == 0) name += "é";
    names.push_back(name);
  }
  FrozenGraph::Builder builder({});
  for (std::size_t i = 0; i < names.size(); ++i) builder.name(builder.entity(fmt::format("x:{}", i)), names[i]);
  const auto graph = *std::move(builder).finish({});
  for (int round = 0; round < 50; ++round) {
    const std::string& wanted = names[chance() % names.size()];
    std::vector<NearName> found;
    graph->names().near(wanted, 2, 1000, found);
    std::size_t plain = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::uint32_t edits = edits_between(wanted, names[i], 2);
      if (edits > 2) continue;
      ++plain;
      const auto ix = at(*graph, static_cast<int>(i));
      CHECK(std::any_of(found.begin(), found.end(),
                        [&](const NearName& one) { return one.entity == ix && one.edits == edits; }));
    }
    CHECK(found.size() == plain);
    std::vector<NamedEntity> starting;
    graph->names().starting_with(wanted.substr(0, 2), 1000, 0, starting);
    CHECK(static_cast<std::ptrdiff_t>(starting.size()) ==
          std::count_if(names.begin(), names.end(),
                        [&](const std::string& one) { return one.starts_with(wanted.substr(0, 2)); }));
    CHECK(
        std::is_sorted(starting.begin(), starting.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
  }
}

TEST_CASE("a walk that is stopped says so") {
  const auto graph = graph_of(random_events(1, 3000, 300));
  std::atomic<bool> cancelled{true};
  Stop stop(std::nullopt, &cancelled);
  Stop late(Stop::Clock::now(), nullptr);
  CHECK(project(Slice<const FrozenGraph>(*graph, {}), {}, stop).nodes() == 0);
  CHECK(stop.why() == Stop::Why::cancelled);
  CHECK(late.look());
  CHECK(late.why() == Stop::Why::deadline);
}
