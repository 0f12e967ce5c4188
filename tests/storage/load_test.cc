// Loaded tables: the same rows in, the same answers out, from RocksDB and from memory; all or nothing.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "graph/query/engine.h"
#include "graph/query/line.h"
#include "graph/view/table_facts.h"
#include "importers/tables/event_tables.h"
#include "storage/care/check.h"
#include "storage/record/external_sort.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace {

struct Part {
  std::uint64_t event;
  std::uint64_t entity;
  std::string role;
};
struct Happening {
  std::uint64_t id;
  std::string code;
  std::string date;
  std::uint64_t release;
  std::uint64_t place;
};

// Tables drawn by chance, in no order.
struct Drawn {
  std::vector<Happening> events;
  std::vector<Part> parts;

  explicit Drawn(std::uint32_t seed, std::uint64_t count = 400) {
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random); };
    const std::array<const char*, 4> codes{"42", "57", "163", "10"};
    const std::array<const char*, 3> roles{"host", "guest", "observer"};
    for (std::uint64_t id = 1; id <= count; ++id) {
      std::string date = fmt::format("20{:02}-{:02}-{:02}", below(4), 1 + below(12), 1 + below(28));
      if (id % 50 == 0) date = fmt::format("20{:02}", below(4));
      if (id % 90 == 0) date = "2000/2003";
      events.push_back({id * 3, codes[below(4)], date, below(2) == 0 ? 0U : 101U + below(70), below(3) == 0 ? 0U : 1U + below(6)});
      std::set<std::uint64_t> who;
      for (std::uint32_t n = 1 + below(5); n > 0; --n) who.insert(1 + below(12));
      for (const std::uint64_t entity : who) parts.push_back({id * 3, entity, roles[below(3)]});
    }
    std::shuffle(events.begin(), events.end(), random);
    std::shuffle(parts.begin(), parts.end(), random);
  }
};

importers::EventTables write(const TempFolder& folder, const Drawn& drawn, const std::string& more_parts = {}) {
  const auto file = [&](const char* name) { return std::ofstream(folder / name); };
  auto entities = file("entities.csv");
  entities << "id,kind,name,country,date\n";
  for (int id = 1; id <= 6; ++id) entities << id << ",country,\"State, No. " << id << "\",,\n";
  for (int id = 7; id <= 10; ++id) entities << id << ",official,Person " << id << "," << id - 6 << ",\n";
  entities << "11,forum,Some Forum,1,\n12,organisation,Some Union,,\n";
  for (int id = 101; id <= 170; ++id) entities << id << ",release,Release " << id << ",,2001-02-03\r\n";
  auto events = file("events.csv");
  events << "id,type,date,release,place\n";
  for (const auto& e : drawn.events)
    events << e.id << ',' << e.code << ',' << e.date << ',' << (e.release == 0 ? "" : std::to_string(e.release)) << ','
           << (e.place == 0 ? "" : std::to_string(e.place)) << '\n';
  auto parts = file("parts.csv");
  parts << "role,event,entity\n";
  for (const auto& part : drawn.parts) parts << part.role << ',' << part.event << ',' << part.entity << '\n';
  parts << more_parts;
  return {folder / "events.csv", folder / "parts.csv", folder / "entities.csv", {}};
}

Result<importers::LoadedTables> load(storage::Store& store, const importers::EventTables& files,
                                     const importers::LoadTables& how = {}) {
  const auto codes = importers::TypeCodes::load(std::filesystem::path(ENTENTE_DATA) / "mappings" / "cameo.tsv");
  REQUIRE(codes.ok());
  auto loading = store.begin_load({"x", "events.csv", "TEST-TABLE", 0.5, {}, {}});
  REQUIRE(loading.ok());
  return importers::load_tables(files, *codes, how, **loading);
}

bool in_order(const std::vector<graph::Row>& rows, graph::Order order) {
  return std::is_sorted(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    const auto key = [](const graph::Row& row) { return std::pair(*row.first, row.event.number); };
    return order == graph::Order::oldest_first ? key(a) < key(b) : key(b) < key(a);
  });
}

std::vector<graph::Row> rows_of(graph::Reader& reader, const graph::RowQuery& query, std::size_t step) {
  std::vector<graph::Row> out;
  const auto cursor = reader.rows()->rows(query);
  REQUIRE(cursor.ok());
  std::vector<graph::Row> some(step);
  while (true) {
    const auto got = (*cursor)->next(some);
    REQUIRE(got.ok());
    if (*got == 0) return out;
    out.insert(out.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(*got));
  }
}

