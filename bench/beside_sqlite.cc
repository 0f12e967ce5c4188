#include "bench/beside_sqlite.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <unordered_map>

#include "base/check.h"

namespace entente::bench {
namespace {

using nlohmann::json;

void check(int code) {
  ENTENTE_CHECK(code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW, "sqlite {}", code);
}

// The cells of a line; the tables of the workload have no quotation marks.
std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> out;
  while (true) {
    const auto comma = line.find(',');
    out.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return out;
    line.remove_prefix(comma + 1);
  }
}

std::int64_t number_of(std::string_view cell) {
  std::int64_t out = 0;
  for (const char c : cell)
    if (c != '-') out = out * 10 + (c - '0');
  return out;
}

template <class Visit>
void each_line(const std::filesystem::path& file, Visit visit) {
  std::ifstream in(file);
  ENTENTE_CHECK(in.good(), "cannot read {}", file.string());
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) visit(cells_of(line));
}

// Levenshtein's distance, `most` + 1 when it is more than that.
int edits(std::string_view a, std::string_view b, int most) {
  if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > most) return most + 1;
  std::array<int, 256> row{};
  if (b.size() + 1 > row.size()) return most + 1;
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    int best = row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1] ? 1 : 0)});
      diagonal = above;
      best = std::min(best, row[j]);
    }
    if (best > most) return most + 1;
  }
  return row[b.size()];
}

void edits_function(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto text = [&](int at) {
    return std::string_view(reinterpret_cast<const char*>(sqlite3_value_text(values[at])),
                            static_cast<std::size_t>(sqlite3_value_bytes(values[at])));
  };
  sqlite3_result_int(context, edits(text(0), text(1), 2));
}

enum : std::size_t { kTimeline, kCount, kNeighbours, kReach, kEvents, kParts, kSeries, kPrefix, kNear, kStatements };

constexpr const char* kSql[kStatements] = {
    "SELECT event, date, type, place, release FROM pairs WHERE a = ?1 AND b = ?2 AND date BETWEEN ?3 AND ?4 ORDER BY "
    "date DESC, event DESC LIMIT 100",
    "SELECT count(*) FROM pairs WHERE a = ?1 AND b = ?2",
    "SELECT v.entity, count(*) n FROM of_entity p JOIN of_event v ON v.event = p.event WHERE p.entity = ?1 AND p.date "
    "BETWEEN ?2 AND ?3"
    " AND v.entity <> ?1 GROUP BY v.entity ORDER BY n DESC, v.entity LIMIT 20",
    "WITH near AS (SELECT DISTINCT v.entity FROM of_entity p JOIN of_event v ON v.event = p.event WHERE p.entity = ?1 "
    "AND p.date BETWEEN ?2 AND ?3)"
    " SELECT count(DISTINCT v.entity) FROM (SELECT entity FROM near UNION SELECT ?1) n CROSS JOIN of_entity p ON "
    "p.entity = n.entity"
    " AND p.date BETWEEN ?2 AND ?3 CROSS JOIN of_event v ON v.event = p.event WHERE v.entity <> ?1",
    "SELECT event FROM of_entity WHERE entity = ?1",
    "SELECT entity FROM of_event WHERE event = ?1",
    "SELECT date / 100 m, type / 10 g, count(*) FROM pairs WHERE a = ?1 AND b = ?2 AND date BETWEEN ?3 AND ?4 GROUP BY "
    "m, g ORDER BY m, g",
    "SELECT id, name FROM names WHERE name >= ?1 AND name < ?2 ORDER BY name, id LIMIT 10",
    "SELECT id, edits(name, ?1) e FROM names WHERE length(name) BETWEEN length(?1) - 2 AND length(?1) + 2 AND e <= 2 "
    "ORDER BY e, id LIMIT 10",
};

}  // namespace

