// Loads a workload of events from CSV and asks it what its expected answers are known for: size, time and memory of the
// load, timelines, counts and monthly series of pairs, beside SQLite with a table of pairs in the same run. Every answer
// must equal the expected one.
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <bit>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "bench/beside_script.h"
#include "bench/stopwatch.h"
#include "importers/tables/event_tables.h"
#include "storage/care/check.h"
#include "storage/store.h"

namespace entente::bench {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Options {
  fs::path data;
  fs::path expected;
  fs::path db;
  fs::path codes = fs::path(ENTENTE_SOURCE) / "data" / "mappings" / "cameo.tsv";
  bool sqlite = true;
  fs::path duckdb;  // folders of npm's packages
  fs::path kuzu;
};

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Question {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::optional<Day> from;
  std::optional<Day> to;
  std::string answer;  // as JSON
};

std::optional<Day> day(const json& value) {
  const auto civil = parse_iso_date(value.get<std::string>());
  ENTENTE_CHECK(civil.has_value(), "a question without a date");
  return to_day(*civil);
}

std::vector<Question> read_questions(const fs::path& folder, const std::string& name) {
  std::vector<Question> out;
  std::ifstream params(folder / (name + ".params.jsonl"));
  std::ifstream answers(folder / (name + ".answers.jsonl"));
  for (std::string line, answer; std::getline(params, line) && std::getline(answers, answer);) {
    const json one = json::parse(line);
    Question question{one["a"], one["b"], {}, {}, json::parse(answer).dump()};
    if (one.contains("d1")) question.from = day(one["d1"]), question.to = day(one["d2"]);
    out.push_back(std::move(question));
  }
  return out;
}

std::uint32_t date_number(Day number) {
  const CivilDate civil = to_civil(number);
  return static_cast<std::uint32_t>(civil.year * 10000 + civil.month * 100 + civil.day);
}

double peak_mb() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::uint64_t bytes_in(const fs::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += entry.file_size();
  return bytes;
}

constexpr std::size_t kNewest = 100;  // rows of a timeline

// Somebody who answers Q1, Q1c and Q5, as JSON.
class Answerer {
 public:
  virtual ~Answerer() = default;
  virtual void timeline(const Question& question) = 0;
  virtual void count(const Question& question) = 0;
  virtual void series(const Question& question) = 0;
  // The answer of the last question, not counted in its time.
  virtual std::string answer() = 0;
};

class Ours final : public Answerer {
 public:
  explicit Ours(graph::Reader& reader) : rows_(*reader.rows()) {
    for (const std::uint32_t table : rows_.tables())
      for (const std::string& code : rows_.codes(table)) codes_.push_back(static_cast<std::uint32_t>(std::stoul(code)));
  }

  void timeline(const Question& question) override {
    kind_ = 1;
    taken_ = 0;
    const auto cursor = open(question);
    while (taken_ < kNewest) {
      const auto got = cursor->next(std::span(some_).subspan(taken_, kNewest - taken_));
      ENTENTE_CHECK(got.ok(), "{}", got.error().to_text());
      if (*got == 0) break;
      taken_ += *got;
    }
  }

  void count(const Question& question) override {
    kind_ = 2;
    const auto count = rows_.count(asked(question));
    ENTENTE_CHECK(count.ok(), "{}", count.error().to_text());
    taken_ = *count;
  }

  void series(const Question& question) override {
    kind_ = 3;
    months_.clear();
    auto cursor = rows_.days(asked(question));
    ENTENTE_CHECK(cursor.ok(), "{}", cursor.error().to_text());
    // Rows come by day: the month changes seldom.
    Day month_begins = 0;
    Day month_ends = -1;
    std::uint32_t month = 0;
    std::array<std::uint32_t, 32> groups{};
    std::uint32_t used = 0;  // a bit for each group that the month has: mostly one or two of them
    const auto give = [&] {
      for (; used != 0; used &= used - 1) {
        const auto group = static_cast<std::uint32_t>(std::countr_zero(used));
        months_.push_back({month, group, groups[group]});
        groups[group] = 0;
      }
    };
    while (true) {
      const auto got = (*cursor)->next(days_);
      ENTENTE_CHECK(got.ok(), "{}", got.error().to_text());
      if (*got == 0) break;
      for (const graph::DayRow& row : std::span(days_).first(*got)) {
        if (row.first < month_begins || row.first > month_ends) {
          give();
          const CivilDate civil = to_civil(row.first);
          month_begins = row.first - (civil.day - 1);
          month_ends = month_begins + days_in_month(civil.year, civil.month) - 1;
          month = static_cast<std::uint32_t>(civil.year * 100 + civil.month);
        }
        const std::uint32_t group = codes_[row.code - 1] / 10;
        ++groups[group];
        used |= 1U << group;
      }
    }
    give();
  }

