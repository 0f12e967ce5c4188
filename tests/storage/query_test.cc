// Questions over drawn worlds: asked of the store on disk and of its twin in memory, walked over the record and over
// the graph in memory, always with one answer.
#include <fmt/format.h>

#include "tests/storage/asked.h"

using namespace entente;
using namespace entente::test;

namespace {

constexpr std::string_view kWorld = R"(
  FR --visit 2020-04-05 leader--> CN @FR-MEAE
  CN --visit 2021-06-01 minister--> FR @CN-MFA
  FR, DE --meeting 2020-05-01 minister-- CN
  FR/jean, FR --meeting 2020-06-01 minister-- DE/anna, DE
  DE/anna, DE --meeting 2020-07-01 minister-- PL/ewa, PL
  PL/ewa, PL --meeting 2019-01-01-- UA/ivan, UA
  FR --conference 2018-03-01 forum=danube edition=1-- DE
  FR --conference 2019-03-05 forum=danube edition=2-- DE
  FR --conference 2020-03-03 forum=danube edition=3-- DE
  FR --call 2025-01-01 planned-- JP
  FR --statement XXXX-11-19 condemn-- RU
)";

}  // namespace

TEST_CASE("timelines are filtered, counted and paged") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  const json pair = {{"ask", "timeline"}, {"between", {"country:FR", "country:CN"}}};
  CHECK(column(world.rows(pair), "date") == "2021-06-01 2020-05-01 2020-04-05");
  json question = pair;
  question["order"] = "oldest";
  question["type"] = "visit";
  CHECK(column(world.rows(question), "date") == "2020-04-05 2021-06-01");
  question["level"] = {"leader"};
  CHECK(column(world.rows(question), "date") == "2020-04-05");
  question = pair;
  question["publisher"] = "CN-MFA";
  CHECK(column(world.rows(question), "date") == "2021-06-01");
  question = pair;
  question["count"] = true;
  CHECK(world.rows(question)[0]["events"] == 3);
  question["from"] = "2021";
  CHECK(world.rows(question)[0]["events"] == 1);
  question = {{"ask", "timeline"}, {"of", "country:FR"}, {"undated", true}};
  CHECK(column(world.rows(question), "date") == "XXXX-11-19");
  question = {{"ask", "timeline"}, {"of", "country:FR"}, {"forum", "forum:danube"}, {"order", "oldest"}};
  CHECK(column(world.rows(question), "edition") == "1 2 3");
}

TEST_CASE("a page goes on where the one before stopped, though writes came in between") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  json question = {{"ask", "timeline"}, {"of", "country:FR"}, {"limit", 0}};
  const std::string whole = column(world.rows(question), "event");
  question["limit"] = 2;
  std::string pages;
  for (int page = 0; page < 20; ++page) {
    const json answer = world.ask(question);
    INFO(answer.dump());
    pages += (pages.empty() ? "" : " ") + column(answer["rows"], "event");
    if (answer["whole"].get<bool>()) break;
    CHECK(answer["rows"].size() == 2);
    question["cursor"] = answer["next"];
    record(*world.store(), later(fmt::format("FR --visit 2020-0{}-11--> US", page + 1), page));
    world.renew();
  }
  CHECK(pages == whole);
  question.erase("cursor");
  question["limit"] = 0;
  CHECK(world.rows(question).size() > static_cast<std::size_t>(std::count(whole.begin(), whole.end(), ' ')) + 1);
}

TEST_CASE("neighbours are counted, with what they share and how that changed") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  const auto rows = world.rows({{"ask", "neighbours"}, {"of", "country:FR"}, {"from", "2020"}, {"to", "2020"}, {"kinds", "country"}});
  CHECK(column(rows, "entity") == "country:DE country:CN");
  CHECK(column(rows, "events") == "3 2");
  CHECK(column(rows, "events_before") == "1 0");
  CHECK(rows[0]["by_type"]["meeting"] == 2);
  CHECK(rows[1]["first"] == "2020-04-05");
  CHECK(rows[1]["last"] == "2020-05-01");
  CHECK(world.rows({{"ask", "neighbours"}, {"of", "country:FR"}, {"count", true}, {"kinds", "country"}})[0]["neighbours"] == 4);
}

