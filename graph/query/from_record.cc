// resolve, entity, timeline, event, why, changes, editions and accounts: what the record itself answers.
#include <map>
#include <set>

#include "graph/query/context.h"
#include "graph/query/event_row.h"
#include "graph/query/graph_events.h"
#include "graph/query/record_rows.h"
#include "graph/query/sides.h"
#include "graph/view/freeze.h"

namespace entente::graph::query {
namespace {

Problem unknown_event(const std::string& id) {
  Problem out;
  out.kind = ProblemKind::unknown_id;
  out.code = ErrorCode::not_found;
  out.at = "event";
  out.value = id;
  out.message = "there is no event '" + id + "'";
  out.remedy = "`timeline` prints the ids of events";
  return out;
}

Try<std::vector<EntityId>> side_of(Context& context, std::string_view at, const Side& side) {
  std::vector<EntityId> out;
  for (std::size_t i = 0; i < side.size(); ++i) {
    auto id =
        entity_named(context.reader(), side.size() == 1 ? std::string(at) : fmt::format("{}[{}]", at, i), side[i]);
    if (!id) return id.problem();
    const auto members = context.reader().members(*id);
    if (!members) return problem_of(members.error());
    out.push_back(*id);
    out.insert(out.end(), members->begin(), members->end());
  }
  return out;
}

// The query's people and filters as the record's own timeline has them.
Try<TimelineQuery> timeline_of(Context& context) {
  const Query& query = *context.query;
  TimelineQuery out;
  auto left =
      query.between.empty() ? side_of(context, "of", query.of) : side_of(context, "between[0]", query.between[0]);
  if (!left) return left.problem();
  out.left = std::move(*left);
  if (!query.between.empty()) {
    auto right = side_of(context, "between[1]", query.between[1]);
    if (!right) return right.problem();
    out.right = std::move(*right);
  }
  take_row_filters(query, out);
  out.order = query.order;
  return out;
}

Value sources_of(Context& context, const EventId& event) {
  Value::List out;
  if (const auto proofs = context.reader().why(event))
    for (const Proof& proof : *proofs)
      out.emplace_back(Value::Fields{{"release", proof.release.id.str()},
                                     {"publisher", proof.release.publisher},
                                     {"title", proof.release.title},
                                     {"url", proof.release.url}});
  return out;
}

Try<Fill> count_events(Context& context) {
  const auto rows = rows_asked_for(context);
  if (!rows) return rows.problem();
  if (*rows) {
    const auto count = context.reader().rows()->count(**rows);
    if (!count) return problem_of(count.error());
    context.explain("graph", "record");
    context.explain("plan", "count the rows of the pair or entity");
    return rows_of({Row{{"events", *count}}});
  }
  return on_graph(context, [&](auto& graph) -> Try<Fill> {
    auto events = events_asked_for(context, graph);
    if (!events) return events.problem();
    context.explain("plan", "count the events in the graph");
    return rows_of({Row{{"events", events->size()}}});
  });
}

class EventRows {
 public:
  // `filter`: the question as with_ids() gives it.
  EventRows(Context& context, Query filter, std::unique_ptr<EventCursor> cursor)
      : context_(context), filter_(std::move(filter)), cursor_(std::move(cursor)) {}

  Try<bool> operator()(Row& row) {
    while (true) {
      if (context_.stop.asked()) return false;
      auto event = cursor_->next();
      if (!event) return problem_of(event.error());
      if (!*event) return false;
      ++read_;
      if (!context_.after.empty()) {
        if ((*event)->id.str() == context_.after) context_.after.clear();
        continue;
      }
      const TableFacts* const table = table_of(*cursor_);
      if (!passes(filter_, **event, table)) continue;
      if (context_.limit != 0 && given_ == context_.limit) {
        more_after_event(context_, last_);
        return false;
      }
      ++given_;
      last_ = (*event)->id.str();
      row = row_of(**event, table);
      if (context_.query->sources) row.push_back({"releases", sources_of(context_, (*event)->id)});
      return true;
    }
  }