  std::string answer() override {
    if (kind_ == 2) return std::to_string(taken_);
    json out = json::array();
    if (kind_ == 3) {
      std::sort(months_.begin(), months_.end());
      for (const auto& one : months_) out.push_back({one[0], one[1], one[2]});
      return out.dump();
    }
    for (const graph::Row& row : std::span(some_).first(taken_)) {
      std::uint64_t place = 0;
      if (row.place != 0) place = std::stoull(rows_.id_of(row.place)->str().substr(2));
      out.push_back({row.event.number, date_number(*row.first), codes_[row.code - 1], place, row.source});
    }
    return out.dump();
  }

 private:
  std::unique_ptr<graph::RowCursor> open(const Question& question) {
    auto cursor = rows_.rows(asked(question));
    ENTENTE_CHECK(cursor.ok(), "{}", cursor.error().to_text());
    return std::move(*cursor);
  }

  graph::RowQuery asked(const Question& question) {
    graph::RowQuery query;
    query.entity = number(question.a);
    query.with = number(question.b);
    query.from = question.from;
    query.to = question.to;
    if (kind_ == 3) query.order = graph::Order::oldest_first;
    return query;
  }

  graph::EntityNumber number(std::uint32_t id) {
    const auto found = rows_.find_number(graph::EntityId(fmt::format("x:{}", id)));
    ENTENTE_CHECK(found.ok() && found->has_value(), "there is no x:{}", id);
    return **found;
  }

