#include "rpc/http/api.h"

#include <capnp/compat/json.h>
#include <capnp/message.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "rpc/convert/convert.h"
#include "rpc/schema/reader.capnp.h"

namespace entente::rpc {
namespace {

constexpr std::uint64_t kRowsUsual = 100;
constexpr std::uint64_t kRowsMost = 1'000;

Error bad(std::string what) { return Error{ErrorCode::invalid_argument, std::move(what), {}}; }

template <class Struct, class Fill>
std::string json_of(Fill fill) {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<Struct>();
  fill(root);
  capnp::JsonCodec codec;
  codec.setHasMode(capnp::HasMode::NON_DEFAULT);
  const kj::String text = codec.encode(root.asReader());
  return std::string(text.cStr(), text.size());
}

std::string quoted(const std::string& text) {
  capnp::JsonCodec codec;
  const kj::String out = codec.encode(capnp::Text::Reader(text.c_str(), text.size()));
  return std::string(out.cStr(), out.size());
}

// From 1: a page of no rows would have itself as its next.
Result<std::uint64_t> number(const Asked& asked, const std::string& field, std::uint64_t usual, std::uint64_t most) {
  const std::string text = asked.one(field);
  if (text.empty()) return usual;
  std::uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size() || value == 0 || value > most)
    return bad(fmt::format("{} is to be a number from 1 to {}, not '{}'", field, most, text));
  return value;
}

Result<std::optional<RecordedTime>> time_of(const Asked& asked, const std::string& field) {
  const std::string text = asked.one(field);
  if (text.empty()) return std::optional<RecordedTime>();
  std::int64_t micros = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), micros);
  if (failed == std::errc{} && end == text.data() + text.size() && text.size() > 8) return std::optional(RecordedTime{micros});
  const auto time = RecordedTime::parse(text);
  if (!time) return bad(fmt::format("{} is to be a time, 2026-11-24T05:00:00Z or microseconds, not '{}'", field, text));
  return time;
}

struct Viewed {
  std::unique_ptr<graph::Reader> reader;
  RecordedTime recorded;
  bool past = false;

  HttpAnswer answer(std::string body) const {
    HttpAnswer out;
    out.body = std::move(body);
    out.recorded = recorded;
    out.for_ever = past;
    return out;
  }
};

Result<Viewed> view_of(const HttpSource& source, const Asked& asked) {
  const auto as_of = time_of(asked, "as_of");
  if (!as_of) return as_of.error();
  auto reader = source.view(*as_of);
  if (!reader) return reader.error();
  const auto recorded = (*reader)->recorded();
  if (!recorded) return recorded.error();
  return Viewed{std::move(*reader), *recorded, as_of->has_value()};
}

Error nothing(const std::string& what, const std::string& id) { return Error{ErrorCode::not_found, fmt::format("there is no {} '{}'", what, id), {}}; }

// "KR" is short for country:KR; another name is looked up and has to mean one entity.
Result<std::vector<graph::EntityId>> entities(graph::Reader& reader, const std::vector<std::string>& words) {
  std::vector<graph::EntityId> out;
  for (const std::string& word : words) {
    graph::EntityId id(word.size() == 2 ? "country:" + word : word);
    auto known = reader.find_entity(id);
    if (!known) return known.error();
    if (!*known) {
      auto candidates = reader.resolve(word, 2);
      if (!candidates) return candidates.error();
      if (candidates->empty()) return nothing("entity", word);
      if (candidates->size() > 1 && (*candidates)[1].score > candidates->front().score - 0.0001)
        return Error{ErrorCode::ambiguous, fmt::format("'{}' can mean {} or {}; ask with an id", word, candidates->front().id.str(), (*candidates)[1].id.str()), {}};
      id = candidates->front().id;
    }
    out.push_back(id);
    const auto members = reader.members(id);
    if (!members) return members.error();
    out.insert(out.end(), members->begin(), members->end());
  }
  return out;
}

template <class Value, class Parse>
Result<void> take(const Asked& asked, const std::string& field, Parse parse, std::vector<Value>& into) {
  for (const std::string& word : asked.many(field)) {
    const auto value = parse(word);
    if (!value) return bad(fmt::format("there is no {} '{}'", field, word));
    into.push_back(*value);
  }
  return {};
}

Result<std::optional<Day>> day_of(const Asked& asked, const std::string& field) {
  const std::string text = asked.one(field);
  if (text.empty()) return std::optional<Day>();
  const auto date = parse_iso_date(text);
  if (!date) return bad(fmt::format("{} is to be a date, 2020-11-19, not '{}'", field, text));
  return std::optional(to_day(*date));
}

// --- what can be asked -------------------------------------------------------------------------------------------