TEST_CASE("paths name the events on the way, those in time never go back") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  const json ends = {"official:FR/jean", "official:UA/ivan"};
  const auto shortest = world.rows({{"ask", "paths"}, {"between", ends}, {"through", "official"}});
  REQUIRE(shortest.size() == 1);
  CHECK(shortest[0]["entities"] == json({"official:FR/jean", "official:DE/anna", "official:PL/ewa", "official:UA/ivan"}));
  CHECK(shortest[0]["way"][1]["first"] == "2020-07-01");
  // The last meeting lies before the others.
  CHECK(world.rows({{"ask", "paths"}, {"between", ends}, {"way", "earliest"}}).empty());
  const auto timed = world.rows({{"ask", "paths"}, {"between", {"official:FR/jean", "official:PL/ewa"}}, {"way", "earliest"}, {"through", "official"}});
  REQUIRE(timed.size() == 1);
  CHECK(timed[0]["arrival"] == "2020-07-01");
  CHECK(world.rows({{"ask", "paths"}, {"between", ends}, {"through", "official"}, {"steps", 2}}).empty());
  CHECK(world.rows({{"ask", "paths"}, {"between", {"country:FR", "country:CN"}}, {"k", 3}}).size() >= 2);
}

TEST_CASE("subgraphs are bounded, series add up, editions are told apart") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  CHECK(world.rows({{"ask", "subgraph"}, {"of", "official:FR/jean"}, {"steps", 2}, {"from", "2020"}, {"to", "2020"}, {"count", true}})[0]["entities"] == 7);
  CHECK(world.problem({{"ask", "subgraph"}, {"of", "country:FR"}, {"steps", 3}, {"limit", 2}})["kind"] == "past_limit");
  const auto series = world.rows({{"ask", "series"}, {"between", {"country:FR", "country:DE"}}, {"by", "year"}, {"each", "type"}});
  CHECK(column(series, "year") == "2018 2019 2020 2020");
  CHECK(column(series, "type") == "conference conference meeting conference");
  CHECK(column(series, "events") == "1 1 2 1");
  const auto editions = world.rows({{"ask", "editions"}, {"of", "forum:danube"}, {"order", "oldest"}});
  CHECK(column(editions, "edition") == "1 2 3");
  CHECK(column(editions, "first") == "2018-03-01 2019-03-05 2020-03-03");
}

TEST_CASE("silences, contacts, asymmetry and what is due") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  const json pair = {"country:FR", "country:CN"};
  const auto silences = world.rows({{"ask", "silences"}, {"between", pair}, {"to", "2021-12-31"}});
  CHECK(column(silences, "days") == "396 213 26");
  CHECK(silences[1]["next_event"].is_null());
  const auto contacts = world.rows({{"ask", "contacts"}, {"between", pair}});
  CHECK(column(contacts, "level") == "leader minister");
  CHECK(contacts[1]["first"] == "2020-05-01");
  CHECK(contacts[1]["last"] == "2021-06-01");
  const auto asymmetry = world.rows({{"ask", "asymmetry"}, {"between", pair}});
  CHECK(asymmetry[0]["guest"] == "country:FR");
  CHECK(asymmetry[0]["events"] == 1);
  const auto due = world.rows({{"ask", "due"}, {"today", "2021-06-01"}});
  REQUIRE(due.size() == 1);
  CHECK(due[0]["forum"] == "forum:danube");
  CHECK(due[0]["expected"] == "2021-03-07");
  CHECK(world.rows({{"ask", "due"}, {"today", "2021-01-01"}}).empty());
  // Asked as of a time, today is that day, also before anything was recorded.
  CHECK(world.ask({{"ask", "due"}, {"as_of", "1999-05-01"}})["parameters"]["today"] == "1999-05-01");
}

TEST_CASE("the whole: centrality, communities and components name their parameters") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  const json answer = world.ask({{"ask", "centrality"}, {"measure", "degree"}, {"weight", "none"}, {"kinds", "country"}});
  CHECK(answer["rows"][0]["entity"] == "country:FR");
  CHECK(answer["rows"][0]["value"] == 4);
  CHECK(answer["parameters"]["measure"] == "degree");
  CHECK(answer["parameters"]["kinds"] == json({"country"}));
  CHECK(world.rows({{"ask", "components"}, {"kinds", "country"}})[0]["size"] == 7);
  CHECK(world.ask({{"ask", "communities"}, {"kinds", "country"}})["parameters"]["method"].get<std::string>().find("louvain") == 0);
}

TEST_CASE("patterns join triples, filter, negate, group and order") {
  const auto [kind, choice] = worlds();
  Asked world(kind, choice, kWorld);
  const auto find = [&](const char* pattern) { return world.rows({{"ask", "match"}, {"pattern", pattern}}); };
  CHECK(column(find("find distinct ?c where ?e party country:FR . ?e party ?c . ?c != country:FR . ?e.type = visit | meeting"), "c") == "country:CN country:DE");
  const auto counted = find("find ?c, count(?e) as n, min(?e.first) as since where ?e party country:FR . ?e party ?c . ?c != country:FR order by n desc limit 2");
  CHECK(column(counted, "c") == "country:DE country:CN");
  CHECK(column(counted, "n") == "5 3");
  CHECK(column(counted, "since") == "2018-03-01 2020-04-05");
  // Who met FR, but never at a conference.
  CHECK(column(find("find distinct ?c where ?e party country:FR . ?e party ?c . ?c != country:FR . ?e.status = occurred . not { ?f party country:FR . ?f party ?c . ?f.type = conference }"), "c") == "country:CN country:RU");
  CHECK(column(find("find ?g where ?e guest ?g . ?e host country:FR"), "g") == "country:CN");
  CHECK(column(find("find ?e.edition where ?e edition_of forum:danube . ?e.first >= 2019-01-01"), "e.edition") == "2 3");
  CHECK(find("find ?a, ?b where ?a party country:FR . ?a party country:CN . ?b party country:CN . days(?a.first, ?b.first) = 26").size() == 1);
}