  graph::RowReader& rows_;
  std::vector<std::uint32_t> codes_;
  std::array<graph::Row, 128> some_;
  std::array<graph::DayRow, 512> days_;
  std::size_t taken_ = 0;
  std::vector<std::array<std::uint32_t, 3>> months_;
  int kind_ = 0;
};

// SQLite as a person would set it up for this: events, and a table of pairs that is its own index.
class Sqlite final : public Answerer {
 public:
  Sqlite(const fs::path& file, storage::Store& store) {
    check(sqlite3_open(file.c_str(), &db_));
    run("PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-262144; PRAGMA mmap_size=1073741824;"
        "CREATE TABLE pairs(a INTEGER, b INTEGER, date INTEGER, event INTEGER, type INTEGER, place INTEGER, release INTEGER,"
        " PRIMARY KEY(a, b, date, event)) WITHOUT ROWID; BEGIN");
    fill(store);
    run("COMMIT; ANALYZE");
    const std::string pair = " FROM pairs WHERE a=?1 AND b=?2";
    prepare(0, "SELECT event,date,type,place,release" + pair + " AND date BETWEEN ?3 AND ?4 ORDER BY date DESC, event DESC LIMIT 100");
    prepare(1, "SELECT count(*)" + pair);
    prepare(2, "SELECT date/100 m,type/10 g,count(*)" + pair + " AND date BETWEEN ?3 AND ?4 GROUP BY m,g ORDER BY m,g");
  }
  ~Sqlite() override {
    for (auto* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void timeline(const Question& question) override { ask(0, question); }
  void count(const Question& question) override { ask(1, question); }
  void series(const Question& question) override { ask(2, question); }
  std::string answer() override {
    if (kind_ == 1) return std::to_string(cells_.front());
    json out = json::array();
    const std::size_t width = kind_ == 0 ? 5 : 3;
    for (std::size_t i = 0; i < cells_.size(); i += width)
      out.push_back(std::vector<std::int64_t>(cells_.begin() + static_cast<std::ptrdiff_t>(i),
                                              cells_.begin() + static_cast<std::ptrdiff_t>(i + width)));
    return out.dump();
  }

 private:
  static void check(int code) { ENTENTE_CHECK(code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW, "sqlite {}", code); }
  void run(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
  void prepare(std::size_t at, const std::string& sql) {
    check(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statements_[at], nullptr));
  }

  void fill(storage::Store& store) {
    const auto reader = store.snapshot();
    ENTENTE_CHECK(reader.ok(), "no reader");
    graph::RowReader& rows = *(*reader)->rows();
    std::vector<std::uint32_t> codes;
    for (const std::string& code : rows.codes(rows.tables().front())) codes.push_back(static_cast<std::uint32_t>(std::stoul(code)));
    std::map<graph::EntityNumber, std::int64_t> parties;
    const auto id = [&](graph::EntityNumber number) -> std::int64_t {
      if (number == 0) return 0;
      const auto [at, fresh] = parties.emplace(number, 0);
      if (fresh) {
        const auto kind = rows.kind_of(number);
        if (*kind && **kind <= graph::EntityKind::region) at->second = std::stoll(rows.id_of(number)->str().substr(2));
      }
      return at->second;
    };
    sqlite3_stmt* insert = nullptr;
    check(sqlite3_prepare_v2(db_, "INSERT INTO pairs VALUES(?,?,?,?,?,?,?)", -1, &insert, nullptr));
    const auto walked = rows.each_event([&](const graph::Row& row, std::span<const graph::Participant> parts) -> Result<bool> {
      for (const auto& a : parts)
        for (const auto& b : parts) {
          if (id(a.entity) == 0 || id(b.entity) == 0 || id(a.entity) >= id(b.entity)) continue;
          const std::array<std::int64_t, 7> cells{id(a.entity), id(b.entity), date_number(*row.first),
                                                  static_cast<std::int64_t>(row.event.number), codes[row.code - 1],
                                                  id(row.place), static_cast<std::int64_t>(row.source)};
          for (int i = 0; i < 7; ++i) check(sqlite3_bind_int64(insert, i + 1, cells[static_cast<std::size_t>(i)]));
          check(sqlite3_step(insert));
          check(sqlite3_reset(insert));
        }
      return true;
    });
    ENTENTE_CHECK(walked.ok(), "{}", walked.error().to_text());
    sqlite3_finalize(insert);
  }

  void ask(std::size_t kind, const Question& question) {
    kind_ = kind;
    sqlite3_stmt* const statement = statements_[kind];
    cells_.clear();
    check(sqlite3_bind_int64(statement, 1, std::min(question.a, question.b)));
    check(sqlite3_bind_int64(statement, 2, std::max(question.a, question.b)));
    if (kind != 1) {
      check(sqlite3_bind_int64(statement, 3, date_number(*question.from)));
      check(sqlite3_bind_int64(statement, 4, date_number(*question.to)));
    }
    while (sqlite3_step(statement) == SQLITE_ROW)
      for (int i = 0; i < sqlite3_column_count(statement); ++i) cells_.push_back(sqlite3_column_int64(statement, i));
    check(sqlite3_reset(statement));
  }

  sqlite3* db_ = nullptr;
  std::array<sqlite3_stmt*, 3> statements_{};
  std::vector<std::int64_t> cells_;
  std::size_t kind_ = 0;
};

using Ask = void (Answerer::*)(const Question&);

double at(const std::vector<double>& sorted, double part) { return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)]; }

// Asks each question twice and counts the second, warm time. Gives how many answers were wrong. Larger workloads have longer
// answers: how long the longest take, with so many rows in each, compares sizes.
std::size_t measure(const char* who, const char* what, const std::vector<Question>& questions, Answerer& answerer, Ask ask) {
  std::vector<double> times;
  std::vector<double> full;
  std::size_t wrong = 0;
  for (const Question& question : questions) {
    (answerer.*ask)(question);
    const Stopwatch watch;
    (answerer.*ask)(question);
    times.push_back(watch.seconds() * 1e6);
    if (json::parse(question.answer).size() == kNewest) full.push_back(times.back());
    if (answerer.answer() != question.answer) ++wrong;
  }
  std::sort(times.begin(), times.end());
  std::sort(full.begin(), full.end());
  fmt::print("{:<8} {:<4} p50 {:8.1f} us, p95 {:8.1f} us, max {:8.1f} us; {} questions, {} wrong", who, what, at(times, 0.5), at(times, 0.95),
             times.back(), times.size(), wrong);
  if (!full.empty() && ask == &Answerer::timeline) fmt::print("; p50 of the {} with {} rows {:.1f} us", full.size(), kNewest, at(full, 0.5));
  fmt::print("\n");
  return wrong;
}

int run(const Options& options) {
  SystemClock clock;
  const auto codes = importers::TypeCodes::load(options.codes);
  ENTENTE_CHECK(codes.ok(), "{}", codes.error().to_text());
  {
    const Stopwatch watch;
    const double processor = processor_seconds();
    auto store = storage::Store::open(options.db, {true, storage::Durability::synced, "bench_workload"}, clock);
    ENTENTE_CHECK(store.ok(), "{}", store.error().to_text());
    auto load = (*store)->begin_load({"x", "events.csv", "", 1, {}, {}});
    ENTENTE_CHECK(load.ok(), "{}", load.error().to_text());
    const auto loaded = importers::load_tables({options.data / "events.csv", options.data / "participations.csv",
                                                options.data / "entities.csv", options.data / "types.csv"},
                                               *codes, {}, **load);
    ENTENTE_CHECK(loaded.ok(), "{}", loaded.error().to_text());
    load->reset();
    ENTENTE_CHECK((*store)->close().ok(), "not closed");
    const double seconds = watch.seconds();
    const double worked = processor_seconds() - processor;
    const double peak = peak_mb();
    const Stopwatch checking;
    fmt::print(stderr, "loaded in {:.2f} s; checking\n", seconds);
    const auto report = storage::check(**store);
    ENTENTE_CHECK(report.ok(), "{}", report.error().to_text());
    for (const auto& one : report->shown) fmt::print(stderr, "{} {} {}\n", one.family, one.row, one.what);
    ENTENTE_CHECK(report->agrees(), "the store does not agree with itself in {} rows", report->disagreements);
    fmt::print("load     {} events, {} participations: {:.2f} s ({:.2f} s of processors), peak {:.0f} MB; {:.1f} MB on disk; checked in {:.2f} s\n",
               loaded->report.events, loaded->report.participations, seconds, worked, peak,
               static_cast<double>(bytes_in(options.db)) / 1e6, checking.seconds());
  }
  for (const auto& [script, packages] : {std::pair{"beside_duckdb.mjs", options.duckdb}, std::pair{"beside_kuzu.mjs", options.kuzu}}) {
    if (packages.empty()) continue;
    const auto told = run_beside({script, packages, options.data, options.db.string() + ".beside", {}});
    if (!told) {
      fmt::print(stderr, "bench_workload: {}\n", told.error().to_text());
      return 1;
    }
    fmt::print("{}\n", load_line(*told));
  }
  auto store = storage::Store::open(options.db, {false, storage::Durability::synced, "bench_workload"}, clock);
  ENTENTE_CHECK(store.ok(), "{}", store.error().to_text());
  const auto reader = (*store)->snapshot();
  ENTENTE_CHECK(reader.ok(), "no reader");
  if (options.expected.empty()) return 0;
  const auto q1 = read_questions(options.expected, "Q1");
  const auto q1c = read_questions(options.expected, "Q1c");
  const auto q5 = read_questions(options.expected, "Q5");
  std::size_t wrong = 0;
  const auto all = [&](const char* who, Answerer& answerer) {
    wrong += measure(who, "Q1", q1, answerer, &Answerer::timeline);
    wrong += measure(who, "Q1c", q1c, answerer, &Answerer::count);
    wrong += measure(who, "Q5", q5, answerer, &Answerer::series);
  };
  fmt::print(stderr, "asking {} questions\n", q1.size() + q1c.size() + q5.size());
  Ours ours(**reader);
  all("entente", ours);
  if (options.sqlite) {
    const fs::path file = options.db.string() + ".sqlite";
    fs::remove(file);
    {
      const Stopwatch watch;
      fmt::print(stderr, "filling SQLite\n");
      Sqlite sqlite(file, **store);
      fmt::print("sqlite   table of pairs alone: {:.2f} s, {:.1f} MB\n", watch.seconds(),
                 static_cast<double>(fs::file_size(file)) / 1e6);
      all("sqlite", sqlite);
    }
    fs::remove(file);
  }
  return wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  entente::bench::Options options;
  CLI::App program{"Loads a workload of events and asks what its answers are known for", "bench_workload"};
  program.add_option("--data", options.data, "Folder of events.csv, participations.csv, entities.csv, types.csv")->required();
  program.add_option("--expected", options.expected, "Folder of questions and expected answers; without it, only the load");
  program.add_option("--db", options.db, "The store's folder, which must not be there yet")->required();
  program.add_flag("!--no-sqlite", options.sqlite, "Leave SQLite out");
  program.add_option("--duckdb", options.duckdb, "Load into DuckDB, too: the folder where `npm install @duckdb/node-api` was run");
  program.add_option("--kuzu", options.kuzu, "Load into Kuzu, too: the folder where `npm install kuzu` was run");
  CLI11_PARSE(program, argc, argv);
  return entente::bench::run(options);
}