Result<HttpAnswer> status(const HttpSource& source, const Asked& asked) {
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const auto counts = view->reader->counts();
  if (!counts) return counts.error();
  return view->answer(fmt::format(R"({{"recorded":"{}","recordedMicros":"{}","releases":"{}","claims":"{}","events":"{}","entities":"{}"}})", view->recorded.to_text(), view->recorded.micros, counts->releases, counts->claims, counts->events, counts->entities));
}

Result<HttpAnswer> resolve(const HttpSource& source, const Asked& asked) {
  if (asked.one("name").empty()) return bad("resolve needs a name: /api/resolve?name=Kazakstan");
  const auto limit = number(asked, "limit", 10, wire::RESOLVE_MAX);
  if (!limit) return limit.error();
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const auto candidates = view->reader->resolve(asked.one("name"), static_cast<std::size_t>(*limit));
  if (!candidates) return candidates.error();
  return view->answer(json_of<wire::Reader::ResolveResults>([&](auto root) {
    auto list = root.initCandidates(static_cast<unsigned>(candidates->size()));
    for (unsigned i = 0; i < candidates->size(); ++i) {
      list[i].setId((*candidates)[i].id.str());
      list[i].setLabel((*candidates)[i].label);
      list[i].setMatched((*candidates)[i].matched);
      list[i].setScore((*candidates)[i].score);
    }
  }));
}

Result<HttpAnswer> entity(const HttpSource& source, const Asked& asked) {
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const graph::EntityId id(asked.path.at(2));
  const auto report = view->reader->report(id);
  if (!report) return report.error();
  if (!*report) return nothing("entity", id.str());
  return view->answer(json_of<wire::EntityReport>([&](auto root) { write(**report, root); }));
}

Result<HttpAnswer> members(const HttpSource& source, const Asked& asked) {
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const auto ids = view->reader->members(graph::EntityId(asked.path.at(2)));
  if (!ids) return ids.error();
  return view->answer(json_of<wire::Reader::MembersResults>([&](auto root) {
    auto list = root.initIds(static_cast<unsigned>(ids->size()));
    for (unsigned i = 0; i < ids->size(); ++i) list.set(i, (*ids)[i].str());
  }));
}

Result<HttpAnswer> event(const HttpSource& source, const Asked& asked) {
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const graph::EventId id(asked.path.at(2));
  const auto found = view->reader->find_event(id);
  if (!found) return found.error();
  if (!*found) return nothing("event", id.str());
  return view->answer(json_of<wire::Event>([&](auto root) { write(**found, root); }));
}

Result<HttpAnswer> why(const HttpSource& source, const Asked& asked) {
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const graph::EventId id(asked.path.at(2));
  const auto proofs = view->reader->why(id);
  if (!proofs) return proofs.error();
  if (proofs->empty()) return nothing("event", id.str());
  return view->answer(json_of<wire::Reader::WhyResults>([&](auto root) {
    auto list = root.initProofs(static_cast<unsigned>(proofs->size()));
    for (unsigned i = 0; i < proofs->size(); ++i) {
      write((*proofs)[i].claim, list[i].initClaim());
      write((*proofs)[i].release, list[i].initRelease());
      list[i].setJoinReason((*proofs)[i].join_reason);
    }
  }));
}

Result<HttpAnswer> release(const HttpSource& source, const Asked& asked) {
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const graph::ReleaseId id(asked.path.at(2));
  const auto found = view->reader->find_release(id);
  if (!found) return found.error();
  if (!*found) return nothing("release", id.str());
  return view->answer(json_of<wire::Release>([&](auto root) { write(**found, root); }));
}

// Pages of one timeline are of one view: the cursor is its recorded time and how many rows came before.
struct Cursor {
  RecordedTime recorded;
  std::uint64_t skip = 0;
};

Result<std::optional<Cursor>> cursor_of(const Asked& asked) {
  const std::string text = asked.one("cursor");
  if (text.empty()) return std::optional<Cursor>();
  Cursor out;
  const char* const end = text.data() + text.size();
  const auto time = std::from_chars(text.data(), end, out.recorded.micros);
  if (time.ec == std::errc{} && time.ptr != end && *time.ptr == '-') {
    const auto skip = std::from_chars(time.ptr + 1, end, out.skip);
    if (skip.ec == std::errc{} && skip.ptr == end) return std::optional(out);
  }
  return bad(fmt::format("'{}' is no cursor; give the one that the page before had as its next", text));
}

