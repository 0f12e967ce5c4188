// changes: what the record says today of which it said nothing, or something else, at an earlier recorded time.
#include <set>

#include "graph/query/context.h"
#include "graph/query/event_row.h"
#include "graph/query/sides.h"
#include "graph/view/freeze.h"
#include "graph/view/whole.h"

namespace entente::graph::query {
namespace {

Problem no_since() {
  Problem out;
  out.kind = ProblemKind::missing_field;
  out.at = "since";
  out.message = "the question 'changes' needs 'since'";
  out.remedy = "give a recorded time: \"2026-11-24\" or \"2026-11-24T05:00:00Z\"";
  return out;
}

bool in_period(const Query& query, const Event& event) {
  if (!query.from && !query.to) return true;
  if (!event.facts.date || event.facts.date->is_undated()) return false;
  return (!query.from || event.facts.date->latest().value_or(kOpenEnd) >= *query.from) &&
         (!query.to || event.facts.date->earliest().value_or(kOpenStart) <= *query.to);
}

template <class Word>
bool among(const std::vector<std::string>& wanted, const Word& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), to_string(value)) != wanted.end();
}

using Visit = std::function<Result<bool>(const Event&, const TableFacts*)>;

// Whose events are compared: everybody's when `left` is empty.
struct Sides {
  std::set<EntityId> left;
  std::set<EntityId> right;

  bool meet_in(const EventFacts& facts) const {
    if (left.empty()) return true;
    const auto parts = parts_of(facts);
    return std::any_of(parts.begin(), parts.end(), [&](const auto& one) {
      return left.contains(one.first) &&
             (right.empty() || std::any_of(parts.begin(), parts.end(), [&](const auto& other) {
                return other.first != one.first && right.contains(other.first);
              }));
    });
  }
};

// Compares what two views say of each event. What no longer fits the question is a change, too: it did before.
class Changes {
 public:
  Changes(Context& context, Query filter, Sides sides, Reader& before)
      : context_(context), filter_(std::move(filter)), sides_(std::move(sides)), before_(before) {
    if (context.limit != 0) rows_max_ = static_cast<std::size_t>(context.skip + context.limit) + 1;
  }

  Result<bool> now_is(const Event& event, const TableFacts* table) {
    if (!wanted(event, table)) return !stopped();
    const auto was = before_.find_event(event.id);
    if (!was) return was.error();
    // An id that was joined to another leads to that one.
    if (!*was || (*was)->id != event.id)
      add("new", event, table, nullptr);
    else if (!same(**was, event))
      add("changed", event, table, &**was);
    return !stopped();
  }
  Result<bool> was(const Event& event, const TableFacts* table) {
    if (!wanted(event, table)) return !stopped();
    const auto now = context_.reader().find_event(event.id);
    if (!now) return now.error();
    if (!*now || (*now)->id != event.id)
      add("gone", event, table, nullptr, *now ? &(*now)->id : nullptr);
    else if (!same(event, **now) && !(sides_.meet_in((*now)->facts) && wanted(**now, table)))
      add("changed", **now, table, &event);
    return !stopped();
  }
  bool stopped() { return context_.stop.asked() || rows_.size() >= rows_max_; }
  std::vector<Row> take() { return std::move(rows_); }

 private:
  bool wanted(const Event& event, const TableFacts* table) const {
    if (!in_period(filter_, event) || !among(filter_.types, event.facts.type) ||
        !among(filter_.statuses, event.facts.status) || !passes(filter_, event, table))
      return false;
    return filter_.levels.empty() || (event.facts.level && among(filter_.levels, *event.facts.level));
  }
  // The words of the evidence are there for one event asked for, not for each of many.
  static bool same(const Event& a, const Event& b) {
    Event bare = a;
    bare.evidence = b.evidence;
    return bare == b;
  }
  // Which parts of the row are not what they were; `claims` when others stand behind it.
  static Value::List differing(const Event& was, const Event& now) {
    Value::List out;
    const Row before = row_of(was);
    for (const Field& field : row_of(now))
      if (const Value* const old = find(before, field.name); old == nullptr || !(*old == field.value))
        out.emplace_back(field.name);
    if (was.claims != now.claims) out.emplace_back("claims");
    return out;
  }
  // `into`: the event that it was joined to.
  void add(const char* what, const Event& event, const TableFacts* table, const Event* was,
           const EventId* into = nullptr) {
    Row row{{"change", what},
            {"into", into == nullptr ? Value() : Value(into->str())},
            {"differs", was == nullptr ? Value() : Value(differing(*was, event))}};
    for (Field& field : row_of(event, table)) row.push_back(std::move(field));
    rows_.push_back(std::move(row));
  }

