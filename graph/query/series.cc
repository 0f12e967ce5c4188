// series and rhythm: how many events in each month, quarter or year.
#include <array>
#include <bit>
#include <map>

#include "graph/query/context.h"
#include "graph/query/event_row.h"
#include "graph/query/graph_events.h"
#include "graph/query/record_rows.h"
#include "graph/view/freeze.h"
#include "graph/walk/rhythm.h"

namespace entente::graph::query {
namespace {

enum class By : std::uint8_t { month, quarter, year };
enum class Each : std::uint8_t { none, type, level, type_group };

By by_of(const Query& query) {
  if (query.by == "year") return By::year;
  return query.by == "quarter" ? By::quarter : By::month;
}

Each each_of(const Query& query) {
  if (query.each == "type") return Each::type;
  if (query.each == "level") return Each::level;
  return query.each == "type_group" ? Each::type_group : Each::none;
}

int bucket_of(const CivilDate& date, By by) {
  constexpr int kMonths = 12;
  constexpr int kQuarters = 4;
  switch (by) {
    case By::year:
      return date.year;
    case By::quarter:
      return date.year * kQuarters + (date.month - 1) / (kMonths / kQuarters);
    case By::month:
      return date.year * kMonths + date.month - 1;
  }
  return 0;
}

CivilDate start_of(int bucket, By by) {
  constexpr int kMonths = 12;
  constexpr int kQuarters = 4;
  switch (by) {
    case By::year:
      return {bucket, 1, 1};
    case By::quarter:
      return {bucket / kQuarters, bucket % kQuarters * (kMonths / kQuarters) + 1, 1};
    case By::month:
      return {bucket / kMonths, bucket % kMonths + 1, 1};
  }
  return {};
}

// Appends a number from 0 to 9999 with at least so many digits: an answer may have thousands of months.
void append_digits(std::string& out, int number, int digits) {
  constexpr int kTen = 10;
  if (digits > 1 || number >= kTen) append_digits(out, number / kTen, digits - 1);
  out.push_back(static_cast<char>('0' + number % kTen));
}

std::string bucket_text(int bucket, By by) {
  const CivilDate start = start_of(bucket, by);
  constexpr int kYearMax = 9999;
  std::string out;
  if (start.year < 0 || start.year > kYearMax)
    out = fmt::format("{:04}", start.year);
  else
    append_digits(out, start.year, 4);
  if (by == By::year) return out;
  out += by == By::quarter ? "-Q" : "-";
  append_digits(out, by == By::quarter ? (start.month - 1) / 3 + 1 : start.month, by == By::quarter ? 1 : 2);
  return out;
}

template <class One>  // a Happening or a Brief
std::uint8_t class_of(const One& event, Each each) {
  switch (each) {
    case Each::type:
      return static_cast<std::uint8_t>(event.type);
    case Each::level:
      return event.level;
    case Each::type_group:
      return event.group;
    case Each::none:
      return 0;
  }
  return 0;
}

struct Cell {
  std::uint32_t bucket = 0;  // from Counts::first on
  std::uint32_t events = 0;
  std::uint8_t number = 0;  // of its class
};

struct Counts {
  By by = By::month;
  Each each = Each::none;
  int first = 0;
  std::size_t buckets = 0;
  std::vector<Cell> cells;  // those with a count, by bucket and class
  std::uint64_t events = 0;
  std::uint64_t left_out = 0;  // without a known first day in the period
};

// Of one way to tell events apart: a power of two.
constexpr std::size_t kClassesMax = 32;

// Takes events by day, those without one in any place.
class Counter {
 public:
  explicit Counter(const Query& query) {
    out_.by = by_of(query);
    out_.each = each_of(query);
  }
  Each each() const { return out_.each; }
  void leave_out() { ++out_.left_out; }
  void add(Day day, std::uint8_t number) {
    if (day >= end_ || !begun_) enter(day);
    constexpr std::uint8_t kMask = kClassesMax - 1;
    ++counts_[number & kMask];
    seen_ |= 1U << (number & kMask);
    ++out_.events;
  }
  Counts take() {
    leave();
    return std::move(out_);
  }