 private:
  Context& context_;
  Query filter_;
  std::shared_ptr<EventCursor> cursor_;
  std::uint64_t read_ = 0;
  std::uint64_t given_ = 0;
  std::string last_;
};

}  // namespace

Try<Fill> ask_resolve(Context& context) {
  const Query& query = *context.query;
  if (query.prefix.empty() && !query.edits) {
    const auto found = context.reader().resolve(query.name, static_cast<std::size_t>(context.limit + context.skip));
    if (!found) return problem_of(found.error());
    std::vector<Row> rows;
    const std::uint64_t kinds = kind_bits(query.kinds);
    for (const Candidate& one : *found) {
      const auto kind = kind_of(one.id);
      if (kinds != 0 && !(kind && (kinds >> static_cast<unsigned>(*kind) & 1U) != 0)) continue;
      rows.push_back({{"entity", one.id.str()}, {"label", one.label}, {"matched", one.matched}, {"score", one.score}});
    }
    context.explain("plan", "look the name up in the record: exact, folded, by its start, misspelt");
    return rows_of(std::move(rows));
  }
  auto graph = context.whole();
  if (!graph) return graph.problem();
  const std::uint64_t kinds = kind_bits(query.kinds);
  const FrozenGraph& names_of = **graph;
  const std::size_t limit =
      context.limit == 0 ? std::numeric_limits<std::uint32_t>::max() : static_cast<std::size_t>(context.limit);
  const auto skip = static_cast<std::size_t>(context.skip);
  // One more than asked for tells whether there are more; of some kinds only, all are looked at.
  const std::size_t wanted = kinds == 0 ? limit + 1 : std::numeric_limits<std::uint32_t>::max();
  // Of what was found those of the kinds, less what pages before had, up to the limit.
  const auto keep_page = [&](auto& found, std::size_t before) {
    if (kinds != 0)
      std::erase_if(found, [&](const auto& one) {
        return (kinds >> static_cast<unsigned>(names_of.kind(one.entity)) & 1U) == 0;
      });
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(std::min(before, found.size())));
    if (found.size() <= limit) return;
    found.resize(limit);
    more_after(context, limit);
  };
  if (!query.prefix.empty()) {
    context.explain("plan", "binary search among the sorted names");
    std::vector<NamedEntity> found;
    names_of.names().starting_with(query.prefix, wanted, kinds == 0 ? skip : 0, found);
    keep_page(found, kinds == 0 ? 0 : skip);
    return Fill([graph = *graph, found = std::move(found), at = std::size_t{0}](Row& row) mutable -> Try<bool> {
      if (at == found.size()) return false;
      RowWriter out(row, 3);
      out.put("entity", graph->entity_id(found[at].entity));
      out.put("name", found[at].name);
      out.put("label", graph->label(found[at].entity));
      ++at;
      return true;
    });
  }
  context.explain("plan", "edit distances to the names of near lengths with near letters");
  std::vector<NearName> found;
  names_of.names().near(query.name, *query.edits, wanted == limit + 1 ? limit + skip + 1 : wanted, found);
  keep_page(found, skip);
  return Fill([graph = *graph, found = std::move(found), at = std::size_t{0}](Row& row) mutable -> Try<bool> {
    if (at == found.size()) return false;
    RowWriter out(row, 4);
    out.put("entity", graph->entity_id(found[at].entity));
    out.put("name", found[at].name);
    out.put("label", graph->label(found[at].entity));
    out.put("edits", found[at].edits);
    ++at;
    return true;
  });
}

