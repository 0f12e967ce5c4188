// What a filter means, and what is seen of a loaded table and of what persons say: the same on both stores and both
// graphs.
#include <atomic>

#include "tests/storage/asked.h"

using namespace entente;
using namespace entente::test;

namespace {

constexpr std::string_view kWorld = R"(
  FR --visit 2020-04-05 leader--> CN @FR-MEAE
  FR --meeting 2020-05-01 minister-- CN @FR-MEAE
  FR --conference 2018-03-01 forum=danube edition=1-- DE
  FR --conference 2019-03-05 forum=danube edition=2-- DE
  FR --call 2025-01-01 planned-- CN
)";

template <class T>
T must(Result<T> result) {
  INFO((result.ok() ? std::string() : result.error().to_text()));
  REQUIRE(result.ok());
  return std::move(*result);
}
void must(Result<void> result) {
  INFO((result.ok() ? std::string() : result.error().to_text()));
  REQUIRE(result.ok());
}

// Two states, a topic, a forum and a place; five events.
void load_table(storage::Store& store) {
  auto load = must(store.begin_load({"x", "events.csv", "TABLE", 1, {}, {}}));
  const auto visit =
      must(load->add_code({"42", "make a visit", graph::EventType::visit, graph::Status::occurred, {}, {}, {}}));
  const auto accuse =
      must(load->add_code({"112", "accuse", graph::EventType::statement, graph::Status::occurred, {}, {}, {}}));
  const auto actor = must(load->add_role("actor"));
  must(load->entity({1, graph::EntityKind::country, "Ruritania", 0}));
  must(load->entity({2, graph::EntityKind::country, "Strelsau", 0}));
  must(load->entity({3, graph::EntityKind::topic, "rights of way", 0}));
  must(load->entity({4, graph::EntityKind::forum, "Forum of Zenda", 0}));
  must(load->entity({5, graph::EntityKind::country, "Hentzau", 0}));
  must(load->source({7, "A gazette", to_day({2001, 1, 2})}));
  must(load->seal_entities());
  for (std::uint64_t number = 1; number <= 5; ++number) {
    const Day day = to_day({2000, static_cast<int>(number), 3});
    must(load->event(
        {number, (number % 2 == 0 ? accuse : visit), day, day, number == 5 ? std::uint64_t{5} : 0, 7, number}));
    must(load->participation({number, 1, actor, number}));
    must(load->participation({number, 2, 0, number}));
    if (number == 3) must(load->participation({number, 3, 0, number}));
    if (number == 4) must(load->participation({number, 4, 0, number}));
  }
  must(load->commit(
      [](const graph::BadRow& bad) -> Result<void> {
        return Error{ErrorCode::invalid_argument, bad.what, {}};
      },
      [](std::string_view, std::uint64_t, std::uint64_t) {}));
}

std::string now_of(Asked& world) { return must(world.store().now()->recorded()).to_text(); }

graph::Correction say(graph::CorrectionAct act, const json& event, const json& other, const json& claim) {
  const auto id = [](const json& one) { return one.is_null() ? std::string() : one.get<std::string>(); };
  return {act, graph::ClaimId(id(claim)), graph::EventId(id(event)), graph::EventId(id(other)), false, "A. Archivist",
          ""};
}

}  // namespace

TEST_CASE("a topic is a topic and a forum a forum, by id or by name; anybody else is refused") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  load_table(*world.store());
  world.renew();
  for (const json& question : std::vector<json>{{{"ask", "timeline"}, {"of", "x:1"}},
                                                {{"ask", "series"}, {"between", {"x:1", "x:2"}}, {"by", "year"}},
                                                {{"ask", "timeline"}, {"of", "x:1"}, {"count", true}}}) {
    INFO(question.dump());
    json about = question;
    about["topic"] = "x:3";
    json rows = world.rows(about);
    REQUIRE(rows.size() == 1);
    if (rows[0].contains("event"))
      CHECK(rows[0]["event"] == "x:3");
    else
      CHECK(rows[0]["events"] == 1);
    about["topic"] = "rights of way";
    CHECK(world.rows(about) == rows);
    about["topic"] = "x:2";
    const json problem = world.problem(about);
    CHECK(problem["kind"] == "bad_value");
    CHECK(problem["at"] == "topic");
    CHECK(problem["value"] == "x:2");
    CHECK(problem["message"].get<std::string>().find("country") != std::string::npos);
    about.erase("topic");
    about["forum"] = "Forum of Zenda";
    CHECK(world.rows(about).size() == 1);
    about["forum"] = {"x:4", "x:1"};
    CHECK(world.problem(about)["at"] == "forum");
  }
}