 private:
  void enter(Day day) {
    leave();
    const int number = bucket_of(to_civil(day), out_.by);
    if (!begun_) out_.first = number;
    begun_ = true;
    bucket_ = static_cast<std::uint32_t>(number - out_.first);
    out_.buckets = std::size_t{bucket_} + 1;
    end_ = to_day(start_of(number + 1, out_.by));
  }
  void leave() {
    for (; seen_ != 0; seen_ &= seen_ - 1) {
      const auto number = static_cast<std::uint8_t>(std::countr_zero(seen_));
      out_.cells.push_back({bucket_, counts_[number], number});
      counts_[number] = 0;
    }
  }

  Counts out_;
  bool begun_ = false;
  Day end_ = 0;
  std::uint32_t bucket_ = 0;
  std::uint32_t seen_ = 0;
  std::array<std::uint32_t, kClassesMax> counts_{};
};

// An event counts on its first day, or on the first day of the period when it began before.
Day day_counted(const Query& query, Day first, Day last) {
  const bool before = !query.undated && query.from && first < *query.from && last >= *query.from;
  return before ? *query.from : first;
}

template <class G>
Counts count(const G& graph, const EventList& events, const Query& query) {
  Counter counter(query);
  if (!events.briefs().empty()) {
    for (const Brief& one : events.briefs()) counter.add(one.first, class_of(one, counter.each()));
    return counter.take();
  }
  for (const EventIx event : events) {
    const Happening& one = graph.happening(event);
    const Day day = day_counted(query, one.first, one.last);
    if (day == kOpenStart)
      counter.leave_out();
    else
      counter.add(day, class_of(one, counter.each()));
  }
  return counter.take();
}

std::string class_text(std::uint8_t number, Each each) {
  switch (each) {
    case Each::type: {
      const auto type = event_type_from_number(number);
      return type ? std::string(to_string(*type)) : "";
    }
    case Each::level: {
      const auto level = level_from_number(number);
      return level ? std::string(to_string(*level)) : "unsaid";
    }
    case Each::type_group: {
      std::string text;
      append_digits(text, number, 2);
      return text;
    }
    case Each::none:
      return "";
  }
  return "";
}

std::string_view each_name(Each each) {
  switch (each) {
    case Each::type:
      return "type";
    case Each::level:
      return "level";
    case Each::type_group:
      return "type_group";
    case Each::none:
      return "";
  }
  return "";
}

std::string_view by_name(By by) { return by == By::year ? "year" : by == By::quarter ? "quarter" : "month"; }

// Of rows alone; absent where they do not say which class an event is of.
Try<std::optional<Counts>> count_rows(Context& context, const RowQuery& rows) {
  constexpr std::uint8_t kNotSaid = 0xFF;
  Counter counter(*context.query);
  std::map<std::uint32_t, std::vector<std::uint8_t>> groups;  // by table and code
  bool known = true;
  const auto class_of_row = [&](const DayRow& row) -> std::uint8_t {
    switch (counter.each()) {
      case Each::type:
        return static_cast<std::uint8_t>(row.type);
      case Each::level:
        return row.level;
      case Each::none:
        return 0;
      case Each::type_group:
        break;
    }
    // The group of what has no code of a table depends on more than its row says.
    std::vector<std::uint8_t>& of_table = groups[row.table];
    if (of_table.empty()) {
      of_table.push_back(kNotSaid);
      if (row.table != 0)
        for (const std::string& code : context.reader().rows()->codes(row.table))
          of_table.push_back(code.empty() ? kNotSaid : group_of_code(code));
    }
    const std::uint8_t group = row.code < of_table.size() ? of_table[row.code] : kNotSaid;
    known = known && group != kNotSaid;
    return group;
  };
  auto problem = each_days(context, rows, [&](std::span<const DayRow> some) {
    for (const DayRow& row : some) {
      const Day day = day_counted(*context.query, row.first, row.last);
      if (day == kOpenStart)
        counter.leave_out();
      else
        counter.add(day, class_of_row(row));
    }
  });
  if (problem) return std::move(*problem);
  return known ? std::optional(counter.take()) : std::nullopt;
}

Try<Counts> counted(Context& context) {
  const auto rows = rows_asked_for(context);
  if (!rows) return rows.problem();
  if (*rows) {
    auto counts = count_rows(context, **rows);
    if (!counts) return counts.problem();
    if (*counts) {
      context.explain("graph", "record");
      context.explain("plan", "rows of the pair or entity by day, counted in one pass");
      context.explain("events_counted", (*counts)->events + (*counts)->left_out);
      return std::move(**counts);
    }
  }
  return on_graph(context, [&](auto& graph) -> Try<Counts> {
    auto events = events_asked_for(context, graph);
    if (!events) return events.problem();
    context.explain("plan", "events of the pair or entity by day, counted in one pass");
    context.explain("events_counted", events->size());
    return count(graph, *events, *context.query);
  });
}

}  // namespace

Try<Fill> ask_series(Context& context) {
  auto counts = counted(context);
  if (!counts) return counts.problem();
  context.summary.parameters.push_back({"by", by_name(counts->by)});
  if (counts->each != Each::none) context.summary.parameters.push_back({"each", each_name(counts->each)});
  context.summary.parameters.push_back({"events", counts->events});
  if (counts->left_out != 0) context.summary.parameters.push_back({"without_day", counts->left_out});
  const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(context.skip, counts->cells.size()));
  return Fill([&context, counts = std::move(*counts), at = skipped, given = std::uint64_t{0}, bucket = std::string(),
               bucket_number = ~std::uint32_t{0}, classes = std::array<std::string, kClassesMax>()](Row& row) mutable -> Try<bool> {
    if (at == counts.cells.size()) return false;
    if (context.limit != 0 && given == context.limit) {
      more_after(context, given);
      return false;
    }
    const Cell& cell = counts.cells[at++];
    if (cell.bucket != bucket_number) {
      bucket = bucket_text(counts.first + static_cast<int>(cell.bucket), counts.by);
      bucket_number = cell.bucket;
    }
    RowWriter out(row, counts.each == Each::none ? 2 : 3);
    out.put(by_name(counts.by), std::string_view(bucket));
    if (counts.each != Each::none) {
      // Each class is written out once, however many cells have it.
      std::string& text = classes[cell.number];
      if (text.empty()) text = class_text(cell.number, counts.each);
      out.put(each_name(counts.each), std::string_view(text));
    }
    out.put("events", cell.events);
    ++given;
    return true;
  });
}

