#include "graph/query/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/edtf.h"
#include "graph/query/value.h"

namespace entente::graph::query {
namespace {

using nlohmann::json;

struct AskName {
  Ask ask;
  std::string_view name;
};
constexpr std::array kAsks{
    Ask::resolve,    Ask::entity,   Ask::timeline, Ask::event,    Ask::why,       Ask::changes,    Ask::neighbours,
    Ask::paths,      Ask::subgraph, Ask::series,   Ask::editions, Ask::match,     Ask::centrality, Ask::communities,
    Ask::components, Ask::silences, Ask::contacts, Ask::rhythm,   Ask::asymmetry, Ask::due,        Ask::accounts};
constexpr std::array kAskNames{AskName{Ask::resolve, "resolve"},
                               AskName{Ask::entity, "entity"},
                               AskName{Ask::timeline, "timeline"},
                               AskName{Ask::event, "event"},
                               AskName{Ask::why, "why"},
                               AskName{Ask::changes, "changes"},
                               AskName{Ask::neighbours, "neighbours"},
                               AskName{Ask::paths, "paths"},
                               AskName{Ask::subgraph, "subgraph"},
                               AskName{Ask::series, "series"},
                               AskName{Ask::editions, "editions"},
                               AskName{Ask::match, "match"},
                               AskName{Ask::centrality, "centrality"},
                               AskName{Ask::communities, "communities"},
                               AskName{Ask::components, "components"},
                               AskName{Ask::silences, "silences"},
                               AskName{Ask::contacts, "contacts"},
                               AskName{Ask::rhythm, "rhythm"},
                               AskName{Ask::asymmetry, "asymmetry"},
                               AskName{Ask::due, "due"},
                               AskName{Ask::accounts, "accounts"}};

constexpr std::string_view kFilters[] = {"from",  "to",     "undated", "type",  "level", "status",    "mode",
                                         "stage", "stance", "forum",   "place", "topic", "publisher", "code"};
constexpr std::string_view kCommon[] = {"ask", "as_of", "limit", "cursor", "deadline_ms", "explain", "id"};

struct Own {  // what a question takes beside the common fields
  Ask ask;
  bool filters;
  std::vector<std::string_view> fields;
};

const std::vector<Own>& own_fields() {
  static const std::vector<Own> kOwn{
      {Ask::resolve, false, {"name", "prefix", "edits", "kinds"}},
      {Ask::entity, false, {"of"}},
      {Ask::timeline, true, {"between", "of", "order", "count", "sources"}},
      {Ask::event, false, {"event"}},
      {Ask::why, false, {"event"}},
      {Ask::changes, true, {"since", "between", "of"}},
      {Ask::neighbours, true, {"of", "kinds", "count", "detail"}},
      {Ask::paths, true, {"between", "through", "way", "k", "steps", "sources"}},
      {Ask::subgraph, true, {"of", "steps", "count", "full", "sources"}},
      {Ask::series, true, {"between", "of", "by", "each"}},
      {Ask::editions, true, {"of", "order"}},
      {Ask::match, false, {"pattern"}},
      {Ask::centrality,
       true,
       {"measure", "weight", "half_life_days", "kinds", "iterations", "damping", "samples", "seed"}},
      {Ask::communities, true, {"weight", "half_life_days", "kinds", "resolution", "count"}},
      {Ask::components, true, {"kinds", "count"}},
      {Ask::silences, true, {"between"}},
      {Ask::contacts, true, {"between"}},
      {Ask::rhythm, true, {"between", "of", "by", "alarm", "shuffles", "seed"}},
      {Ask::asymmetry, true, {"between"}},
      {Ask::due, true, {"of", "today"}},
      {Ask::accounts, false, {"event"}},
  };
  return kOwn;
}

Problem bad(ProblemKind kind, std::string at, const json& value, std::string message, std::string remedy) {
  Problem out;
  out.kind = kind;
  out.at = std::move(at);
  out.value = value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
  out.message = std::move(message);
  out.remedy = std::move(remedy);
  return out;
}

// Takes fields out of the object one by one; the first problem stays.
class Fields {
 public:
  Fields(const json& object, std::optional<Problem>& problem) : object_(object), problem_(problem) {}