TEST_CASE("a table's own codes, groups, places and sources are told and asked for in any graph") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  load_table(*world.store());
  world.renew();
  const json pair = {"x:1", "x:2"};
  const json all = world.rows({{"ask", "timeline"}, {"between", pair}, {"order", "oldest"}});
  CHECK(column(all, "event") == "x:1 x:2 x:3 x:4 x:5");
  CHECK(column(all, "code") == "42 112 42 112 42");
  CHECK(all[0]["source"] == "x:7");
  CHECK(all[4]["located"] == "x:5");
  CHECK(all[0]["table_roles"] == json({{"x:1", "actor"}}));
  CHECK(column(world.rows({{"ask", "timeline"}, {"between", pair}, {"code", "112"}, {"order", "oldest"}}), "event") ==
        "x:2 x:4");
  CHECK(column(world.rows({{"ask", "timeline"}, {"between", pair}, {"place", "x:5"}}), "event") == "x:5");
  const json series = world.rows({{"ask", "series"}, {"between", pair}, {"by", "year"}, {"each", "type_group"}});
  CHECK(column(series, "type_group") == "04 11");
  CHECK(column(series, "events") == "3 2");
  const json event = world.rows({{"ask", "event"}, {"event", "x:5"}})[0];
  CHECK(event["code"] == "42");
  CHECK(event["claims"].size() == 1);
}

TEST_CASE("changes tell of corrections, joins, readings and loads, and of what fits the question no longer") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  Asked world(kind, query::GraphChoice::automatic, kWorld);
  const auto changes = [&](const std::string& since, json more = json::object()) {
    world.renew();
    json question = {{"ask", "changes"}, {"since", since}};
    question.update(more);
    return world.rows(question);
  };
  const json pair = {{"between", {"country:FR", "country:CN"}}};
  const json of_pair = world.rows({{"ask", "timeline"}, {"between", pair["between"]}, {"order", "oldest"}});
  REQUIRE(of_pair.size() == 3);
  const json visit = of_pair[0]["event"];
  const json meeting = of_pair[1]["event"];

  std::string since = now_of(world);
  CHECK(changes(since).empty());
  must(world.store()->correct(say(graph::CorrectionAct::join, visit, meeting, {})));
  json rows = changes(since);
  CHECK(column(rows, "change") == "changed gone");
  CHECK(rows[0]["event"] == visit);
  CHECK(rows[1]["event"] == meeting);
  CHECK(rows[0]["differs"].dump().find("claims") != std::string::npos);
  CHECK(rows[1]["differs"].is_null());
  CHECK(rows[1]["into"] == visit);
  CHECK(rows[0]["into"].is_null());
  CHECK(changes(since, pair) == rows);
  CHECK(changes(since, {{"of", "country:DE"}}).empty());

  since = now_of(world);
  const json call = of_pair[2]["event"];
  const json claim = world.rows({{"ask", "why"}, {"event", call}})[0]["claim"];
  must(world.store()->correct(say(graph::CorrectionAct::retract, {}, {}, claim)));
  rows = changes(since, pair);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["change"] == "gone");
  CHECK(rows[0]["event"] == call);

  // A new reading of a release that says another status: what was planned is so no longer.
  since = now_of(world);
  auto again = later("FR --meeting 2026-02-02 planned-- JP", 1);
  record(*world.store(), again);
  CHECK(column(changes(since), "change") == "new");
  since = now_of(world);
  std::get<graph::EventFacts>(again[0].claims[0].body).status = graph::Status::cancelled;
  record(*world.store(), again);
  rows = changes(since, {{"status", "planned"}});
  CHECK(column(rows, "change") == "changed");
  CHECK(rows[0]["status"] == "cancelled");
  CHECK(rows[0]["differs"] == json({"status", "claims"}));

  since = now_of(world);
  load_table(*world.store());
  rows = changes(since);
  CHECK(column(rows, "change") == "new new new new new");
  CHECK(column(changes(since, {{"of", "x:1"}, {"code", "112"}}), "event") == "x:4 x:2");
  const json page = [&] {
    world.renew();
    return world.ask({{"ask", "changes"}, {"since", since}, {"limit", 2}});
  }();
  CHECK(page["rows"].size() == 2);
  CHECK(page["whole"] == false);
  CHECK(world.rows({{"ask", "changes"}, {"since", since}, {"cursor", page["next"]}}).size() == 3);
}