graph::EntityNumber number(graph::Reader& reader, std::uint64_t entity) {
  const auto found = reader.rows()->find_number(graph::EntityId(fmt::format("x:{}", entity)));
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return **found;
}

}  // namespace

TEST_CASE("the rows of a pair and of an entity are those of the table, for every period and order") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const std::uint32_t seed = GENERATE(range(1U, 4U));
  INFO("seed " << seed);
  const TempFolder folder;
  const Drawn drawn(seed, 3000);  // enough for an entity to have many blocks before a period
  OpenStore store(kind);
  const auto loaded = load(*store, write(folder, drawn));
  INFO((loaded.ok() ? std::string() : loaded.error().to_text()));
  REQUIRE(loaded.ok());
  CHECK(loaded->report.events == drawn.events.size());
  CHECK(loaded->report.participations == drawn.parts.size());
  CHECK(loaded->report.entities == 12);
  CHECK(loaded->report.sources == 70);
  store.reopen();
  const auto reader = store.now();

  std::map<std::uint64_t, std::set<std::uint64_t>> who;
  for (const auto& part : drawn.parts) who[part.event].insert(part.entity);
  std::mt19937 random(seed);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (int question = 0; question < 60; ++question) {
    const auto a = static_cast<std::uint64_t>(1 + below(12));
    const auto b = static_cast<std::uint64_t>(below(13));
    if (a == b) continue;
    graph::RowQuery query;
    query.entity = number(*reader, a);
    query.with = b == 0 ? 0 : number(*reader, b);
    query.order = below(2) == 0 ? graph::Order::newest_first : graph::Order::oldest_first;
    if (below(2) == 0) query.from = to_day({2000 + below(4), 1 + below(12), 1});
    if (below(2) == 0) query.to = query.from.value_or(to_day({2001, 1, 1})) + below(600);
    if (below(3) == 0) query.types = {graph::EventType::visit, graph::EventType::sanction};
    std::set<std::uint64_t> expected;
    for (const auto& event : drawn.events) {
      if (!who[event.id].contains(a) || (b != 0 && !who[event.id].contains(b))) continue;
      const auto date = Edtf::parse(event.date).value();
      if (query.from && *date.latest() < *query.from) continue;
      if (query.to && *date.earliest() > *query.to) continue;
      if (!query.types.empty() && event.code != "42" && event.code != "163") continue;
      expected.insert(event.id);
    }
    const auto rows = rows_of(*reader, query, question % 2 == 0 ? 7 : 1000);
    std::set<std::uint64_t> found;
    for (const auto& row : rows) found.insert(row.event.number);
    INFO("x:" << a << " with x:" << b << " question " << question);
    CHECK(found == expected);
    CHECK(rows.size() == found.size());
    CHECK(in_order(rows, query.order));
  }
}

namespace {

graph::DayRow day_row_of(const graph::Row& row) {
  graph::DayRow out;
  if (row.first) out.first = *row.first;
  if (row.last) out.last = *row.last;
  out.table = row.event.table;
  out.code = row.code;
  out.type = row.type;
  if (row.level) out.level = static_cast<std::uint8_t>(*row.level);
  return out;
}

// count() and days() of a query beside the plain walk over its rows.
void counts_agree(graph::Reader& reader, const graph::RowQuery& query, std::size_t step) {
  const auto rows = rows_of(reader, query, 64);
  const auto count = reader.rows()->count(query);
  REQUIRE(count.ok());
  CHECK(*count == rows.size());
  const auto cursor = reader.rows()->days(query);
  REQUIRE(cursor.ok());
  std::vector<graph::DayRow> days;
  std::vector<graph::DayRow> some(step);
  while (true) {
    const auto got = (*cursor)->next(some);
    REQUIRE(got.ok());
    if (*got == 0) break;
    days.insert(days.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(*got));
  }
  std::vector<graph::DayRow> expected;
  for (const auto& row : rows) expected.push_back(day_row_of(row));
  CHECK(days == expected);
}

}  // namespace