  Context& context_;
  Query filter_;
  Sides sides_;
  Reader& before_;
  std::size_t rows_max_ = std::numeric_limits<std::size_t>::max();
  std::vector<Row> rows_;
};

// The events of the tables that `reader` holds and `other` does not: the rows of one table never change.
Result<void> each_of_tables(Reader& reader, Reader& other, const Visit& visit) {
  RowReader* const rows = reader.rows();
  if (rows == nullptr) return {};
  const auto known = other.rows() == nullptr ? std::vector<std::uint32_t>() : other.rows()->tables();
  const auto tables = rows->tables();
  const auto is_new = [&](std::uint32_t table) { return std::find(known.begin(), known.end(), table) == known.end(); };
  if (std::none_of(tables.begin(), tables.end(), is_new)) return {};
  auto* const facts = dynamic_cast<TableFactsReader*>(rows);
  return rows->each_event([&](const graph::Row& row, std::span<const Participant> /*parts*/) -> Result<bool> {
    if (row.event.table == 0 || !is_new(row.event.table)) return true;
    const EventId id = rows->id_of(row.event);
    const auto event = reader.find_event(id);
    if (!event) return event.error();
    if (!*event) return true;
    if (facts == nullptr) return visit(**event, nullptr);
    const auto table = facts->table_facts(id);
    if (!table) return table.error();
    return visit(**event, *table ? &**table : nullptr);
  });
}

Result<void> each_of(Reader& reader, Reader& other, const Sides& sides, const Visit& visit) {
  if (sides.left.empty()) {
    auto* const whole = dynamic_cast<WholeView*>(&reader);
    if (whole == nullptr)
      return Error{ErrorCode::invalid_argument,
                   "a view over the network cannot be walked whole; say whose changes with `of` or `between`",
                   {}};
    bool go_on = true;
    const Visit noting = [&](const Event& event, const TableFacts* table) {
      auto more = visit(event, table);
      if (more) go_on = *more;
      return more;
    };
    const auto told = whole->each_event([&](const Event& event) { return noting(event, nullptr); });
    return told && go_on ? each_of_tables(reader, other, noting) : told;
  }
  TimelineQuery query;
  query.left.assign(sides.left.begin(), sides.left.end());
  query.right.assign(sides.right.begin(), sides.right.end());
  auto cursor = reader.timeline(query);
  if (!cursor) return cursor.error();
  while (true) {
    const auto event = (*cursor)->next();
    if (!event) return event.error();
    if (!*event) return {};
    const auto more = visit(**event, table_of(**cursor));
    if (!more) return more.error();
    if (!*more) return {};
  }
}

}  // namespace

Try<Fill> ask_changes(Context& context) {
  const Query& query = *context.query;
  if (!query.since) return no_since();
  auto before = context.engine->open(query.since);
  if (!before) return problem_of(before.error());
  Sides sides;
  const std::vector<Side> named = query.between.empty() ? std::vector<Side>{query.of} : query.between;
  for (std::size_t i = 0; i < named.size(); ++i)
    for (const std::string& name : named[i]) {
      auto id = entity_named(context.reader(), query.between.empty() ? "of" : fmt::format("between[{}]", i), name);
      if (!id) return id.problem();
      const auto members = context.reader().members(*id);
      if (!members) return problem_of(members.error());
      auto& side = i == 0 ? sides.left : sides.right;
      side.insert(*id);
      side.insert(members->begin(), members->end());
    }
  auto filter = with_ids(context);
  if (!filter) return filter.problem();
  Changes changes(context, std::move(*filter), sides, **before);
  const auto now = each_of(context.reader(), **before, sides,
                           [&](const Event& event, const TableFacts* table) { return changes.now_is(event, table); });
  if (!now) return problem_of(now.error());
  if (!changes.stopped()) {
    const auto was = each_of(**before, context.reader(), sides,
                             [&](const Event& event, const TableFacts* table) { return changes.was(event, table); });
    if (!was) return problem_of(was.error());
  }
  context.explain("plan", "the events of both views, compared");
  std::vector<Row> rows = changes.take();
  rows.erase(rows.begin(),
             rows.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(rows.size(), context.skip)));
  if (context.limit != 0 && rows.size() > context.limit) {
    rows.resize(static_cast<std::size_t>(context.limit));
    more_after(context, rows.size());
  }
  return rows_of(std::move(rows));
}

}  // namespace entente::graph::query
