#include "graph/query/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/utf8.h"
#include "graph/query/context.h"

namespace entente::graph::query {
namespace {

constexpr std::uint32_t kUnbound = kNoIndex;

// An end of a triple: a variable, or an entity that is known from the start.
struct End {
  std::optional<std::uint32_t> variable;
  std::uint32_t value = kUnbound;
};

struct Triple {
  End subject;
  PatternPredicate predicate = PatternPredicate::participant;
  End object;
};

struct Group {
  std::vector<Triple> triples;
  std::vector<const PatternFilter*> filters;
  std::vector<Group> nots;
  std::vector<std::uint32_t> variables;  // of its triples
};

struct Bounds {  // of the first day of an event, from filters against dates
  Day from = kOpenStart;
  Day to = kOpenEnd;
};

// Candidates for a variable: a list of the graph, or all events or entities.
struct Candidates {
  enum class Kind : std::uint8_t { none, list, parts, one, all } kind = Kind::none;
  const std::uint32_t* begin = nullptr;
  const std::uint32_t* end = nullptr;
  const std::uint32_t* tail = nullptr;  // lasting events, which stand apart
  const std::uint32_t* tail_end = nullptr;
  std::span<const Part> of_event;
  std::uint32_t single = kUnbound;
  std::uint32_t count = 0;  // of all
  const char* by = "";
  std::size_t size() const {
    switch (kind) {
      case Kind::none:
        return std::numeric_limits<std::size_t>::max();
      case Kind::list:
        return static_cast<std::size_t>(end - begin) + static_cast<std::size_t>(tail_end - tail);
      case Kind::parts:
        return of_event.size();
      case Kind::one:
        return 1;
      case Kind::all:
        return count;
    }
    return 0;
  }
};

std::optional<std::uint8_t> role_number(PatternPredicate predicate) {
  if (const auto role = parse_role(to_string(predicate))) return static_cast<std::uint8_t>(*role);
  return std::nullopt;
}

struct Known {  // a value of an operand
  enum class Kind : std::uint8_t { nothing, number, text } kind = Kind::nothing;
  std::int64_t number = 0;
  std::string text;
};

class Search {
 public:
  Search(const FrozenGraph& graph, const Pattern& pattern, Stop& stop)
      : graph_(graph),
        pattern_(pattern),
        stop_(stop),
        bound_(pattern.variables.size(), kUnbound),
        bounds_(pattern.variables.size()) {
    for (const auto& variable : pattern.variables) steps_.push_back({variable.name, "", 0, 0});
  }

  std::optional<Problem> prepare() {
    auto problem = compile(pattern_.where, root_);
    // Dates that must hold in any case narrow the lists of events.
    for (const PatternFilter& filter : pattern_.where.filters) narrow(filter);
    return problem;
  }

  // Calls `found` for each binding until it gives false.
  template <class Found>
  void run(Found found) {
    solve(root_, [&] { return found(); });
  }

  std::uint32_t value(std::uint32_t variable) const { return bound_[variable]; }
  const std::vector<MatchStep>& steps() const { return steps_; }
  const std::vector<std::uint32_t>& order() const { return order_; }

  Known known(const PatternOperand& operand) const {
    Known out;
    switch (operand.kind) {
      case PatternOperand::Kind::number:
      case PatternOperand::Kind::date:
        return {Known::Kind::number, operand.number, {}};
      case PatternOperand::Kind::words:
        return {Known::Kind::text, 0, operand.words.front()};
      case PatternOperand::Kind::days: {
        const Known a = known(operand.between[0]);
        const Known b = known(operand.between[1]);
        if (a.kind != Known::Kind::number || b.kind != Known::Kind::number) return out;
        return {Known::Kind::number, b.number - a.number, {}};
      }
      case PatternOperand::Kind::variable:
        break;
    }
    const std::uint32_t at = bound_[operand.variable];
    if (at == kUnbound) return out;
    const bool event = pattern_.variables[operand.variable].kind == VariableKind::event;
    return event ? of_event(at, operand.attribute) : of_entity(at, operand.attribute);
  }

 private:
  static Known text(std::string_view text) {
    return text.empty() ? Known{} : Known{Known::Kind::text, 0, std::string(text)};
  }
  static Known number(std::int64_t number) { return {Known::Kind::number, number, {}}; }