TEST_CASE("counts and days are those of the rows, for every filter, of tables and of releases, now and as of then") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const std::uint32_t seed = GENERATE(range(1U, 4U));
  INFO("seed " << seed);
  const TempFolder folder;
  OpenStore store(kind);
  record(*store, draw("FR --visit 2001-04-05--> CN @FR-MEAE\nFR --meeting 2001-- CN\nFR --meeting XXXX-11-19-- DE\nFR --visit 2001-04-05/2004-01-01--> CN"));
  const auto before = store.now()->recorded().value();
  record(*store, draw("FR --call 2002-04-05-- CN\nCN --visit 2003-04-05--> FR"));
  REQUIRE(load(*store, write(folder, Drawn(seed, 3000))).ok());
  store.reopen();
  std::mt19937 random(seed);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (const auto& at : {std::optional<RecordedTime>(), std::optional(before)}) {
    const auto reader = store->snapshot(at).value();
    for (int question = 0; question < 150; ++question) {
      graph::RowQuery query;
      if (at || below(4) == 0) {
        query.entity = reader->rows()->find_number(graph::EntityId(below(2) == 0 ? "country:FR" : "country:CN")).value().value();
        if (below(2) == 0) query.with = reader->rows()->find_number(graph::EntityId("country:DE")).value().value();
      } else {
        query.entity = number(*reader, static_cast<std::uint64_t>(1 + below(12)));
        if (below(2) == 0) query.with = number(*reader, static_cast<std::uint64_t>(1 + below(12)));
      }
      if (query.entity == query.with) continue;
      query.order = below(2) == 0 ? graph::Order::newest_first : graph::Order::oldest_first;
      if (below(2) == 0) query.from = to_day({2000 + below(4), 1 + below(12), 1 + below(28)});
      if (below(2) == 0) query.to = query.from.value_or(to_day({2001, 1, 1})) + below(900);
      query.undated = below(10) == 0;
      if (below(4) == 0) query.types = {graph::EventType::visit, graph::EventType::sanction};
      if (below(6) == 0) query.statuses = {graph::Status::occurred};
      if (below(9) == 0) query.levels = {graph::Level::minister};
      if (below(6) == 0) query.publishers = {below(2) == 0 ? "TEST-TABLE" : "FR-MEAE"};
      INFO("question " << question << (at ? " then" : " now"));
      counts_agree(*reader, query, static_cast<std::size_t>(1 + below(200)));
    }
  }
}

TEST_CASE("counts and series of a table's entities are the same from rows, from the lazy graph and from the frozen one") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  OpenStore store(kind);
  REQUIRE(load(*store, write(folder, Drawn(5, 900))).ok());
  const auto ask = [&](graph::query::GraphChoice choice, const nlohmann::json& question) {
    graph::query::EngineOptions options;
    options.choice = choice;
    graph::query::Engine engine([&](std::optional<RecordedTime> time) { return store->snapshot(time); },
                                std::make_shared<graph::query::FrozenGraphs>(graph::FrozenLimits{}), options);
    return graph::query::answer_line(engine, question.dump(), 0).text;
  };
  for (nlohmann::json question : std::vector<nlohmann::json>{{{"ask", "timeline"}, {"of", "x:1"}, {"count", true}},
                                                             {{"ask", "timeline"}, {"between", {"x:1", "x:2"}}, {"count", true}},
                                                             {{"ask", "timeline"}, {"between", {"x:1", "x:8"}}, {"count", true}},
                                                             {{"ask", "series"}, {"of", "x:3"}},
                                                             {{"ask", "series"}, {"between", {"x:1", "x:2"}}, {"each", "type_group"}},
                                                             {{"ask", "series"}, {"of", "x:7"}, {"by", "quarter"}, {"each", "type"}},
                                                             {{"ask", "series"}, {"of", "x:4"}, {"by", "year"}, {"each", "level"}}})
    for (const bool period : {false, true})
      for (const bool visits : {false, true}) {
        if (period) question["from"] = "2001-02-03", question["to"] = "2002-11-10";
        if (visits) question["type"] = "visit";
        INFO(question.dump());
        const std::string expected = ask(graph::query::GraphChoice::frozen, question);
        CHECK(expected.find("error") == std::string::npos);
        CHECK(ask(graph::query::GraphChoice::lazy, question) == expected);
        CHECK(ask(graph::query::GraphChoice::automatic, question) == expected);
      }
}