class BesideSqlite::Statement {
 public:
  Statement(sqlite3* db, const char* sql) { check(sqlite3_prepare_v2(db, sql, -1, &held_, nullptr)); }
  ~Statement() { sqlite3_finalize(held_); }
  Statement(Statement&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;

  void bind(int at, std::int64_t value) { check(sqlite3_bind_int64(held_, at, value)); }
  void bind(int at, const std::string& value) {
    check(sqlite3_bind_text(held_, at, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT));
  }
  // Calls visit(statement) for each row, until it gives false.
  template <class Visit>
  void each(Visit visit) {
    while (sqlite3_step(held_) == SQLITE_ROW)
      if (!visit(held_)) break;
    check(sqlite3_reset(held_));
  }

 private:
  sqlite3_stmt* held_ = nullptr;
};

BesideSqlite::BesideSqlite(const std::filesystem::path& tables, std::filesystem::path file) : file_(std::move(file)) {
  std::filesystem::remove(file_);
  check(sqlite3_open(file_.c_str(), &db_));
  check(sqlite3_create_function(db_, "edits", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, edits_function, nullptr,
                                nullptr));
  run("PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-524288; PRAGMA mmap_size=4294967296;"
      "CREATE TABLE of_entity(entity INTEGER, date INTEGER, event INTEGER, PRIMARY KEY(entity, date, event)) WITHOUT "
      "ROWID;"
      "CREATE TABLE of_event(event INTEGER, entity INTEGER, PRIMARY KEY(event, entity)) WITHOUT ROWID;"
      "CREATE TABLE pairs(a INTEGER, b INTEGER, date INTEGER, event INTEGER, type INTEGER, place "
      "INTEGER, release INTEGER, PRIMARY KEY(a, b, date, "
      "event)) WITHOUT ROWID;"
      "CREATE TABLE names(name TEXT, id INTEGER, PRIMARY KEY(name, id)) WITHOUT ROWID; BEGIN");
  fill(tables);
  run("COMMIT; ANALYZE");
  for (const char* sql : kSql) statements_.emplace_back(db_, sql);
}

BesideSqlite::~BesideSqlite() {
  statements_.clear();
  sqlite3_close(db_);
  std::error_code code;
  std::filesystem::remove(file_, code);
}

void BesideSqlite::run(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }

void BesideSqlite::fill(const std::filesystem::path& tables) {
  std::ifstream meta_file(tables / "meta.json");
  const json meta = json::parse(meta_file);
  first_official_ = meta["off0"];
  first_forum_ = meta["for0"];
  const std::int64_t first_release = meta["rel0"];
  Statement name(db_, "INSERT INTO names VALUES(?1, ?2)");
  each_line(tables / "entities.csv", [&](const std::vector<std::string_view>& cells) {
    if (number_of(cells[0]) >= first_release) return;
    name.bind(1, std::string(cells[2]));
    name.bind(2, number_of(cells[0]));
    name.each([](sqlite3_stmt*) { return true; });
  });
  struct Event {
    std::int64_t date = 0;
    std::int64_t type = 0;
    std::int64_t release = 0;
    std::int64_t place = 0;
    std::vector<std::int64_t> entities;
  };
  std::unordered_map<std::int64_t, Event> events;
  each_line(tables / "events.csv", [&](const std::vector<std::string_view>& cells) {
    events[number_of(cells[0])] = {number_of(cells[2]), number_of(cells[1]), number_of(cells[3]), number_of(cells[4]), {}};
  });
  Statement of_entity(db_, "INSERT OR IGNORE INTO of_entity VALUES(?1, ?2, ?3)");
  Statement of_event(db_, "INSERT OR IGNORE INTO of_event VALUES(?1, ?2)");
  each_line(tables / "participations.csv", [&](const std::vector<std::string_view>& cells) {
    const std::int64_t number = number_of(cells[0]);
    const std::int64_t entity = number_of(cells[1]);
    Event& event = events[number];
    event.entities.push_back(entity);
    of_entity.bind(1, entity);
    of_entity.bind(2, event.date);
    of_entity.bind(3, number);
    of_entity.each([](sqlite3_stmt*) { return true; });
    of_event.bind(1, number);
    of_event.bind(2, entity);
    of_event.each([](sqlite3_stmt*) { return true; });
  });
  Statement pair(db_, "INSERT OR IGNORE INTO pairs VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  for (auto& [number, event] : events) {
    std::sort(event.entities.begin(), event.entities.end());
    for (std::size_t i = 0; i < event.entities.size(); ++i)
      for (std::size_t j = i + 1; j < event.entities.size() && event.entities[j] < first_official_; ++j) {
        pair.bind(1, event.entities[i]);
        pair.bind(2, event.entities[j]);
        pair.bind(3, event.date);
        pair.bind(4, number);
        pair.bind(5, event.type);
        pair.bind(6, event.place);
        pair.bind(7, event.release);
        pair.each([](sqlite3_stmt*) { return true; });
      }
  }
  for (auto& seen : seen_) seen.assign(static_cast<std::size_t>(first_release) + 1, 0);
}

bool BesideSqlite::knows(const std::string& question) {
  static constexpr std::array kKnown{"Q1", "Q1c", "Q2", "Q3", "Q4", "Q4h", "Q5", "Q6p", "Q6f"};
  return std::find(kKnown.begin(), kKnown.end(), question) != kKnown.end();
}

// From both ends at once, a statement for each entity and event: a program over SQLite.
std::int64_t BesideSqlite::path(std::int64_t from, std::int64_t to, bool officials_only) {
  ++walk_;
  std::vector<std::int64_t> fronts[2] = {{from}, {to}};
  seen_[0][static_cast<std::size_t>(from)] = seen_[1][static_cast<std::size_t>(to)] = walk_;
  for (std::int64_t steps = 1; !fronts[0].empty() && !fronts[1].empty(); ++steps) {
    const std::size_t near = fronts[0].size() <= fronts[1].size() ? 0 : 1;
    std::vector<std::int64_t> events;
    for (const std::int64_t entity : fronts[near]) {
      statements_[kEvents].bind(1, entity);
      statements_[kEvents].each([&](sqlite3_stmt* row) {
        events.push_back(sqlite3_column_int64(row, 0));
        return true;
      });
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    std::vector<std::int64_t> next;
    bool met = false;
    for (const std::int64_t event : events) {
      statements_[kParts].bind(1, event);
      statements_[kParts].each([&](sqlite3_stmt* row) {
        const std::int64_t entity = sqlite3_column_int64(row, 0);
        if (officials_only && (entity < first_official_ || entity >= first_forum_)) return true;
        std::uint32_t& seen = seen_[near][static_cast<std::size_t>(entity)];
        if (seen == walk_) return true;
        seen = walk_;
        met = met || seen_[1 - near][static_cast<std::size_t>(entity)] == walk_;
        next.push_back(entity);
        return !met;
      });
      if (met) return steps;
    }
    fronts[near] = std::move(next);
  }
  return -1;
}

void BesideSqlite::ask(const std::string& question, const json& p) {
  const auto day = [&](const char* name) { return number_of(p[name].get<std::string>()); };
  answer_ = json::array();
  const auto rows = [&](Statement& statement, int width) {
    statement.each([&](sqlite3_stmt* row) {
      json cells = json::array();
      for (int i = 0; i < width; ++i) {
        if (sqlite3_column_type(row, i) == SQLITE_TEXT)
          cells.push_back(reinterpret_cast<const char*>(sqlite3_column_text(row, i)));
        else
          cells.push_back(sqlite3_column_int64(row, i));
      }
      answer_.push_back(std::move(cells));
      return true;
    });
  };
  if (question == "Q2" || question == "Q3") {
    Statement& statement = statements_[question == "Q2" ? kNeighbours : kReach];
    statement.bind(1, p["x"].get<std::int64_t>());
    statement.bind(2, day("d1"));
    statement.bind(3, day("d2"));
    rows(statement, question == "Q2" ? 2 : 1);
    if (question == "Q3") answer_ = json(answer_[0][0]);
  } else if (question == "Q4" || question == "Q4h") {
    answer_ = path(p["x"], p["y"], question == "Q4");
  } else if (question == "Q1" || question == "Q1c" || question == "Q5") {
    Statement& statement = statements_[question == "Q1" ? kTimeline : question == "Q5" ? kSeries : kCount];
    const auto a = p["a"].get<std::int64_t>();
    const auto b = p["b"].get<std::int64_t>();
    statement.bind(1, std::min(a, b));
    statement.bind(2, std::max(a, b));
    if (question != "Q1c") {
      statement.bind(3, day("d1"));
      statement.bind(4, day("d2"));
    }
    rows(statement, question == "Q1" ? 5 : question == "Q5" ? 3 : 1);
    if (question == "Q1c") answer_ = json(answer_[0][0]);
  } else if (question == "Q6p") {
    const std::string prefix = p["p"];
    statements_[kPrefix].bind(1, prefix);
    statements_[kPrefix].bind(2, prefix + "\xF4\x8F\xBF\xBF");
    rows(statements_[kPrefix], 2);
  } else if (question == "Q6f") {
    statements_[kNear].bind(1, p["q"].get<std::string>());
    rows(statements_[kNear], 2);
  }
}

}  // namespace entente::bench