  Known of_event(EventIx at, Attribute attribute) const {
    const Happening& one = graph_.happening(at);
    const auto word = [](const auto& value) { return value ? text(graph::to_string(*value)) : Known{}; };
    switch (attribute) {
      case Attribute::self:
        return text(graph_.event_id(at));
      case Attribute::first:
        return one.first == kOpenStart ? Known{} : number(one.first);
      case Attribute::last:
        return one.last == kOpenEnd ? Known{} : number(one.last);
      case Attribute::year:
        return one.first == kOpenStart ? Known{} : number(to_civil(one.first).year);
      case Attribute::type:
        return text(graph::to_string(one.type));
      case Attribute::level:
        return word(level_from_number(one.level));
      case Attribute::status:
        return text(graph::to_string(one.status));
      case Attribute::mode:
        return word(mode_from_number(one.mode));
      case Attribute::stage:
        return word(stage_from_number(one.stage));
      case Attribute::stance:
        return word(stance_from_number(one.stance));
      case Attribute::edition:
        return one.edition == 0 ? Known{} : number(one.edition);
      case Attribute::place:
        return text(graph_.text(one.place));
      case Attribute::forum:
        return one.forum == kNoIndex ? Known{} : text(graph_.entity_id(one.forum));
      default:
        return {};
    }
  }
  Known of_entity(EntityIx at, Attribute attribute) const {
    switch (attribute) {
      case Attribute::self:
        return text(graph_.entity_id(at));
      case Attribute::kind:
        return text(graph::to_string(graph_.kind(at)));
      case Attribute::label:
        return text(graph_.label(at));
      case Attribute::post:
        return text(graph_.posts(at));
      default:
        return {};
    }
  }

  std::optional<Problem> compile_end(const PatternTerm& term, End& out) {
    if (term.variable) {
      out.variable = term.variable;
      return std::nullopt;
    }
    const auto found = graph_.find_entity(term.id);
    if (!found) {
      Problem problem;
      problem.kind = ProblemKind::unknown_id;
      problem.code = ErrorCode::not_found;
      problem.at = "pattern";
      problem.value = term.id;
      problem.line = term.place.line;
      problem.column = term.place.column;
      problem.expected = "the id of an entity";
      problem.message = "there is no '" + term.id + "'";
      problem.remedy = "ask `resolve` with a part of the name";
      return problem;
    }
    out.value = *found;
    return std::nullopt;
  }
  std::optional<Problem> compile(const PatternGroup& from, Group& to) {
    for (const PatternTriple& triple : from.triples) {
      Triple& out = to.triples.emplace_back();
      out.predicate = triple.predicate;
      if (auto problem = compile_end(triple.subject, out.subject)) return problem;
      if (auto problem = compile_end(triple.object, out.object)) return problem;
      for (const End* end : {&out.subject, &out.object})
        if (end->variable && std::find(to.variables.begin(), to.variables.end(), *end->variable) == to.variables.end())
          to.variables.push_back(*end->variable);
    }
    for (const PatternFilter& filter : from.filters) to.filters.push_back(&filter);
    for (const PatternGroup& inner : from.nots)
      if (auto problem = compile(inner, to.nots.emplace_back())) return problem;
    return std::nullopt;
  }
  void narrow(const PatternFilter& filter) {
    const bool dated = filter.left.kind == PatternOperand::Kind::variable &&
                       filter.left.attribute == Attribute::first && filter.right.kind == PatternOperand::Kind::date;
    if (!dated) return;
    Bounds& bounds = bounds_[filter.left.variable];
    const Day day = static_cast<Day>(filter.right.number);
    const Comparison how = filter.comparison;
    if (how == Comparison::more || how == Comparison::more_or_equal || how == Comparison::equal)
      bounds.from = std::max(bounds.from, day);
    if (how == Comparison::less || how == Comparison::less_or_equal || how == Comparison::equal)
      bounds.to = std::min(bounds.to, day);
  }

  std::uint32_t end_value(const End& end) const { return end.variable ? bound_[*end.variable] : end.value; }
  static bool speaks_of(const End& end, std::uint32_t variable) { return end.variable && *end.variable == variable; }

