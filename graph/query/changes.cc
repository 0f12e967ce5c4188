// changes: what the record says today of which it said nothing, or something else, at an earlier recorded time.
#include "graph/query/context.h"
#include "graph/query/event_row.h"
#include "graph/query/sides.h"
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

class Changes {
 public:
  Changes(Context& context, Reader& before) : context_(context), before_(before) {}

  Result<bool> now_is(const Event& event) {
    if (context_.stop.asked()) return false;
    if (!wanted(event)) return true;
    auto was = before_.find_event(event.id);
    if (!was) return was.error();
    if (*was && same(**was, event)) return true;
    add(*was ? "changed" : "new", event);
    return true;
  }
  Result<bool> was(const Event& event) {
    if (context_.stop.asked()) return false;
    if (!wanted(event)) return true;
    const auto now = context_.reader().find_event(event.id);
    if (!now) return now.error();
    if (!*now) add("gone", event);
    return true;
  }
  std::vector<Row> take() { return std::move(rows_); }

 private:
  bool wanted(const Event& event) const {
    const Query& query = *context_.query;
    if (!in_period(query, event) || !among(query.types, event.facts.type) ||
        !among(query.statuses, event.facts.status) || !passes(query, event))
      return false;
    return query.levels.empty() || (event.facts.level && among(query.levels, *event.facts.level));
  }
  // The words of the evidence are there for one event asked for, not for each of many.
  static bool same(const Event& a, const Event& b) {
    Event bare = a;
    bare.evidence = b.evidence;
    return bare == b;
  }
  void add(const char* what, const Event& event) {
    Row row{{"change", what}};
    for (Field& field : row_of(event)) row.push_back(std::move(field));
    rows_.push_back(std::move(row));
  }

  Context& context_;
  Reader& before_;
  std::vector<Row> rows_;
};

Result<void> each_of(Reader& reader, const std::vector<EntityId>& left, const std::vector<EntityId>& right,
                     const std::function<Result<bool>(const Event&)>& visit) {
  if (left.empty()) {
    auto* const whole = dynamic_cast<WholeView*>(&reader);
    if (whole != nullptr) return whole->each_event(visit);
    return Error{ErrorCode::invalid_argument,
                 "a view over the network cannot be walked whole; say whose changes with `of` or `between`",
                 {}};
  }
  TimelineQuery query;
  query.left = left;
  query.right = right;
  auto cursor = reader.timeline(query);
  if (!cursor) return cursor.error();
  while (true) {
    auto event = (*cursor)->next();
    if (!event) return event.error();
    if (!*event) return {};
    const auto more = visit(**event);
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
  std::vector<EntityId> sides[2];
  const std::vector<Side> named = query.between.empty() ? std::vector<Side>{query.of} : query.between;
  for (std::size_t i = 0; i < named.size(); ++i)
    for (const std::string& name : named[i]) {
      auto id = entity_named(context.reader(), query.between.empty() ? "of" : fmt::format("between[{}]", i), name);
      if (!id) return id.problem();
      const auto members = context.reader().members(*id);
      if (!members) return problem_of(members.error());
      sides[i].push_back(*id);
      sides[i].insert(sides[i].end(), members->begin(), members->end());
    }
  Changes changes(context, **before);
  const auto now =
      each_of(context.reader(), sides[0], sides[1], [&](const Event& event) { return changes.now_is(event); });
  if (!now) return problem_of(now.error());
  const auto was = each_of(**before, sides[0], sides[1], [&](const Event& event) { return changes.was(event); });
  if (!was) return problem_of(was.error());
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