Try<Fill> ask_entity(Context& context) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < context.query->of.size(); ++i) {
    auto id = entity_named(context.reader(), context.query->of.size() == 1 ? "of" : fmt::format("of[{}]", i),
                           context.query->of[i]);
    if (!id) return id.problem();
    const auto report = context.reader().report(*id);
    if (!report) return problem_of(report.error());
    if (!*report) return unknown_id(context.reader(), "of", id->str());
    const EntityReport& found = **report;
    Row row{{"entity", found.entity.id.str()}, {"label", found.entity.label}};
    Value::List names;
    for (const EntityName& name : found.entity.names)
      names.emplace_back(Value::Fields{{"name", name.text},
                                       {"language", name.language},
                                       {"from", name.from_year ? Value(*name.from_year) : Value()},
                                       {"until", name.until_year ? Value(*name.until_year) : Value()}});
    row.push_back({"names", std::move(names)});
    row.push_back({"of", found.entity.of ? Value(found.entity.of->str()) : Value()});
    Value::List posts;
    for (const std::string& post : found.entity.posts) posts.emplace_back(post);
    row.push_back({"posts", std::move(posts)});
    row.push_back({"member_of", list_of(found.entity.member_of)});
    Value::Fields outside;
    for (const auto& [scheme, value] : found.entity.outside_ids) outside.push_back({scheme, value});
    row.push_back({"outside_ids", std::move(outside)});
    row.push_back({"events", found.events});
    Value::Fields types;
    for (const auto& [type, count] : found.by_type) types.push_back({std::string(to_string(type)), count});
    row.push_back({"by_type", std::move(types)});
    Value::Fields years;
    for (const auto& [year, count] : found.by_year) years.push_back({std::to_string(year), count});
    row.push_back({"by_year", std::move(years)});
    row.push_back({"first_seen", found.first_seen ? Value(day_text(*found.first_seen)) : Value()});
    row.push_back({"last_seen", found.last_seen ? Value(day_text(*found.last_seen)) : Value()});
    rows.push_back(std::move(row));
  }
  return rows_of(std::move(rows));
}

Try<Fill> ask_timeline(Context& context) {
  if (context.query->count) return count_events(context);
  auto timeline = timeline_of(context);
  if (!timeline) return timeline.problem();
  auto filter = with_ids(context);
  if (!filter) return filter.problem();
  auto cursor = context.reader().timeline(*timeline);
  if (!cursor) return problem_of(cursor.error());
  context.explain("graph", "record");
  context.explain("plan", fmt::format("range scans of {}{}", timeline->right.empty() ? "entities" : "pairs, by day",
                                      has_more_filters(*context.query) ? ", each event looked at" : ""));
  context.explain("scans", timeline->left.size() * std::max<std::size_t>(1, timeline->right.size()));
  return Fill(EventRows(context, std::move(*filter), std::move(*cursor)));
}

Try<Fill> ask_event(Context& context) {
  const EventId id(context.query->event);
  const auto event = context.reader().find_event(id);
  if (!event) return problem_of(event.error());
  if (!*event) return unknown_event(id.str());
  const auto table = table_of(context.reader(), id);
  if (!table) return table.problem();
  Row row = row_of(**event, *table ? &**table : nullptr);
  Value::Fields differences;
  for (const Difference& one : (*event)->differences) {
    Value::List values;
    for (const std::string& value : one.values) values.emplace_back(value);
    differences.push_back({one.field, std::move(values)});
  }
  row.push_back({"differences", std::move(differences)});
  const auto proofs = context.reader().why(id);
  if (!proofs) return problem_of(proofs.error());
  Value::List claims;
  for (const Proof& proof : *proofs) claims.emplace_back(row_of(proof));
  row.push_back({"claims", std::move(claims)});
  return rows_of({std::move(row)});
}

Try<Fill> ask_why(Context& context) {
  const EventId id(context.query->event);
  const auto proofs = context.reader().why(id);
  if (!proofs) return problem_of(proofs.error());
  if (proofs->empty()) return unknown_event(id.str());
  std::vector<Row> rows;
  for (const Proof& proof : *proofs) rows.push_back(row_of(proof));
  return rows_of(std::move(rows));
}

// Both accounts of one happening side by side: what each publisher's claims say it was, and in which words.
Try<Fill> ask_accounts(Context& context) {
  const EventId id(context.query->event);
  const auto proofs = context.reader().why(id);
  if (!proofs) return problem_of(proofs.error());
  if (proofs->empty()) return unknown_event(id.str());
  std::vector<const Proof*> sorted;
  for (const Proof& proof : *proofs) sorted.push_back(&proof);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Proof* a, const Proof* b) { return a->release.publisher < b->release.publisher; });
  std::vector<Row> rows;
  for (const Proof* proof : sorted) {
    const auto* const facts = std::get_if<EventFacts>(&proof->claim.body);
    if (facts == nullptr) continue;
    Event said;
    said.id = id;
    said.facts = *facts;
    Row account = row_of(said);
    Row row{{"publisher", proof->release.publisher.empty() ? Value() : Value(proof->release.publisher)},
            {"published", proof->release.published ? Value(to_iso(*proof->release.published)) : Value()},
            {"title", proof->release.title}};
    const std::set<std::string_view> kOfTheEvent{"event", "sources", "publishers", "confidence"};
    for (Field& field : account)
      if (!kOfTheEvent.contains(field.name)) row.push_back(std::move(field));
    Value::List words;
    for (const Span& span : proof->claim.evidence)
      words.emplace_back(proof->release.text.substr(span.begin, span.end - span.begin));
    row.push_back({"words", std::move(words)});
    row.push_back({"url", proof->release.url});
    rows.push_back(std::move(row));
  }
  return rows_of(std::move(rows));
}