  // The list that this triple offers for a variable when its other end is bound.
  Candidates offered(const Triple& triple, std::uint32_t variable) const {
    const bool as_subject = speaks_of(triple.subject, variable);
    const std::uint32_t other = end_value(as_subject ? triple.object : triple.subject);
    Candidates out;
    if (other == kUnbound) return out;
    switch (triple.predicate) {
      case PatternPredicate::acts_for:
        if (as_subject) return listed(officials_of(other), "officials of");
        return single(graph_.of(other), "acts for");
      case PatternPredicate::member_of:
        if (as_subject) return listed(graph_.members(other), "members of");
        return listed(graph_.groups(other), "groups of");
      default:
        break;
    }
    if (as_subject) return events_of(other, variable);
    if (triple.predicate == PatternPredicate::edition_of) return single(graph_.happening(other).forum, "forum of");
    out.kind = Candidates::Kind::parts;
    out.of_event = graph_.parts(other);
    out.by = "parts of the event";
    return out;
  }
  Candidates listed(std::span<const std::uint32_t> list, const char* by) const {
    Candidates out;
    out.kind = Candidates::Kind::list;
    out.begin = list.data();
    out.end = list.data() + list.size();
    out.by = by;
    return out;
  }
  static Candidates single(std::uint32_t value, const char* by) {
    Candidates out;
    out.kind = Candidates::Kind::one;
    out.single = value;
    out.by = by;
    return out;
  }
  Candidates events_of(EntityIx entity, std::uint32_t variable) const {
    const Incidents own = graph_.incidents(entity);
    const Bounds& bounds = bounds_[variable];
    const Day* const low = std::lower_bound(own.firsts, own.firsts + own.dated, bounds.from);
    const Day* const high = std::upper_bound(low, own.firsts + own.dated, bounds.to);
    Candidates out = listed({own.events + (low - own.firsts), own.events + (high - own.firsts)}, "events of an entity");
    out.tail = own.events + own.dated;
    out.tail_end = own.events + own.all;
    return out;
  }
  std::span<const EntityIx> officials_of(EntityIx of) const {
    if (officials_.empty()) {
      officials_.resize(graph_.entities());
      for (EntityIx entity = 0; entity < graph_.entities(); ++entity)
        if (graph_.of(entity) != kNoIndex) officials_[graph_.of(entity)].push_back(entity);
    }
    return officials_[of];
  }

  Candidates best_for(const Group& group, std::uint32_t variable) const {
    Candidates best;
    std::vector<EntityIx> parties;
    for (const Triple& triple : group.triples) {
      if (!speaks_of(triple.subject, variable) && !speaks_of(triple.object, variable)) continue;
      const Candidates offer = offered(triple, variable);
      if (offer.kind != Candidates::Kind::none && offer.size() < best.size()) best = offer;
      if (speaks_of(triple.subject, variable) && end_value(triple.object) != kUnbound &&
          pattern_.variables[variable].kind == VariableKind::event &&
          triple.predicate != PatternPredicate::edition_of &&
          FrozenGraph::is_party(graph_.kind(end_value(triple.object))))
        parties.push_back(end_value(triple.object));
    }
    // Two parties of one event are bound: the list of the pair is shorter than either's own.
    for (std::size_t i = 0; i + 1 < parties.size(); ++i) {
      if (parties[i] == parties[i + 1]) continue;
      const PairEvents pair = graph_.pair(parties[i], parties[i + 1]);
      if (pair.events.size() >= best.size()) continue;
      best = listed(pair.events, "events of a pair");
    }
    if (best.kind != Candidates::Kind::none) return best;
    best.kind = Candidates::Kind::all;
    const bool event = pattern_.variables[variable].kind == VariableKind::event;
    best.count = static_cast<std::uint32_t>(event ? graph_.events() : graph_.entities());
    best.by = event ? "all events" : "all entities";
    return best;
  }

  bool holds(const Triple& triple) const {
    const std::uint32_t subject = end_value(triple.subject);
    const std::uint32_t object = end_value(triple.object);
    if (subject == kUnbound || object == kUnbound) return true;
    switch (triple.predicate) {
      case PatternPredicate::acts_for:
        return graph_.of(subject) == object;
      case PatternPredicate::member_of: {
        const auto groups = graph_.groups(subject);
        return std::find(groups.begin(), groups.end(), object) != groups.end();
      }
      case PatternPredicate::edition_of:
        return graph_.happening(subject).forum == object;
      default:
        break;
    }
    for (const Part& part : graph_.parts(subject)) {
      if (part.who() != object) continue;
      const EntityKind kind = graph_.kind(object);
      if (triple.predicate == PatternPredicate::participant) return true;
      if (triple.predicate == PatternPredicate::party) return FrozenGraph::is_party(kind);
      if (triple.predicate == PatternPredicate::official) return kind == EntityKind::official;
      return role_number(triple.predicate) == part.role();
    }
    return false;
  }