  const json* get(const char* name) const {
    if (problem_) return nullptr;
    const auto at = object_.find(name);
    return at == object_.end() || at->is_null() ? nullptr : &*at;
  }
  void text(const char* name, std::string& out) {
    if (const json* const value = get(name)) {
      if (value->is_string())
        out = value->get<std::string>();
      else
        problem_ = bad(ProblemKind::bad_value, name, *value, "must be text", "write it between quotation marks");
    }
  }
  void one_of(const char* name, std::string& out, std::initializer_list<std::string_view> allowed) {
    text(name, out);
    if (problem_ || get(name) == nullptr) return;
    if (std::find(allowed.begin(), allowed.end(), out) != allowed.end()) return;
    std::string list;
    for (const std::string_view word : allowed) list += (list.empty() ? "" : ", ") + std::string(word);
    problem_ = bad(ProblemKind::bad_value, name, out, "'" + out + "' is none of its values", "use one of " + list);
  }
  void flag(const char* name, bool& out) {
    if (const json* const value = get(name)) {
      if (value->is_boolean())
        out = value->get<bool>();
      else
        problem_ =
            bad(ProblemKind::bad_value, name, *value, "must be true or false", "write it without quotation marks");
    }
  }
  template <class T>
  void number(const char* name, T& out, double least, double most) {
    const json* const value = get(name);
    if (value == nullptr) return;
    constexpr bool kWhole = std::is_integral_v<T>;
    const bool right = kWhole ? value->is_number_integer() : value->is_number();
    const double held = right ? value->template get<double>() : 0;
    if (!right || !(held >= least) || !(held <= most)) {
      problem_ = bad(ProblemKind::bad_value, name, *value, kWhole ? "must be a whole number" : "must be a number",
                     fmt::format("use one from {} to {}", least, most));
      return;
    }
    out = value->template get<T>();
  }
  // A text or a list of texts.
  void texts(const char* name, std::vector<std::string>& out) {
    if (const json* const value = get(name)) list(name, *value, out);
  }
  void list(const std::string& at, const json& value, std::vector<std::string>& out) {
    if (value.is_string()) {
      out.push_back(value.get<std::string>());
      return;
    }
    if (!value.is_array() || value.empty()) {
      problem_ =
          bad(ProblemKind::bad_value, at, value, "must be a text or a list of texts", "write \"…\" or [\"…\", \"…\"]");
      return;
    }
    for (std::size_t i = 0; i < value.size() && !problem_; ++i) {
      if (value[i].is_string())
        out.push_back(value[i].get<std::string>());
      else
        problem_ = bad(ProblemKind::bad_value, fmt::format("{}[{}]", at, i), value[i], "must be text",
                       "write it between quotation marks");
    }
  }
  void day(const char* name, std::optional<Day>& out, bool last) {
    const json* const value = get(name);
    if (value == nullptr) return;
    if (!value->is_string()) {
      problem_ = bad(ProblemKind::bad_value, name, *value, "must be a date as text", "write \"2020-11-19\"");
      return;
    }
    auto parsed = parse_day(name, value->get<std::string>(), last);
    if (parsed)
      out = *parsed;
    else
      problem_ = parsed.problem();
  }
  void time(const char* name, std::optional<RecordedTime>& out) {
    std::string words;
    text(name, words);
    if (problem_ || words.empty()) return;
    out = RecordedTime::parse(words);
    if (!out)
      problem_ = bad(ProblemKind::impossible_date, name, words, "'" + words + "' is no time",
                     "write 2026-11-24 or 2026-11-24T05:00:00Z");
  }
  template <class Parse>
  void names(const char* name, std::vector<std::string>& out, Parse parse, const std::string& known) {
    texts(name, out);
    for (std::size_t i = 0; i < out.size() && !problem_; ++i)
      if (!parse(out[i]))
        problem_ = bad(ProblemKind::bad_value, out.size() == 1 ? name : fmt::format("{}[{}]", name, i), out[i],
                       "'" + out[i] + "' is none of its values", "use one of " + known);
  }