TEST_CASE("an event of a table comes back with the table's own words, by its own id") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  const Drawn drawn(7);
  OpenStore store(kind);
  REQUIRE(load(*store, write(folder, drawn)).ok());
  const auto reader = store.now();
  for (const auto& told : drawn.events) {
    const auto event = reader->find_event(graph::EventId(fmt::format("x:{}", told.id)));
    REQUIRE(event.ok());
    REQUIRE(event->has_value());
    auto* const words = dynamic_cast<graph::TableFactsReader*>(reader->rows());
    REQUIRE(words != nullptr);
    const auto facts = words->table_facts((*event)->id);
    REQUIRE(facts.ok());
    REQUIRE(facts->has_value());
    const graph::TableFacts& table = **facts;
    CHECK(table.code == told.code);
    CHECK(table.source == (told.release == 0 ? "" : fmt::format("x:{}", told.release)));
    CHECK((table.place ? table.place->str() : "") == (told.place == 0 ? "" : fmt::format("x:{}", told.place)));
    CHECK((*event)->facts.date->earliest() == Edtf::parse(told.date).value().earliest());
    CHECK((*event)->facts.date->latest() == Edtf::parse(told.date).value().latest());
    std::multiset<std::string> roles;
    for (const auto& [id, role] : table.roles) roles.insert(id.str() + role);
    std::multiset<std::string> expected;
    for (const auto& part : drawn.parts)
      if (part.event == told.id) expected.insert(fmt::format("x:{}{}", part.entity, part.role));
    CHECK(roles == expected);
  }
  const auto none = reader->find_event(graph::EventId("x:1"));
  REQUIRE(none.ok());
  CHECK_FALSE(none->has_value());
  const auto proofs = reader->why(graph::EventId(fmt::format("x:{}", drawn.events.front().id)));
  REQUIRE(proofs.ok());
  REQUIRE(proofs->size() == 1);
  CHECK(proofs->front().release.publisher == "TEST-TABLE");
  const auto release = reader->find_release(graph::ReleaseId("x:101"));
  REQUIRE(release.ok());
  REQUIRE(release->has_value());
  CHECK((*release)->title == "Release 101");
  const auto state = reader->find_entity(graph::EntityId("x:3"));
  REQUIRE(state.ok());
  REQUIRE(state->has_value());
  CHECK((*state)->label == "State, No. 3");
  const auto named = reader->resolve("Person 8", 3);
  REQUIRE(named.ok());
  REQUIRE_FALSE(named->empty());
  CHECK(named->front().id.str() == "x:8");
}

TEST_CASE("a timeline of events gives what the rows give") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  OpenStore store(kind);
  REQUIRE(load(*store, write(folder, Drawn(11))).ok());
  const auto reader = store.now();
  graph::TimelineQuery query;
  query.left = {graph::EntityId("x:1")};
  query.right = {graph::EntityId("x:2"), graph::EntityId("x:8")};
  const auto events = events_of(*reader, query);
  graph::RowQuery pair;
  pair.entity = number(*reader, 1);
  pair.with = number(*reader, 2);
  std::set<std::string> expected;
  for (const auto& row : rows_of(*reader, pair, 64)) expected.insert(fmt::format("x:{}", row.event.number));
  pair.with = number(*reader, 8);
  for (const auto& row : rows_of(*reader, pair, 64)) expected.insert(fmt::format("x:{}", row.event.number));
  std::set<std::string> found;
  for (const auto& event : events) found.insert(event.id.str());
  CHECK(found == expected);
  CHECK(found.size() == events.size());
}

TEST_CASE("every event of the view is walked once with all who take part, releases' and tables'") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  const Drawn drawn(3);
  OpenStore store(kind);
  record(*store, draw("FR --visit 2023-04-05--> CN\nKR --call 2020-01-02-- JP"));
  REQUIRE(load(*store, write(folder, drawn)).ok());
  const auto reader = store.now();
  std::uint64_t events = 0;
  std::uint64_t parts = 0;
  std::set<graph::EventRef> seen;
  const auto walked = reader->rows()->each_event([&](const graph::Row& row, std::span<const graph::Participant> who) -> Result<bool> {
    ++events;
    parts += who.size();
    seen.insert(row.event);
    return true;
  });
  REQUIRE(walked.ok());
  CHECK(events == drawn.events.size() + 2);
  CHECK(parts == drawn.parts.size() + 4);
  CHECK(seen.size() == events);
  CHECK(reader->counts()->events == events);
}