  bool is_bound(const PatternOperand& operand) const {
    if (operand.kind == PatternOperand::Kind::variable) return bound_[operand.variable] != kUnbound;
    return std::all_of(operand.between.begin(), operand.between.end(),
                       [&](const PatternOperand& one) { return is_bound(one); });
  }
  static bool speaks_of(const PatternOperand& operand, std::uint32_t variable) {
    if (operand.kind == PatternOperand::Kind::variable) return operand.variable == variable;
    return std::any_of(operand.between.begin(), operand.between.end(),
                       [&](const PatternOperand& one) { return speaks_of(one, variable); });
  }
  // What is not known is neither equal nor unequal, less nor more.
  bool holds(const PatternFilter& filter) const {
    const Known left = known(filter.left);
    if (left.kind == Known::Kind::nothing) return false;
    if (filter.right.kind == PatternOperand::Kind::words) {
      const auto any = [&](auto test) {
        return std::any_of(filter.right.words.begin(), filter.right.words.end(), test);
      };
      const bool place =
          filter.left.kind == PatternOperand::Kind::variable && filter.left.attribute == Attribute::place;
      const auto same = [&](const std::string& word) {
        if (!place) return left.text == word;
        const auto bar = left.text.find('|');
        return left.text.substr(0, bar) == word || left.text.substr(std::min(bar, left.text.size() - 1) + 1) == word;
      };
      switch (filter.comparison) {
        case Comparison::equal:
          return any(same);
        case Comparison::unequal:
          return !any(same);
        case Comparison::contains:
          return any([&](const std::string& word) { return fold(left.text).find(fold(word)) != std::string::npos; });
        default:
          return compare(left.text, filter.right.words.front(), filter.comparison);
      }
    }
    const Known right = known(filter.right);
    if (right.kind != left.kind) return false;
    return left.kind == Known::Kind::number ? compare(left.number, right.number, filter.comparison)
                                            : compare(left.text, right.text, filter.comparison);
  }
  template <class T>
  static bool compare(const T& left, const T& right, Comparison how) {
    switch (how) {
      case Comparison::equal:
        return left == right;
      case Comparison::unequal:
        return left != right;
      case Comparison::less:
        return left < right;
      case Comparison::less_or_equal:
        return left <= right;
      case Comparison::more:
        return left > right;
      case Comparison::more_or_equal:
        return left >= right;
      case Comparison::contains:
        return false;
    }
    return false;
  }

  // Whether everything that can be said, now that `variable` has a value, holds.
  bool consistent(const Group& group, std::uint32_t variable) const {
    for (const Triple& triple : group.triples)
      if ((speaks_of(triple.subject, variable) || speaks_of(triple.object, variable)) && !holds(triple)) return false;
    for (const PatternFilter* filter : group.filters)
      if ((speaks_of(filter->left, variable) || speaks_of(filter->right, variable)) && is_bound(filter->left) &&
          is_bound(filter->right) && !holds(*filter))
        return false;
    return true;
  }

  bool none_of_nots(const Group& group) {
    for (const Group& inner : group.nots) {
      bool found = false;
      // Triples and filters of which everything is bound from outside are tests of their own.
      if (std::all_of(inner.triples.begin(), inner.triples.end(),
                      [&](const Triple& triple) { return holds(triple); }) &&
          std::all_of(inner.filters.begin(), inner.filters.end(), [&](const PatternFilter* filter) {
            return !is_bound(filter->left) || !is_bound(filter->right) || holds(*filter);
          }))
        solve(inner, [&] {
          found = true;
          return false;
        });
      if (found) return false;
    }
    return true;
  }