TEST_CASE("what was recorded since a time, and the answer as of then") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  Asked world(kind, query::GraphChoice::automatic, kWorld);
  const auto before = world.store().now()->recorded().value().to_text();
  record(*world.store(), later("FR --visit 2023-01-01--> US", 1));
  world.renew();
  const auto changes = world.rows({{"ask", "changes"}, {"since", before}});
  REQUIRE(changes.size() == 1);
  CHECK(changes[0]["change"] == "new");
  CHECK(changes[0]["date"] == "2023-01-01");
  CHECK(world.rows({{"ask", "changes"}, {"since", before}, {"of", "country:DE"}}).empty());
  const json pair = {"country:FR", "country:US"};
  CHECK(world.rows({{"ask", "timeline"}, {"between", pair}}).size() == 1);
  CHECK(world.problem({{"ask", "timeline"}, {"between", pair}, {"as_of", before}})["kind"] == "unknown_id");
}

TEST_CASE("each mistake in a question is a problem of its own kind, with the place and the remedy") {
  Asked world(Kind::memory, query::GraphChoice::automatic, kWorld);
  Asked other(Kind::memory, query::GraphChoice::automatic, "DE --visit 2001-01-01--> PL");
  const json pair = {"country:FR", "country:CN"};
  struct Case {
    json question;
    const char* kind;
    const char* at;
  };
  const json timeline = {{"ask", "timeline"}, {"between", pair}, {"limit", 1}};
  const auto with = [&](const char* field, json value) {
    json out = timeline;
    out[field] = std::move(value);
    return out;
  };
  const std::string foreign = other.ask({{"ask", "timeline"}, {"of", "country:DE"}, {"limit", 1}})["as_of"];
  const auto cursor = world.ask(timeline)["next"].get<std::string>();
  const std::vector<Case> cases{
      {{{"ask", "timelime"}}, "unknown_question", "ask"},
      {with("colour", "red"), "unknown_field", "colour"},
      {{{"ask", "timeline"}}, "missing_field", "between"},
      {with("type", "party"), "bad_value", "type"},
      {with("limit", -1), "bad_value", "limit"},
      {with("between", "country:FR"), "bad_value", "between"},
      {with("from", "2021-02-30"), "impossible_date", "from"},
      {[&] { json out = with("from", "2021"); out["to"] = "2020"; return out; }(), "period_reversed", "to"},
      {with("between", {"country:FR", "country:XQ"}), "unknown_id", "between[1]"},
      {with("between", {"country:FR", "Atlantis of the Deep"}), "unknown_id", "between[1]"},
      {with("cursor", "nonsense"), "foreign_cursor", "cursor"},
      {[&] { json out = with("cursor", cursor); out["type"] = "call"; return out; }(), "foreign_cursor", "cursor"},
      {{{"ask", "event"}, {"event", "event:0000000000000000"}}, "unknown_id", "event"},
      {{{"ask", "match"}, {"pattern", "find ?a where ?a partner country:FR"}}, "pattern_syntax", "pattern"},
      {{{"ask", "match"}, {"pattern", "find ?a where ?a party country:XQ"}}, "unknown_id", "pattern"},
  };
  for (const Case& one : cases) {
    INFO(one.question.dump());
    const json problem = world.problem(one.question);
    CHECK(problem["kind"] == one.kind);
    CHECK(problem["at"] == one.at);
    CHECK(!problem["message"].get<std::string>().empty());
    CHECK(!problem["remedy"].get<std::string>().empty());
  }
  // The same question, a cursor of another store.
  const json elsewhere = other.ask({{"ask", "timeline"}, {"of", "country:DE"}, {"limit", 1}});
  CHECK(elsewhere["whole"] == true);
  record(*other.store(), draw("DE --visit 2002-01-01--> PL\nDE --visit 2003-01-01--> PL"));
  other.renew();
  const json more = other.ask({{"ask", "timeline"}, {"of", "country:DE"}, {"limit", 1}});
  REQUIRE(more["whole"] == false);
  record(*world.store(), draw("DE --visit 2004-01-01--> IT"));
  CHECK(world.problem({{"ask", "timeline"}, {"of", "country:DE"}, {"limit", 1}, {"cursor", more["next"]}})["kind"] == "foreign_cursor");
}