namespace {

struct Edition {
  int number = 0;
  std::optional<Day> first;
  std::optional<Day> last;
  std::set<std::string> places;
  std::set<std::string> hosts;
  std::set<std::string> parties;
  std::set<std::string> officials;
  std::set<std::string> statuses;
  std::vector<std::string> events;

  void add(const Event& event) {
    const EventFacts& facts = event.facts;
    if (facts.date && facts.date->earliest())
      first = std::min(first.value_or(*facts.date->earliest()), *facts.date->earliest());
    if (facts.date && facts.date->latest())
      last = std::max(last.value_or(*facts.date->latest()), *facts.date->latest());
    if (facts.place) places.insert(facts.place->city.empty() ? facts.place->country : facts.place->city);
    for (const auto& [id, role] : facts.roles)
      if (role == Role::host) hosts.insert(id.str());
    for (const EntityId& id : facts.parties) parties.insert(id.str());
    for (const EntityId& id : facts.officials) officials.insert(id.str());
    statuses.insert(std::string(to_string(facts.status)));
    events.push_back(event.id.str());
  }
};

Value::List list_of_texts(const std::set<std::string>& texts) {
  Value::List out;
  for (const std::string& one : texts) out.emplace_back(one);
  return out;
}

Row row_of(const Edition& edition) {
  Value::List events;
  for (const std::string& one : edition.events) events.emplace_back(one);
  return {{"edition", edition.number == 0 ? Value() : Value(edition.number)},
          {"first", edition.first ? Value(day_text(*edition.first)) : Value()},
          {"last", edition.last ? Value(day_text(*edition.last)) : Value()},
          {"places", list_of_texts(edition.places)},
          {"hosts", list_of_texts(edition.hosts)},
          {"parties", list_of_texts(edition.parties)},
          {"heads", list_of_texts(edition.officials)},
          {"statuses", list_of_texts(edition.statuses)},
          {"events", std::move(events)}};
}

}  // namespace

// The events of a forum, those of one edition together; an event that names none is an edition of its own.
Try<Fill> ask_editions(Context& context) {
  auto timeline = timeline_of(context);
  if (!timeline) return timeline.problem();
  timeline->order = Order::oldest_first;
  const auto filter = with_ids(context);
  if (!filter) return filter.problem();
  const std::set<EntityId> forums(timeline->left.begin(), timeline->left.end());
  auto cursor = context.reader().timeline(*timeline);
  if (!cursor) return problem_of(cursor.error());
  std::vector<Edition> editions;
  std::map<std::pair<EntityId, int>, std::size_t> numbered;
  while (!context.stop.asked()) {
    auto event = (*cursor)->next();
    if (!event) return problem_of(event.error());
    if (!*event) break;
    const EventFacts& facts = (*event)->facts;
    if (!facts.forum || !forums.contains(*facts.forum) || !passes(*filter, **event, table_of(**cursor)))
      continue;
    std::size_t at = editions.size();
    if (facts.edition) at = numbered.try_emplace({*facts.forum, *facts.edition}, at).first->second;
    if (at == editions.size()) editions.push_back({facts.edition.value_or(0), {}, {}, {}, {}, {}, {}, {}, {}});
    editions[at].add(**event);
  }
  if (context.query->order == Order::newest_first) std::reverse(editions.begin(), editions.end());
  std::vector<Row> rows;
  for (std::size_t i = static_cast<std::size_t>(context.skip); i < editions.size(); ++i) {
    if (context.limit != 0 && rows.size() == context.limit) {
      more_after(context, rows.size());
      break;
    }
    rows.push_back(row_of(editions[i]));
  }
  return rows_of(std::move(rows));
}

}  // namespace entente::graph::query
