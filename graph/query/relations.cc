// silences, contacts, asymmetry and due: what only a record of relations can say.
#include <map>

#include "graph/query/context.h"
#include "graph/query/event_row.h"
#include "graph/query/graph_events.h"

namespace entente::graph::query {
namespace {

struct Silence {
  EventIx before = kNoIndex;
  EventIx after = kNoIndex;  // kNoIndex: it lasts until the end of the period
  Day from = 0;
  Day to = 0;
  Day days() const { return to - from; }
};

template <class G>
Try<std::vector<Row>> silences_in(Context& context, G& graph) {
  auto events = events_asked_for(context, graph);
  if (!events) return events.problem();
  std::vector<Silence> found;
  EventIx before = kNoIndex;
  Day heard = kOpenStart;  // the last day on which an event so far can have been
  for (const EventIx event : *events) {
    const Happening& one = graph.happening(event);
    if (one.first == kOpenStart || one.last == kOpenEnd) continue;
    if (before != kNoIndex && one.first > heard + 1) found.push_back({before, event, heard, one.first});
    if (before == kNoIndex || one.last > heard) {
      before = event;
      heard = one.last;
    }
  }
  if (before != kNoIndex && context.query->to && *context.query->to > heard)
    found.push_back({before, kNoIndex, heard, *context.query->to});
  std::stable_sort(found.begin(), found.end(), [](const Silence& a, const Silence& b) { return a.days() > b.days(); });
  std::vector<Row> rows;
  for (std::size_t i = static_cast<std::size_t>(context.skip); i < found.size(); ++i) {
    if (context.limit != 0 && rows.size() == context.limit) {
      more_after(context, rows.size());
      break;
    }
    const Silence& one = found[i];
    const bool over = one.after != kNoIndex;
    rows.push_back({{"days", one.days()},
                    {"from", day_text(one.from)},
                    {"to", day_text(one.to)},
                    {"last_event", std::string(graph.event_id(one.before))},
                    {"last_type", to_string(graph.happening(one.before).type)},
                    {"next_event", over ? Value(std::string(graph.event_id(one.after))) : Value()},
                    {"next_type", over ? Value(to_string(graph.happening(one.after).type)) : Value()}});
  }
  return rows;
}

// The first and the last event of some, and how many.
struct Extent {
  EventIx first = kNoIndex;
  EventIx last = kNoIndex;
  std::uint64_t events = 0;
  void add(EventIx event) {
    if (first == kNoIndex) first = event;
    last = event;
    ++events;
  }
};

template <class G>
void put_span(Row& row, const G& graph, const Extent& span) {
  row.push_back({"events", span.events});
  const auto put = [&](const char* day_name, const char* event_name, EventIx event) {
    const bool known = event != kNoIndex && graph.happening(event).first != kOpenStart;
    row.push_back({day_name, known ? Value(day_text(graph.happening(event).first)) : Value()});
    row.push_back({event_name, event == kNoIndex ? Value() : Value(std::string(graph.event_id(event)))});
  };
  put("first", "first_event", span.first);
  put("last", "last_event", span.last);
}

template <class G>
Try<std::vector<Row>> contacts_in(Context& context, G& graph) {
  auto events = events_asked_for(context, graph);
  if (!events) return events.problem();
  std::map<std::uint8_t, Extent> levels;
  for (const EventIx event : *events) {
    const Happening& one = graph.happening(event);
    if (one.undated() || one.first == kOpenStart || one.status != Status::occurred) continue;
    levels[one.level == 0 ? std::uint8_t{255} : one.level].add(event);
  }
  std::vector<Row> rows;
  for (const auto& [number, span] : levels) {
    const auto level = level_from_number(number);
    Row row{{"level", level ? Value(to_string(*level)) : Value()}};
    put_span(row, graph, span);
    rows.push_back(std::move(row));
  }
  return rows;
}

template <class G>
Try<std::vector<Row>> asymmetry_in(Context& context, G& graph) {
  const Query& query = *context.query;
  auto asked = asked_in(context, graph);
  if (!asked) return asked.problem();
  if (query.types.empty()) asked->terms.types = std::uint64_t{1} << static_cast<unsigned>(EventType::visit);
  const auto events = events_between(Slice<G>(graph, asked->terms), asked->left, asked->right, context.stop);
  std::map<std::pair<int, std::uint8_t>, Extent> directions;  // 0: left to right; 1: right to left; 2: not said
  for (const EventIx event : events) {
    const Happening& one = graph.happening(event);
    if (query.statuses.empty() && one.status != Status::occurred) continue;
    bool guest[2] = {false, false};
    bool host[2] = {false, false};
    for (const Part& part : graph.parts(event)) {
      const bool in[2] = {std::binary_search(asked->left.begin(), asked->left.end(), part.who()),
                          std::binary_search(asked->right.begin(), asked->right.end(), part.who())};
      for (int side = 0; side < 2; ++side) {
        guest[side] = guest[side] || (in[side] && part.role() == static_cast<std::uint8_t>(Role::guest));
        host[side] = host[side] || (in[side] && part.role() == static_cast<std::uint8_t>(Role::host));
      }
    }
    const bool there = guest[0] || host[1];
    const bool back = guest[1] || host[0];
    directions[{there == back ? 2 : there ? 0 : 1, 255}].add(event);
    if (one.level != 0) directions[{there == back ? 2 : there ? 0 : 1, one.level}].add(event);
  }
  const auto name = [&](const Side& side) {
    std::string out;
    for (const std::string& one : side) out += (out.empty() ? "" : ", ") + one;
    return out;
  };
  std::vector<Row> rows;
  for (int direction = 0; direction < 3; ++direction) {
    for (int level = 255; level >= 0; level = level == 255 ? 4 : level - 1) {
      const auto found = directions.find({direction, static_cast<std::uint8_t>(level)});
      const bool all = level == 255;
      if (found == directions.end() && !(all && direction < 2)) continue;
      const auto known = level_from_number(static_cast<std::uint8_t>(level));
      Row row{{"guest", direction == 2 ? Value() : Value(name(query.between[direction == 0 ? 0 : 1]))},
              {"host", direction == 2 ? Value() : Value(name(query.between[direction == 0 ? 1 : 0]))},
              {"level", all || !known ? Value("all") : Value(to_string(*known))}};
      put_span(row, graph, found == directions.end() ? Extent{} : found->second);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// One meeting of a forum: its first day, its number if it has one.
struct Meeting {
  Day day = 0;
  std::uint32_t edition = 0;
  EventIx event = kNoIndex;
};

constexpr Day kYearLeast = 300;
constexpr Day kYearMost = 430;
constexpr Day kOneMeetingDays = 60;  // reports of one edition lie closer together than two editions do

std::vector<Meeting> meetings_of(const Slice<const FrozenGraph>& slice, EntityIx forum) {
  const FrozenGraph& graph = slice.graph();
  std::vector<Meeting> out;
  slice.each_event(forum, [&](EventIx event) {
    const Happening& one = graph.happening(event);
    if (one.forum != forum || one.lasting() || one.status != Status::occurred) return true;
    const bool same = !out.empty() && (one.first - out.back().day < kOneMeetingDays ||
                                       (one.edition != 0 && one.edition == out.back().edition));
    if (same)
      out.back().edition = std::max(out.back().edition, one.edition);
    else
      out.push_back({one.first, one.edition, event});
    return true;
  });
  return out;
}

}  // namespace

Try<Fill> ask_silences(Context& context) {
  auto rows = on_graph(context, [&](auto& graph) { return silences_in(context, graph); });
  if (!rows) return rows.problem();
  return rows_of(std::move(*rows));
}

Try<Fill> ask_contacts(Context& context) {
  auto rows = on_graph(context, [&](auto& graph) { return contacts_in(context, graph); });
  if (!rows) return rows.problem();
  return rows_of(std::move(*rows));
}

Try<Fill> ask_asymmetry(Context& context) {
  auto rows = on_graph(context, [&](auto& graph) { return asymmetry_in(context, graph); });
  if (!rows) return rows.problem();
  return rows_of(std::move(*rows));
}

// Forums that met about once a year, three times at least, and of whose next meeting nothing was reported.
Try<Fill> ask_due(Context& context) {
  auto whole = context.whole();
  if (!whole) return whole.problem();
  const FrozenGraph& graph = **whole;
  const Query& query = *context.query;
  auto terms = terms_in(context, graph);
  if (!terms) return terms.problem();
  const Slice<const FrozenGraph> slice(graph, std::move(*terms));
  std::vector<EntityIx> forums;
  for (std::size_t i = 0; i < query.of.size(); ++i) {
    auto forum = entity_in(context, graph, query.of.size() == 1 ? "of" : fmt::format("of[{}]", i), query.of[i]);
    if (!forum) return forum.problem();
    forums.push_back(*forum);
  }
  if (query.of.empty())
    for (EntityIx entity = 0; entity < graph.entities(); ++entity)
      if (graph.kind(entity) == EntityKind::forum) forums.push_back(entity);
  constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
  const RecordedTime asked = query.as_of.value_or(context.view->recorded);
  const Day today = query.today.value_or(static_cast<Day>(asked.micros / kMicrosPerDay));
  context.summary.parameters.push_back({"today", day_text(today)});
  struct Due {
    Day expected;
    Row row;
  };
  std::vector<Due> found;
  for (const EntityIx forum : forums) {
    if (context.stop.asked()) break;
    const auto meetings = meetings_of(slice, forum);
    constexpr std::size_t kLeast = 3;
    if (meetings.size() < kLeast) continue;
    std::vector<Day> gaps;
    for (std::size_t i = 1; i < meetings.size(); ++i) gaps.push_back(meetings[i].day - meetings[i - 1].day);
    std::sort(gaps.begin(), gaps.end());
    const Day every = gaps[gaps.size() / 2];
    if (every < kYearLeast || every > kYearMost) continue;
    const Meeting& last = meetings.back();
    const Day expected = last.day + every;
    if (query.of.empty() && expected > today) continue;
    found.push_back({expected,
                     {{"forum", std::string(graph.entity_id(forum))},
                      {"label", graph.label(forum)},
                      {"expected", day_text(expected)},
                      {"overdue_days", today - expected},
                      {"every_days", every},
                      {"meetings", meetings.size()},
                      {"last", day_text(last.day)},
                      {"last_edition", last.edition == 0 ? Value() : Value(last.edition)},
                      {"last_event", std::string(graph.event_id(last.event))}}});
  }
  std::stable_sort(found.begin(), found.end(), [](const Due& a, const Due& b) { return a.expected > b.expected; });
  std::vector<Row> rows;
  for (std::size_t i = static_cast<std::size_t>(context.skip); i < found.size(); ++i) {
    if (context.limit != 0 && rows.size() == context.limit) {
      more_after(context, rows.size());
      break;
    }
    rows.push_back(std::move(found[i].row));
  }
  context.explain("plan", fmt::format("the meetings of {} forums, by day", forums.size()));
  return rows_of(std::move(rows));
}

}  // namespace entente::graph::query