 private:
  const json& object_;
  std::optional<Problem>& problem_;
};

template <class Values>
std::string words_of(const Values& values) {
  std::string out;
  for (const auto value : values) out += (out.empty() ? "" : ", ") + std::string(to_string(value));
  return out;
}

void take_between(Fields& fields, Query& out, std::optional<Problem>& problem) {
  const json* const value = fields.get("between");
  if (value == nullptr) return;
  if (!value->is_array() || value->size() != 2) {
    problem = bad(ProblemKind::bad_value, "between", *value, "must name two sides",
                  "write [\"country:KR\", \"country:UZ\"]; a side may be a list");
    return;
  }
  for (std::size_t i = 0; i < 2 && !problem; ++i)
    fields.list(fmt::format("between[{}]", i), (*value)[i], out.between.emplace_back());
}

void take_filters(Fields& fields, Query& out, std::optional<Problem>& problem) {
  fields.day("from", out.from, false);
  fields.day("to", out.to, true);
  fields.flag("undated", out.undated);
  fields.names("type", out.types, parse_event_type, words_of(all_event_types()));
  fields.names("level", out.levels, parse_level, words_of(all_levels()));
  fields.names("status", out.statuses, parse_status, words_of(all_statuses()));
  fields.names("mode", out.modes, parse_mode, words_of(all_modes()));
  fields.names("stage", out.stages, parse_stage, words_of(all_stages()));
  fields.names("stance", out.stances, parse_stance, words_of(all_stances()));
  fields.texts("forum", out.forums);
  fields.texts("place", out.places);
  fields.texts("topic", out.topics);
  fields.texts("publisher", out.publishers);
  fields.texts("code", out.codes);
  if (!problem && out.from && out.to && *out.to < *out.from) {
    Problem reversed;
    reversed.kind = ProblemKind::period_reversed;
    reversed.at = "to";
    reversed.value = to_iso(to_civil(*out.to));
    reversed.message = "the period ends on " + reversed.value + ", before it starts on " + to_iso(to_civil(*out.from));
    reversed.remedy = "swap from and to";
    problem = std::move(reversed);
  }
}

void take_rest(Fields& fields, Query& out) {
  constexpr double kMany = 1e9;
  fields.texts("of", out.of);
  fields.text("event", out.event);
  fields.text("name", out.name);
  fields.text("prefix", out.prefix);
  if (fields.get("edits") != nullptr) fields.number("edits", out.edits.emplace(0), 0, 4);
  fields.text("pattern", out.pattern);
  fields.names("kinds", out.kinds, parse_entity_kind, words_of(all_entity_kinds()));
  fields.names("through", out.through, parse_entity_kind, words_of(all_entity_kinds()));
  fields.one_of("way", out.way, {"shortest", "earliest", "fewest"});
  fields.number("k", out.k, 1, 1000);
  fields.number("steps", out.steps, 1, 64);
  fields.one_of("by", out.by, {"month", "quarter", "year"});
  fields.one_of("each", out.each, {"none", "type", "level", "type_group"});
  fields.one_of("measure", out.measure, {"degree", "pagerank", "betweenness"});
  fields.one_of("weight", out.weight, {"none", "number", "recency", "goldstein"});
  fields.number("half_life_days", out.half_life_days, 1, kMany);
  fields.number("iterations", out.iterations, 1, 10000);
  fields.number("damping", out.damping, 0, 1);
  fields.number("samples", out.samples, 1, kMany);
  fields.number("seed", out.seed, 0, kMany);
  fields.number("resolution", out.resolution, 0.001, 1000);
  fields.number("alarm", out.alarm, 0, 1);
  fields.number("shuffles", out.shuffles, 99, 100000);
  fields.day("today", out.today, true);
  std::string order = "newest";
  fields.one_of("order", order, {"newest", "oldest"});
  out.order = order == "oldest" ? Order::oldest_first : Order::newest_first;
  if (fields.get("limit") != nullptr) fields.number("limit", out.limit.emplace(0), 0, kMany);
  fields.flag("count", out.count);
  fields.flag("detail", out.detail);
  fields.flag("full", out.full);
  fields.flag("sources", out.sources);
  fields.flag("explain", out.explain);
  fields.text("cursor", out.cursor);
  if (const json* const id = fields.get("id")) out.id = id->dump(-1, ' ', false, json::error_handler_t::replace);
  fields.time("as_of", out.as_of);
  fields.time("since", out.since);
  fields.number("deadline_ms", out.deadline_ms, 1, kMany);
}

Problem missing(std::string at, std::string_view ask, std::string remedy) {
  Problem out;
  out.kind = ProblemKind::missing_field;
  out.message = fmt::format("the question '{}' needs '{}'", ask, at);
  out.at = std::move(at);
  out.remedy = std::move(remedy);
  return out;
}

std::optional<Problem> what_is_missing(const Query& query) {
  const std::string_view ask = to_string(query.ask);
  const bool both = !query.between.empty();
  switch (query.ask) {
    case Ask::resolve:
      if (query.name.empty() && query.prefix.empty()) return missing("name", ask, "say which name, or a prefix");
      return std::nullopt;
    case Ask::entity:
    case Ask::neighbours:
      if (query.of.empty()) return missing("of", ask, "name an entity: \"country:KR\"");
      return std::nullopt;
    case Ask::editions:
      if (query.of.empty()) return missing("of", ask, "name a forum: \"forum:asean-summit\"");
      return std::nullopt;
    case Ask::timeline:
    case Ask::series:
    case Ask::rhythm:
      if (!both && query.of.empty()) return missing("between", ask, "name two parties, or one with `of`");
      return std::nullopt;
    case Ask::event:
    case Ask::why:
    case Ask::accounts:
      if (query.event.empty()) return missing("event", ask, "give an event's id, as `timeline` prints it");
      return std::nullopt;
    case Ask::paths:
    case Ask::silences:
    case Ask::contacts:
    case Ask::asymmetry:
      if (!both) return missing("between", ask, "name two ends: [\"country:KR\", \"country:UZ\"]");
      return std::nullopt;
    case Ask::match:
      if (query.pattern.empty()) return missing("pattern", ask, "write one as docs/queries.md explains");
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::span<const Ask> all_asks() { return kAsks; }

std::string_view to_string(Ask ask) {
  for (const AskName& one : kAskNames)
    if (one.ask == ask) return one.name;
  return "?";
}

std::optional<Ask> parse_ask(std::string_view name) {
  for (const AskName& one : kAskNames)
    if (one.name == name) return one.ask;
  return std::nullopt;
}

std::vector<std::string_view> fields_of(Ask ask) {
  std::vector<std::string_view> out(std::begin(kCommon), std::end(kCommon));
  for (const Own& own : own_fields()) {
    if (own.ask != ask) continue;
    out.insert(out.end(), own.fields.begin(), own.fields.end());
    if (own.filters) out.insert(out.end(), std::begin(kFilters), std::end(kFilters));
  }
  return out;
}

Try<Day> parse_day(std::string_view at, const std::string& text, bool last) {
  if (const auto civil = parse_iso_date(text)) return to_day(*civil);
  Problem out;
  out.kind = ProblemKind::impossible_date;
  out.at = at;
  out.value = text;
  out.message = "'" + text + "' is no date";
  out.remedy = "write year, month and day: 2020-11-19; or 2020-11, or 2020";
  const bool whole = text.size() <= 7 && text.find_first_not_of("0123456789-") == std::string::npos;
  if (const auto edtf = Edtf::parse(text); whole && edtf && edtf->earliest() && edtf->latest())
    return last ? *edtf->latest() : *edtf->earliest();
  return out;
}

Try<Query> parse_query(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) {
    Problem out;
    out.kind = ProblemKind::not_json;
    constexpr std::size_t kShown = 80;
    out.value = std::string(text.substr(0, kShown));
    out.message = "this is no JSON object";
    out.remedy = "write one object a line: {\"ask\": \"timeline\", \"of\": \"country:KR\"}";
    return out;
  }
  std::optional<Problem> problem;
  Fields fields(object, problem);
  Query out;
  std::string ask;
  fields.text("ask", ask);
  if (problem) return *problem;
  const auto known = parse_ask(ask);
  if (!known) {
    std::string list;
    for (const Ask one : all_asks()) list += (list.empty() ? "" : ", ") + std::string(to_string(one));
    return bad(ProblemKind::unknown_question, "ask", ask,
               ask.empty() ? "the question is not named" : "there is no question '" + ask + "'", "ask one of " + list);
  }
  out.ask = *known;
  const auto allowed = fields_of(*known);
  for (const auto& [key, value] : object.items()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    std::string list;
    for (const std::string_view one : allowed) list += (list.empty() ? "" : ", ") + std::string(one);
    return bad(ProblemKind::unknown_field, key, value, fmt::format("the question '{}' has no field '{}'", ask, key),
               "it takes " + list);
  }
  take_between(fields, out, problem);
  take_filters(fields, out, problem);
  take_rest(fields, out);
  if (!problem) problem = what_is_missing(out);
  if (problem) return *problem;
  return out;
}

std::string to_json(const Problem& problem) {
  Row row{{"kind", to_string(problem.kind)}};
  if (!problem.at.empty()) row.push_back({"at", problem.at});
  if (!problem.value.empty()) row.push_back({"value", problem.value});
  row.push_back({"message", problem.message});
  if (!problem.remedy.empty()) row.push_back({"remedy", problem.remedy});
  if (problem.line != 0) {
    row.push_back({"line", problem.line});
    row.push_back({"column", problem.column});
    row.push_back({"expected", problem.expected});
  }
  if (!problem.candidates.empty()) {
    Value::List list;
    for (const std::string& one : problem.candidates) list.emplace_back(one);
    row.push_back({"candidates", std::move(list)});
  }
  std::string out;
  append_json(out, row);
  return out;
}

}  // namespace entente::graph::query