Result<HttpAnswer> timeline(const HttpSource& source, const Asked& asked) {
  const auto limit = number(asked, "limit", kRowsUsual, kRowsMost);
  if (!limit) return limit.error();
  const auto cursor = cursor_of(asked);
  if (!cursor) return cursor.error();
  Asked at = asked;
  if (*cursor) at.fields["as_of"] = {std::to_string((*cursor)->recorded.micros)};
  auto view = view_of(source, at);
  if (!view) return view.error();
  auto query = filter_of(*view->reader, asked, false);
  if (!query) return query.error();
  const std::string evidence = asked.one("evidence");
  if (!evidence.empty() && evidence != "true" && evidence != "false") return bad("evidence is true or false, not '" + evidence + "'");
  query->evidence = evidence == "true";
  const std::uint64_t skip = *cursor ? (*cursor)->skip : 0;
  if (skip + *limit > source.rows_max) return Error{ErrorCode::too_large, fmt::format("a timeline is given up to {} rows; narrow it by its period or its types", source.rows_max), {}};
  query->limit = skip + *limit + 1;
  auto rows = view->reader->timeline(*query);
  if (!rows) return rows.error();
  std::vector<graph::Event> events;
  bool more = false;
  for (std::uint64_t i = 0; i < query->limit; ++i) {
    auto next = (*rows)->next();
    if (!next) return next.error();
    if (!*next) break;
    if (i < skip) continue;
    if (events.size() == *limit) more = true;
    else events.push_back(std::move(**next));
  }
  std::string body = json_of<wire::Rows::NextResults>([&](auto root) {
    write_events(events, root.initEvents(static_cast<unsigned>(events.size())));
    root.setDone(!more);
  });
  body.pop_back();
  body += fmt::format(R"({}"recordedMicros":"{}","next":{}}})", body.size() > 1 ? "," : "", view->recorded.micros, more ? fmt::format("\"{}-{}\"", view->recorded.micros, skip + *limit) : "null");
  return view->answer(std::move(body));
}

Result<HttpAnswer> changes(const HttpSource& source, const Asked& asked) {
  const auto limit = number(asked, "limit", kRowsUsual, kRowsMost);
  if (!limit) return limit.error();
  const auto since = time_of(asked, "since");
  if (!since) return since.error();
  if (!*since) return bad("changes need a point: /api/changes?since=2026-11-24T05:00:00Z");
  auto view = view_of(source, asked);
  if (!view) return view.error();
  const auto filter = filter_of(*view->reader, asked, true);
  if (!filter) return filter.error();
  const auto read = source.changes(**since, static_cast<std::size_t>(*limit));
  if (!read) return read.error();
  std::string body = R"({"changes":[)";
  bool first = true;
  for (const graph::Change& change : read->changes) {
    const auto kind = told_as(*filter, change);
    if (!kind) continue;
    if (!first) body += ',';
    first = false;
    body += change_json(change, *kind);
  }
  body += fmt::format(R"(],"throughMicros":"{}","more":{}}})", read->through.micros, read->more);
  return view->answer(std::move(body));
}

Result<HttpAnswer> ask(const HttpSource& source, const Asked& asked) {
  auto answered = source.ask(asked.body);
  HttpAnswer out;
  if (!answered.answered) out.status = status_of(answered.code);
  out.body = std::move(answered.text);
  return out;
}

Result<HttpAnswer> openapi(const HttpSource& /*source*/, const Asked& /*asked*/) {
  HttpAnswer out;
  out.body = openapi_page();
  return out;
}

std::vector<Parameter> filter_parameters() {
  return {{"of", "Whose events: ids or names, several apart by commas"}, {"with", "The other side"}, {"type", "Types of events"}, {"level", "Levels"}, {"status", "Statuses"}, {"from", "Days of the events: 2020-11-19"}, {"to", "The last day that counts"}};
}

std::vector<Route> make_routes() {
  const Parameter as_of{"as_of", "Answer as it would have been answered at this recorded time"};
  const Parameter id{"id", "An id, its '/' written as %2F", true};
  std::vector<Parameter> paged = filter_parameters();
  paged.insert(paged.end(), {{"order", "newest (usual) or oldest"}, {"limit", "Rows, up to 1000 (100)"}, {"cursor", "`next` of the page before"}, {"evidence", "true: each with the words that prove it"}, as_of});
  std::vector<Parameter> since = filter_parameters();
  since.insert(since.end(), {{"since", "A recorded time, as text or in microseconds"}, {"limit", "Changes looked at, up to 1000 (100)"}, as_of});
  return {
      {"/api/status", "How much the record holds, and its recorded time", {as_of}, "Status", status},
      {"/api/resolve", "Whom a name, abbreviation or misspelling means", {{"name", "A name"}, {"limit", "Up to 100 (10)"}, as_of}, "ResolveResults", resolve},
      {"/api/entity/{id}", "One entity: names, posts, counts", {id, as_of}, "EntityReport", entity},
      {"/api/members/{id}", "Who belongs to a group", {id, as_of}, "MembersResults", members},
      {"/api/timeline", "The events of one, or of two sides together", paged, "Timeline", timeline},
      {"/api/event/{id}", "One event", {id, as_of}, "Event", event},
      {"/api/why/{id}", "The claims behind an event, with their releases", {id, as_of}, "WhyResults", why},
      {"/api/release/{id}", "One release with its text", {id, as_of}, "Release", release},
      {"/api/changes", "What was recorded since a point", since, "Changes", changes},
      {"/api/ask", "Any question of docs/queries.md, as JSON", {}, "Answer", ask, true},
      {"/api/openapi.json", "This page", {}, "OpenApi", openapi},
  };
}