TEST_CASE("a subgraph without a start is everybody of every event that counts; with all that is known, on request") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  load_table(*world.store());
  world.renew();
  const json all = world.rows({{"ask", "subgraph"}, {"full", true}, {"sources", true}});
  std::size_t nodes = 0;
  for (const json& row : all) {
    if (row.contains("node")) {
      ++nodes;
      continue;
    }
    CHECK(row.contains("status"));
    CHECK(!row["claims"].empty());
  }
  CHECK(all.size() - nodes == 10);
  CHECK(world.rows({{"ask", "subgraph"}, {"count", true}})[0]["entities"] == nodes);
  CHECK(world.rows({{"ask", "subgraph"}, {"code", "112"}, {"count", true}})[0]["entities"] == 3);
  CHECK(world.problem({{"ask", "subgraph"}, {"limit", 2}})["kind"] == "past_limit");
  const json near = world.rows({{"ask", "subgraph"}, {"of", "x:1"}, {"full", true}});
  CHECK(near[0]["node"] == "x:1");
  CHECK(near[0]["label"] == "Ruritania");
  CHECK(near.back()["code"] == "42");
}

TEST_CASE("who is meant, why an event is held to be so, and what each publisher says of it") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  Asked world(kind, query::GraphChoice::automatic,
              "KR --meeting 2023-05-04 minister-- JP @KR-MOFA\nJP --meeting 2023-05-04 leader-- KR @JP-MOFA\n");
  const json found = world.rows({{"ask", "timeline"}, {"between", {"country:KR", "country:JP"}}});
  REQUIRE(found.size() == 1);
  CHECK(found[0]["sources"] == 2);
  const json event = found[0]["event"];
  const json why = world.rows({{"ask", "why"}, {"event", event}});
  REQUIRE(why.size() == 2);
  for (const json& one : why) {
    CHECK(!one["claim"].get<std::string>().empty());
    CHECK(!one["release"].get<std::string>().empty());
    CHECK(!one["joined"].get<std::string>().empty());
    CHECK(one["confidence"].get<double>() > 0);
  }
  const json accounts = world.rows({{"ask", "accounts"}, {"event", event}});
  CHECK(column(accounts, "publisher") == "JP-MOFA KR-MOFA");
  CHECK(column(accounts, "level") == "leader minister");
  const json differing = world.rows({{"ask", "event"}, {"event", event}})[0];
  CHECK(differing["differences"]["level"].size() == 2);
  for (const char* ask : {"why", "accounts", "event"})
    CHECK(world.problem({{"ask", ask}, {"event", "event:0000000000000001"}})["kind"] == "unknown_id");
  CHECK(world.rows({{"ask", "resolve"}, {"name", "country:KR"}})[0]["entity"] == "country:KR");
  CHECK(world.rows({{"ask", "resolve"}, {"name", "nobody at all is called so"}}).empty());
}

TEST_CASE("names are found exactly, by their start and misspelt, best first") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  Asked world(kind, query::GraphChoice::automatic, kWorld);
  load_table(*world.store());
  world.renew();
  const json exact = world.rows({{"ask", "resolve"}, {"name", "Ruritania"}});
  CHECK(exact[0]["entity"] == "x:1");
  CHECK(exact[0]["score"] == 1.0);
  const json misspelt = world.rows({{"ask", "resolve"}, {"name", "Ruritanya"}});
  CHECK(misspelt[0]["entity"] == "x:1");
  CHECK(misspelt[0]["score"].get<double>() < 1.0);
  CHECK(column(world.rows({{"ask", "resolve"}, {"prefix", "Stre"}}), "entity") == "x:2");
  const json near = world.rows({{"ask", "resolve"}, {"name", "Hentsau"}, {"edits", 1}});
  CHECK(column(near, "entity") == "x:5");
  CHECK(near[0]["edits"] == 1);
  CHECK(world.rows({{"ask", "resolve"}, {"name", "Hentsau"}, {"edits", 1}, {"kinds", "official"}}).empty());
}