TEST_CASE("as of a time before the load nothing of the table is there") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  OpenStore store(kind);
  record(*store, draw("FR --visit 2023-04-05--> CN"));
  const RecordedTime before = store.now()->recorded().value();
  REQUIRE(load(*store, write(folder, Drawn(5))).ok());
  const auto then = store.as_of(before);
  CHECK(then->counts()->events == 1);
  CHECK(then->rows()->tables().empty());
  CHECK_FALSE(then->find_event(graph::EventId("x:3"))->has_value());
  CHECK_FALSE(then->find_entity(graph::EntityId("x:1"))->has_value());
  CHECK(store.now()->find_entity(graph::EntityId("x:1"))->has_value());
}

TEST_CASE("bad rows are told by file and line and left out, up to as many as are allowed") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  const Drawn drawn(2, 20);
  const auto files = write(folder, drawn, "host,3,99\nhost,999999,1\nhost,x,1\nhost,3\n");
  OpenStore store(kind);
  std::vector<std::string> told;
  importers::LoadTables how;
  how.errors_max = 3;
  how.bad_row = [&](const std::string& text) { told.push_back(text); };
  const auto refused = load(*store, files, how);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("nothing was stored") != std::string::npos);
  CHECK(store.now()->counts()->events == 0);
  told.clear();
  how.errors_max = 4;
  const auto loaded = load(*store, files, how);
  REQUIRE(loaded.ok());
  CHECK(loaded->bad_rows == 4);
  CHECK(loaded->report.participations == drawn.parts.size());
  REQUIRE(told.size() == 4);
  const std::size_t first = drawn.parts.size() + 2;
  CHECK(told[0].find(fmt::format("parts.csv:{}: ", first)) != std::string::npos);
  CHECK(told[0].find("99") != std::string::npos);
  CHECK(told[3].find(fmt::format("parts.csv:{}: ", first + 1)) != std::string::npos);
}

TEST_CASE("a prefix is taken once, and never one of ours") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  OpenStore store(kind);
  REQUIRE(load(*store, write(folder, Drawn(1, 10))).ok());
  for (const char* prefix : {"x", "country", "event", "", "a:b", "1x"}) {
    const auto again = store->begin_load({prefix, "t", "", 1, {}, {}});
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().code == ErrorCode::invalid_argument);
  }
  CHECK(store->begin_load({"y", "t", "", 1, {}, {}}).ok());
}

TEST_CASE("a store with tables agrees with itself") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const TempFolder folder;
  OpenStore store(kind);
  record(*store, draw("FR --visit 2023-04-05--> CN\nKR --call 2020-01-02-- JP"));
  REQUIRE(load(*store, write(folder, Drawn(9))).ok());
  record(*store, draw("US --visit 2023-04-06--> CN"));
  const auto report = storage::check(*store);
  INFO((report.ok() ? std::string() : report.error().to_text()));
  REQUIRE(report.ok());
  for (const auto& one : report->shown) UNSCOPED_INFO(one.family << " " << one.what);
  CHECK(report->agrees());
}

TEST_CASE("sorting outside of memory gives what sorting in memory does") {
  const TempFolder folder;
  std::mt19937 random(1);
  std::vector<std::uint64_t> numbers(10'000);
  for (auto& one : numbers) one = random() % 5000;
  storage::ExternalSort<std::uint64_t> by_runs(folder.path(), "numbers", 800 * sizeof(std::uint64_t));
  storage::ExternalSort<std::uint64_t> one_by_one(folder.path(), "again", 800 * sizeof(std::uint64_t));
  for (const auto one : numbers) {
    REQUIRE(by_runs.add(one).ok());
    REQUIRE(one_by_one.add(one).ok());
  }
  std::sort(numbers.begin(), numbers.end());
  std::vector<std::uint64_t> drained;
  REQUIRE(by_runs.drain([&](std::uint64_t one) -> Result<void> {
    drained.push_back(one);
    return {};
  }).ok());
  CHECK(drained == numbers);
  REQUIRE(one_by_one.begin().ok());
  std::vector<std::uint64_t> read;
  while (true) {
    const auto next = one_by_one.next();
    REQUIRE(next.ok());
    if (*next == nullptr) break;
    read.push_back(**next);
  }
  CHECK(read == numbers);
  CHECK(std::filesystem::is_empty(folder.path()));
}