bool is_at(const Route& route, const std::vector<std::string>& path) {
  std::string_view left = route.path.substr(1);
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::size_t slash = left.find('/');
    const std::string_view part = left.substr(0, slash);
    if (part != path[i] && !(part.starts_with('{') && !path[i].empty())) return false;
    if (slash == std::string_view::npos) return i + 1 == path.size();
    left.remove_prefix(slash + 1);
  }
  return false;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = make_routes();
  return all;
}

const std::vector<Parameter>& watch_parameters() {
  static const std::vector<Parameter> all = [] {
    auto out = filter_parameters();
    out.push_back({"since", "A recorded time, as text or in microseconds; none: now"});
    return out;
  }();
  return all;
}

Result<void> check_fields(const Asked& asked, const std::vector<Parameter>& known) {
  for (const auto& [name, values] : asked.fields) {
    if (std::any_of(known.begin(), known.end(), [&name = name](const Parameter& one) { return !one.in_path && one.name == name; })) continue;
    std::string names;
    for (const Parameter& one : known)
      if (!one.in_path) names += fmt::format("{}{}", names.empty() ? "" : ", ", one.name);
    return bad(fmt::format("there is no field '{}' here; there {}", name, names.empty() ? "are none" : "are " + names));
  }
  return {};
}

Result<graph::TimelineQuery> filter_of(graph::Reader& reader, const Asked& asked, bool whole_record_too) {
  graph::TimelineQuery query;
  const auto of = asked.many("of");
  if (of.empty() && !whole_record_too) return bad("say whose events: /api/timeline?of=country:KR&with=country:KZ");
  if (of.empty() && !asked.many("with").empty()) return bad("'with' needs 'of': put the one entity there");
  auto left = entities(reader, of);
  if (!left) return left.error();
  query.left = std::move(*left);
  auto right = entities(reader, asked.many("with"));
  if (!right) return right.error();
  query.right = std::move(*right);
  if (auto taken = take(asked, "type", graph::parse_event_type, query.types); !taken) return taken.error();
  if (auto taken = take(asked, "level", graph::parse_level, query.levels); !taken) return taken.error();
  if (auto taken = take(asked, "status", graph::parse_status, query.statuses); !taken) return taken.error();
  const auto from = day_of(asked, "from");
  if (!from) return from.error();
  const auto to = day_of(asked, "to");
  if (!to) return to.error();
  query.from = *from;
  query.to = *to;
  const std::string order = asked.one("order");
  if (!order.empty() && order != "newest" && order != "oldest") return bad("order is newest or oldest, not '" + order + "'");
  query.order = order == "oldest" ? graph::Order::oldest_first : graph::Order::newest_first;
  return query;
}

std::string change_json(const graph::Change& change, graph::ChangeKind told_as) {
  return json_of<wire::Change>([&](auto root) { write(change, told_as, root); });
}

unsigned status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument: return 400;
    case ErrorCode::permission: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::ambiguous: return 409;
    case ErrorCode::too_large: return 413;
    case ErrorCode::cancelled: return 504;
    case ErrorCode::locked:
    case ErrorCode::unavailable: return 503;
    default: return 500;
  }
}

HttpAnswer failure(const Error& error) {
  HttpAnswer out;
  out.status = status_of(error.code);
  out.body = fmt::format(R"({{"error":{},"code":"{}"}})", quoted(error.to_text()), to_string(error.code));
  return out;
}

HttpAnswer answer(const HttpSource& source, const Asked& asked, bool post) {
  for (const Route& route : routes()) {
    if (!is_at(route, asked.path)) continue;
    if (route.post != post) {
      HttpAnswer out = failure(Error{ErrorCode::invalid_argument, fmt::format("{} is asked with {}", route.path, route.post ? "POST" : "GET"), {}});
      out.status = 405;
      return out;
    }
    if (const auto fields = check_fields(asked, route.parameters); !fields) return failure(fields.error());
    auto answered = route.run(source, asked);
    return answered ? std::move(*answered) : failure(answered.error());
  }
  return failure(Error{ErrorCode::not_found, "there is nothing there; /api/openapi.json lists what can be asked", {}});
}

}  // namespace entente::rpc