  // False when `found` wanted no more.
  bool solve(const Group& group, const std::function<bool()>& found) {
    std::optional<std::uint32_t> next;
    Candidates best;
    for (const std::uint32_t variable : group.variables) {
      if (bound_[variable] != kUnbound) continue;
      const Candidates offer = best_for(group, variable);
      if (!next || offer.size() < best.size()) {
        next = variable;
        best = offer;
      }
    }
    if (!next) return !none_of_nots(group) || found();
    MatchStep& step = steps_[*next];
    if (step.by.empty()) {
      step.by = best.by;
      order_.push_back(*next);
    }
    const auto take = [&](std::uint32_t candidate) {
      if (stop_.asked()) return false;
      ++step.read;
      bound_[*next] = candidate;
      bool go_on = true;
      if (consistent(group, *next)) {
        ++step.kept;
        go_on = solve(group, found);
      }
      bound_[*next] = kUnbound;
      return go_on;
    };
    switch (best.kind) {
      case Candidates::Kind::none:
        return true;
      case Candidates::Kind::one:
        return best.single == kNoIndex || take(best.single);
      case Candidates::Kind::all:
        for (std::uint32_t i = 0; i < best.count; ++i)
          if (!take(i)) return false;
        return true;
      case Candidates::Kind::parts:
        for (const Part& part : best.of_event)
          if (!take(part.who())) return false;
        return true;
      case Candidates::Kind::list:
        for (const std::uint32_t* at = best.begin; at != best.end; ++at)
          if (!take(*at)) return false;
        for (const std::uint32_t* at = best.tail; at != best.tail_end; ++at)
          if (!take(*at)) return false;
        return true;
    }
    return true;
  }

  const FrozenGraph& graph_;
  const Pattern& pattern_;
  Stop& stop_;
  Group root_;
  std::vector<std::uint32_t> bound_;
  std::vector<Bounds> bounds_;
  std::vector<MatchStep> steps_;
  std::vector<std::uint32_t> order_;
  mutable std::vector<std::vector<EntityIx>> officials_;
};

// A value to sort and to show: numbers before texts, nothing first.
struct Cell {
  int rank = 0;  // 0 nothing, 1 number, 2 text
  std::int64_t number = 0;
  std::string text;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

Cell cell_of(const Known& known) {
  switch (known.kind) {
    case Known::Kind::nothing:
      return {};
    case Known::Kind::number:
      return {1, known.number, {}};
    case Known::Kind::text:
      return {2, static_cast<std::int64_t>(known.text.size()), known.text};
  }
  return {};
}

bool is_day(const PatternItem& item) {
  return item.of.attribute == Attribute::first || item.of.attribute == Attribute::last;
}

Value value_of(const Cell& cell, const PatternItem& item) {
  const bool counted = item.kind == PatternItem::Kind::count || item.kind == PatternItem::Kind::count_distinct;
  if (cell.rank == 0) return {};
  if (cell.rank == 1)
    return !counted && is_day(item) ? Value(to_iso(to_civil(static_cast<Day>(cell.number)))) : Value(cell.number);
  return Value(cell.text);
}

struct Sum {  // what one group of bindings adds up to
  std::vector<std::uint64_t> counts;
  std::vector<std::set<std::uint32_t>> seen;
  std::vector<Cell> extremes;
};

class Gather {
 public:
  Gather(const Pattern& pattern, const Search& search) : pattern_(pattern), search_(search) {
    for (const PatternItem& item : pattern.items) aggregated_ = aggregated_ || item.kind != PatternItem::Kind::value;
  }
  std::size_t size() const { return aggregated_ ? sums_.size() : rows_.size(); }

  void add() {
    std::vector<Cell> key;
    for (const PatternItem& item : pattern_.items)
      if (item.kind == PatternItem::Kind::value) key.push_back(cell_of(search_.known(item.of)));
    if (!aggregated_) {
      if (!pattern_.distinct || seen_.insert(key).second) rows_.push_back(std::move(key));
      return;
    }
    Sum& sum = sums_[std::move(key)];
    const std::size_t n = pattern_.items.size();
    sum.counts.resize(n);
    sum.seen.resize(n);
    sum.extremes.resize(n);
    for (std::size_t i = 0; i < n; ++i) add_to(sum, i);
  }

  // In the order asked for, then by the values from left to right.
  std::vector<std::vector<Cell>> sorted() {
    std::vector<std::vector<Cell>> out = aggregated_ ? of_sums() : std::move(rows_);
    std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
      for (const PatternKey& key : pattern_.order)
        if (a[key.item] != b[key.item]) return key.descending ? b[key.item] < a[key.item] : a[key.item] < b[key.item];
      return a < b;
    });
    return out;
  }