Try<Fill> ask_rhythm(Context& context) {
  const Query& query = *context.query;
  context.owned.each.clear();
  auto counts = counted(context);
  if (!counts) return counts.problem();
  std::vector<std::uint32_t> series(counts->buckets, 0);
  for (const Cell& cell : counts->cells) series[cell.bucket] = cell.events;
  // Months without an event at the ends of an asked period are part of the rhythm.
  if (query.from && counts->buckets != 0) {
    const int first = bucket_of(to_civil(*query.from), counts->by);
    if (first < counts->first) series.insert(series.begin(), static_cast<std::size_t>(counts->first - first), 0);
    counts->first = std::min(first, counts->first);
  }
  if (query.to && counts->buckets != 0) {
    const int last = bucket_of(to_civil(*query.to), counts->by);
    const int wanted = last - counts->first + 1;
    constexpr int kBucketsMax = 100'000;
    if (wanted > static_cast<int>(series.size()) && wanted < kBucketsMax)
      series.resize(static_cast<std::size_t>(wanted), 0);
  }
  RhythmTerms terms;
  terms.alarm = query.alarm;
  terms.shuffles = query.shuffles;
  terms.seed = query.seed;
  const auto breaks = find_breaks(series, terms, context.stop);
  if (auto problem = context.stopped()) return *problem;
  double mean = 0;
  for (const std::uint32_t one : series) mean += one;
  if (!series.empty()) mean /= static_cast<double>(series.size());
  Row& parameters = context.summary.parameters;
  parameters.push_back(
      {"method", "binary segmentation by the Poisson likelihood ratio, each split tested against shuffles"});
  parameters.push_back({"by", by_name(counts->by)});
  parameters.push_back({"alarm", terms.alarm});
  parameters.push_back({"shuffles", terms.shuffles});
  parameters.push_back({"seed", terms.seed});
  parameters.push_back({"shortest", terms.shortest});
  parameters.push_back({"counts", series.size()});
  parameters.push_back({"events", counts->events});
  parameters.push_back({"mean", mean});
  std::vector<Row> rows;
  for (const Break& one : breaks)
    rows.push_back({{"from", bucket_text(counts->first + static_cast<int>(one.at), counts->by)},
                    {"before", one.before_mean},
                    {"after", one.after_mean},
                    {"chance", one.chance}});
  return rows_of(std::move(rows));
}

}  // namespace entente::graph::query