TEST_CASE("a pattern that does not parse says where and what was expected") {
  Asked world(Kind::memory, query::GraphChoice::automatic, kWorld);
  struct Case {
    const char* pattern;
    int line;
    int column;
  };
  for (const Case& one : {Case{"find", 1, 5}, Case{"find ?a\nwhere ?a party", 2, 15}, Case{"find ?a where\n  ?a colour country:FR", 2, 6},
                          Case{"find ?a where ?a party country:FR . ?a.type = visitt", 1, 47}, Case{"find ?b where ?a party country:FR", 1, 6},
                          Case{"find ?a where ?a party ?b . ?b party country:FR", 1, 29}, Case{"find ?a where ?a party country:FR limit 0", 1, 41},
                          Case{"find ?a where not { ?a party country:FR", 1, 40}, Case{"find ?a where ?a.type = \"visit", 1, 25}}) {
    INFO(one.pattern);
    const json problem = world.problem({{"ask", "match"}, {"pattern", one.pattern}});
    CHECK(problem["kind"] == "pattern_syntax");
    CHECK(problem["line"] == one.line);
    CHECK(problem["column"] == one.column);
    CHECK(!problem["expected"].get<std::string>().empty());
  }
}

TEST_CASE("any answer is the same in memory and on disk, walked over the record or over the graph") {
  const auto seed = GENERATE(range(1U, 6U));
  const auto readings = random_readings(seed, 40);
  std::vector<std::string> answers;
  for (const Kind kind : {Kind::memory, Kind::rocks}) {
    OpenStore store(kind);
    record(*store, readings);
    for (const auto choice : {query::GraphChoice::lazy, query::GraphChoice::frozen}) {
      query::EngineOptions options;
      options.choice = choice;
      query::Engine engine([&](std::optional<RecordedTime> time) { return store->snapshot(time); },
                           std::make_shared<query::FrozenGraphs>(graph::FrozenLimits{}), options);
      std::string all;
      const json pair = {"country:FR", "country:CN"};
      for (const json& question : std::vector<json>{
               {{"ask", "timeline"}, {"between", pair}, {"count", true}, {"from", "2020"}},
               {{"ask", "neighbours"}, {"of", "country:FR"}, {"from", "2020-06"}, {"to", "2021-06"}},
               {{"ask", "series"}, {"of", "country:CN"}, {"by", "quarter"}, {"each", "level"}},
               {{"ask", "series"}, {"between", pair}, {"from", "2020-11"}, {"each", "type_group"}},
               {{"ask", "paths"}, {"between", {"country:FR", "official:KR/kim-gunn"}}},
               {{"ask", "paths"}, {"between", {"org:un", "official:KR/kim-gunn"}}, {"k", 4}},
               {{"ask", "paths"}, {"between", {"country:FR", "country:KR"}}, {"way", "fewest"}, {"from", "2019"}},
               {{"ask", "subgraph"}, {"of", "country:KR"}, {"steps", 2}, {"count", true}},
               {{"ask", "silences"}, {"between", pair}},
               {{"ask", "contacts"}, {"between", {"country:KR", "country:FR"}}},
               {{"ask", "asymmetry"}, {"between", pair}}}) {
        const auto answer = query::answer_line(engine, question.dump(), 0);
        INFO(answer.text);
        if (!answer.answered) CHECK(json::parse(answer.text)["error"]["kind"] == "unknown_id");
        // The two kinds of store do not record at the same time.
        json plain = json::parse(answer.text);
        plain.erase("as_of");
        all += plain.dump() + "\n";
      }
      answers.push_back(all);
    }
  }
  for (const std::string& one : answers) CHECK(one == answers.front());
}

TEST_CASE("an answer past its deadline is none") {
  Asked world(Kind::memory, query::GraphChoice::automatic, kWorld);
  std::atomic<bool> cancelled{true};
  query::EngineOptions options;
  options.cancelled = &cancelled;
  OpenStore store(Kind::memory);
  record(*store, draw(kWorld));
  query::Engine engine([&](std::optional<RecordedTime> time) { return store->snapshot(time); },
                       std::make_shared<query::FrozenGraphs>(graph::FrozenLimits{}), options);
  const auto answer = query::answer_line(engine, R"({"ask": "centrality"})", 7);
  const json parsed = json::parse(answer.text);
  CHECK(parsed["error"]["kind"] == "cancelled");
  CHECK(parsed["line"] == 7);
  CHECK(!parsed.contains("rows"));
}