 private:
  void add_to(Sum& sum, std::size_t i) {
    const PatternItem& item = pattern_.items[i];
    switch (item.kind) {
      case PatternItem::Kind::value:
        return;
      case PatternItem::Kind::count:
        ++sum.counts[i];
        return;
      case PatternItem::Kind::count_distinct:
        if (sum.seen[i].insert(search_.value(item.of.variable)).second) ++sum.counts[i];
        return;
      case PatternItem::Kind::min:
      case PatternItem::Kind::max: {
        const Cell cell = cell_of(search_.known(item.of));
        if (cell.rank == 0) return;
        Cell& held = sum.extremes[i];
        const bool better = held.rank == 0 || (item.kind == PatternItem::Kind::min ? cell < held : held < cell);
        if (better) held = cell;
      }
    }
  }
  std::vector<std::vector<Cell>> of_sums() const {
    std::vector<std::vector<Cell>> out;
    for (const auto& [key, sum] : sums_) {
      std::vector<Cell> row;
      std::size_t at = 0;
      for (std::size_t i = 0; i < pattern_.items.size(); ++i) {
        switch (pattern_.items[i].kind) {
          case PatternItem::Kind::value:
            row.push_back(key[at++]);
            break;
          case PatternItem::Kind::count:
          case PatternItem::Kind::count_distinct:
            row.push_back({1, static_cast<std::int64_t>(sum.counts[i]), {}});
            break;
          default:
            row.push_back(sum.extremes[i]);
        }
      }
      out.push_back(std::move(row));
    }
    return out;
  }

  const Pattern& pattern_;
  const Search& search_;
  bool aggregated_ = false;
  std::vector<std::vector<Cell>> rows_;
  std::set<std::vector<Cell>> seen_;
  std::map<std::vector<Cell>, Sum> sums_;
};

}  // namespace

Try<Matches> match(const FrozenGraph& graph, const Pattern& pattern, std::uint64_t limit, std::uint64_t skip,
                   std::size_t results_max, Stop& stop) {
  Search search(graph, pattern, stop);
  if (auto problem = search.prepare()) return *problem;
  Gather gather(pattern, search);
  bool too_many = false;
  search.run([&] {
    gather.add();
    too_many = gather.size() > results_max;
    return !too_many;
  });
  if (too_many) {
    Problem problem;
    problem.kind = ProblemKind::past_limit;
    problem.code = ErrorCode::too_large;
    problem.at = "pattern";
    problem.message = fmt::format("the pattern has more than {} answers", results_max);
    problem.remedy = "narrow it: a period (?e.first >= 2020-01-01), a type, an id in the place of a variable";
    return problem;
  }
  Matches out;
  for (const std::uint32_t variable : search.order()) out.steps.push_back(search.steps()[variable]);
  const auto rows = gather.sorted();
  const std::size_t begin = std::min<std::size_t>(rows.size(), skip);
  const std::size_t end = limit == 0 ? rows.size() : std::min<std::size_t>(rows.size(), begin + limit);
  for (std::size_t i = begin; i < end; ++i) {
    Row& row = out.rows.emplace_back();
    for (std::size_t n = 0; n < pattern.items.size(); ++n)
      row.push_back({pattern.items[n].name, value_of(rows[i][n], pattern.items[n])});
  }
  out.more = end < rows.size();
  return out;
}

Try<Fill> ask_match(Context& context) {
  auto pattern = parse_pattern(context.query->pattern);
  if (!pattern) return pattern.problem();
  auto graph = context.whole();
  if (!graph) return graph.problem();
  // A limit in the pattern is part of what is asked; the one of the question is a page.
  std::uint64_t limit = context.limit;
  bool cut_by_pattern = false;
  if (pattern->limit && (!context.query->limit || *pattern->limit <= context.skip + limit)) {
    limit = *pattern->limit > context.skip ? *pattern->limit - context.skip : 0;
    cut_by_pattern = true;
    if (limit == 0) return rows_of({});
  }
  constexpr std::size_t kResultsMax = 2'000'000;
  auto found = match(**graph, *pattern, limit, context.skip, kResultsMax, context.stop);
  if (!found) return found.problem();
  if (auto problem = context.stopped()) return *problem;
  if (found->more && !cut_by_pattern) more_after(context, found->rows.size());
  Value::List plan;
  for (const MatchStep& step : found->steps)
    plan.emplace_back(
        Value::Fields{{"variable", "?" + step.variable}, {"by", step.by}, {"read", step.read}, {"kept", step.kept}});
  context.explain("plan", std::move(plan));
  return rows_of(std::move(found->rows));
}

}  // namespace entente::graph::query