TEST_CASE(
    "a name that means several is ambiguous, an id that is none unknown: both name the part and what may be meant") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  auto load = must(world.store()->begin_load({"y", "twins.csv", "", 1, {}, {}}));
  must(load->entity({1, graph::EntityKind::country, "Twin", 0}));
  must(load->entity({2, graph::EntityKind::country, "Twin", 0}));
  must(load->seal_entities());
  must(load->commit(
      [](const graph::BadRow& bad) -> Result<void> {
        return Error{ErrorCode::invalid_argument, bad.what, {}};
      },
      [](std::string_view, std::uint64_t, std::uint64_t) {}));
  world.renew();
  for (const json& question : std::vector<json>{{{"ask", "timeline"}, {"between", {"country:FR", "Twin"}}},
                                                {{"ask", "paths"}, {"between", {"country:FR", "Twin"}}},
                                                {{"ask", "series"}, {"between", {"country:FR", "Twin"}}}}) {
    INFO(question.dump());
    const json problem = world.problem(question);
    CHECK(problem["kind"] == "ambiguous_name");
    CHECK(problem["at"] == "between[1]");
    CHECK(problem["value"] == "Twin");
    CHECK(problem["candidates"].size() == 2);
    CHECK(problem["remedy"].get<std::string>().find("id") != std::string::npos);
  }
  for (const char* ask : {"neighbours", "entity", "subgraph", "editions"}) {
    INFO(ask);
    const json problem = world.problem({{"ask", ask}, {"of", "forum:danub"}});
    CHECK(problem["kind"] == "unknown_id");
    CHECK(problem["value"] == "forum:danub");
    CHECK(problem["at"] == "of");
    CHECK(!problem["remedy"].get<std::string>().empty());
  }
}

TEST_CASE("a question past its deadline or cancelled gives no row, whatever was found by then") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  record(*store, draw(kWorld));
  std::atomic<bool> cancelled{false};
  query::Engine engine([&](std::optional<RecordedTime> time) { return store->snapshot(time); },
                       std::make_shared<query::FrozenGraphs>(graph::FrozenLimits{}), {});
  query::LineStream stream(engine, R"({"ask":"timeline","of":"country:FR","limit":0,"id":5})", 9);
  const auto first = stream.next(1, 1000, &cancelled);
  CHECK(first.rows.size() == 1);
  CHECK(!first.done);
  cancelled = true;
  const auto last = stream.next(1000, 1'000'000, &cancelled);
  CHECK(last.done);
  CHECK(last.tail.empty());
  const json problem = json::parse(last.problem);
  CHECK(problem["error"]["kind"] == "cancelled");
  CHECK(problem["id"] == 5);
  CHECK(problem["line"] == 9);
  CHECK(!problem.contains("rows"));
}

TEST_CASE("a walk that is given up for the frozen graph gives the bytes of one that was on it from the start") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  record(*store, draw(kWorld));
  const auto ask = [&](std::size_t lazy_events_max, query::GraphChoice choice, const json& question) {
    query::EngineOptions options;
    options.choice = choice;
    options.lazy_events_max = lazy_events_max;
    query::Engine engine([&](std::optional<RecordedTime> time) { return store->snapshot(time); },
                         std::make_shared<query::FrozenGraphs>(graph::FrozenLimits{}), options);
    return query::answer_line(engine, question.dump(), 0).text;
  };
  for (const json& question : std::vector<json>{{{"ask", "subgraph"}, {"of", "country:FR"}, {"steps", 2}},
                                                {{"ask", "paths"}, {"between", {"country:DE", "country:CN"}}},
                                                {{"ask", "neighbours"}, {"of", "country:FR"}},
                                                {{"ask", "timeline"}, {"of", "country:FR"}, {"count", true}},
                                                {{"ask", "timeline"}, {"between", {"country:FR", "country:CN"}}, {"count", true}},
                                                {{"ask", "series"}, {"of", "country:FR"}, {"each", "type"}},
                                                {{"ask", "series"}, {"of", "country:FR"}, {"each", "level"}, {"from", "2001-01-01"}},
                                                {{"ask", "series"}, {"of", "country:FR"}, {"each", "type_group"}},
                                                {{"ask", "series"}, {"of", "country:FR"}}}) {
    const std::string expected = ask(0, query::GraphChoice::frozen, question);
    CHECK(ask(1, query::GraphChoice::automatic, question) == expected);
    CHECK(ask(1000, query::GraphChoice::automatic, question) == expected);
  }
}
