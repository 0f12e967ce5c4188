// Questions of the query layer asked of a server: the same bytes as from its store, in parts, bounded and ended at
// will.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "graph/query/line.h"
#include "rpc/client/connection.h"
#include "rpc/convert/convert.h"
#include "rpc/convert/error.h"
#include "rpc/schema/reader.capnp.h"
#include "tests/rpc/served.h"

using namespace entente;
using nlohmann::json;
using test::Kind;
using test::must;
using test::Served;
namespace query = entente::graph::query;
namespace wire = rpc::wire;

namespace {

std::string local_answer(storage::Store& store, const std::string& question, std::uint64_t line) {
  query::Engine engine([&](std::optional<RecordedTime> time) { return store.snapshot(time); },
                       std::make_shared<query::FrozenGraphs>(graph::FrozenLimits{}));
  return query::answer_line(engine, question, line).text;
}

const std::vector<json> kQuestions{
    {{"ask", "timeline"}, {"of", "country:FR"}, {"limit", 3}, {"id", {1, "a"}}},
    {{"ask", "timeline"}, {"between", {"country:FR", "country:CN"}}, {"sources", true}, {"limit", 0}},
    {{"ask", "timeline"}, {"of", "country:FR"}, {"count", true}},
    {{"ask", "resolve"}, {"name", "Frnce"}},
    {{"ask", "resolve"}, {"prefix", "Kim"}},
    {{"ask", "entity"}, {"of", "country:FR"}},
    {{"ask", "event"}, {"event", "event:0000000000000000"}},
    {{"ask", "neighbours"}, {"of", "country:FR"}, {"limit", 2}},
    {{"ask", "paths"}, {"between", {"country:FR", "country:KR"}}, {"k", 2}},
    {{"ask", "subgraph"}, {"of", "country:FR"}, {"steps", 2}},
    {{"ask", "series"}, {"of", "country:FR"}, {"by", "year"}},
    {{"ask", "match"}, {"pattern", "find ?c, count(?e) as n where ?e party ?c order by n desc"}},
    {{"ask", "match"}, {"pattern", "find ?c where"}},
    {{"ask", "centrality"}, {"kinds", "country"}},
    {{"ask", "communities"}, {"kinds", "country"}},
    {{"ask", "components"}},
    {{"ask", "silences"}, {"between", {"country:FR", "country:CN"}}},
    {{"ask", "contacts"}, {"between", {"country:FR", "country:CN"}}},
    {{"ask", "rhythm"}, {"of", "country:FR"}},
    {{"ask", "asymmetry"}, {"between", {"country:FR", "country:CN"}}},
    {{"ask", "changes"}, {"since", "2000-01-01"}, {"limit", 5}},
    {{"ask", "due"}, {"today", "2030-01-01"}},
    {{"ask", "timeline"}, {"of", "country:XQ"}},
    {{"ask", "nonsense"}},
};

std::string many_meetings(int count) {
  std::string out = "FR --visit 2000-01-01--> CN\n";
  for (int i = 0; i < count; ++i)
    out += "+FR --meeting " + std::to_string(1900 + i / 12) + "-" + (i % 12 < 9 ? "0" : "") +
           std::to_string(i % 12 + 1) + "-11 leader-- CN\n";
  return out;
}

}  // namespace

TEST_CASE("a server gives the same bytes as its store, question by question") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  Served served(kind);
  test::record(served.store(), test::random_readings(3, 60));
  const auto client = served.connect();
  const auto asker = must(client->asker());
  std::uint64_t line = 0;
  for (const json& question : kQuestions) {
    const auto answer = must(asker->ask(question.dump(), ++line));
    const std::string here = local_answer(served.store(), question.dump(), line);
    if (question["ask"] == "communities" || question["ask"] == "centrality" || question["ask"] == "rhythm")
      CHECK(answer.answered);
    CHECK(answer.text == here);
    CHECK(answer.answered == !json::parse(here).contains("error"));
  }
  CHECK(must(asker->ask("{broken", 7)).text == local_answer(served.store(), "{broken", 7));
  // A why of each event that a timeline names.
  const json timeline = json::parse(must(asker->ask(R"({"ask":"timeline","of":"country:FR","limit":5})", 0)).text);
  REQUIRE(!timeline["rows"].empty());
  for (const json& row : timeline["rows"])
    for (const char* ask : {"event", "why", "accounts"}) {
      const std::string question = json{{"ask", ask}, {"event", row["event"]}}.dump();
      CHECK(must(asker->ask(question, 0)).text == local_answer(served.store(), question, 0));
    }
}

TEST_CASE("an answer of many parts comes whole, and a page of it goes on where it stopped") {
  Served served;
  test::record(served.store(), test::draw(many_meetings(1500)));
  const auto client = served.connect();
  const auto asker = must(client->asker());
  for (const int limit : {0, 1, 255, 256, 257, 1256, 1257, 1499, 5000}) {
    const std::string question = json{{"ask", "timeline"}, {"of", "country:FR"}, {"limit", limit}}.dump();
    const auto answer = must(asker->ask(question, 0));
    CHECK(answer.text == local_answer(served.store(), question, 0));
    const json page = json::parse(answer.text);
    if (page["whole"].get<bool>()) continue;
    const json rest = {{"ask", "timeline"}, {"of", "country:FR"}, {"limit", 0}, {"cursor", page["next"]}};
    CHECK(json::parse(must(asker->ask(rest.dump(), 0)).text)["rows"].size() + page["rows"].size() == 1501);
  }
}

TEST_CASE("an asker stays at its view, and answers as of a time when it was made for one") {
  Served served;
  test::record(served.store(), test::draw("FR --visit 2020-04-05--> CN"));
  const RecordedTime before = must(must(served.store().snapshot())->recorded());
  const auto client = served.connect();
  const auto old = must(client->asker());
  const std::string question = R"({"ask":"timeline","of":"country:FR","limit":0})";
  CHECK(json::parse(must(old->ask(question, 0)).text)["rows"].size() == 1);
  // The release is read again, and says something else.
  test::record(served.store(), test::draw(many_meetings(3)));
  CHECK(json::parse(must(old->ask(question, 0)).text)["rows"].size() == 1);
  CHECK(json::parse(must(must(client->asker())->ask(question, 0)).text)["rows"].size() == 4);
  const auto then = must(client->asker(before));
  CHECK(json::parse(must(then->ask(question, 0)).text)["rows"].size() == 1);
  CHECK(json::parse(must(then->ask(R"({"ask":"centrality"})", 0)).text)["as_of"] == before.to_text());
}

TEST_CASE("an answer past a bound of the server is a problem, and nothing of it is given") {
  rpc::ServerOptions options;
  options.limits.rows_max = 300;
  options.limits.readers_max = 2;
  Served served(Kind::memory, options);
  test::record(served.store(), test::draw(many_meetings(500)));
  const auto client = served.connect();
  const auto asker = must(client->asker());
  const auto long_one = must(asker->ask(R"({"ask":"timeline","of":"country:FR","limit":0})", 4));
  CHECK(!long_one.answered);
  const json problem = json::parse(long_one.text);
  CHECK(problem["error"]["kind"] == "past_limit");
  CHECK(problem["line"] == 4);
  CHECK(!problem.contains("rows"));
  CHECK(must(asker->ask(R"({"ask":"timeline","of":"country:FR","limit":300})", 0)).answered);
  const auto huge = asker->ask(std::string(wire::QUESTION_BYTES_MAX + 1, ' '), 0);
  REQUIRE(!huge);
  CHECK(huge.error().code == ErrorCode::too_large);
  // The asker holds a view, and so does each further one.
  const auto second = must(client->asker());
  const auto refused = second->ask(R"({"ask":"components"})", 0);
  const auto third = must(client->asker())->ask(R"({"ask":"components"})", 0);
  REQUIRE((!refused || !third));
}

TEST_CASE("a question's deadline holds on the server") {
  rpc::ServerOptions options;
  Served served(Kind::memory, options);
  test::record(served.store(), test::draw(many_meetings(1500)));
  const auto client = served.connect();
  const auto asker = must(client->asker());
  const auto late = must(asker->ask(R"({"ask":"rhythm","of":"country:FR","shuffles":100000,"deadline_ms":1})", 0));
  CHECK(json::parse(late.text)["error"]["kind"] == "past_deadline");
  CHECK(!late.answered);
}

TEST_CASE("the next question ends the answer before it, and letting go ends the work") {
  Served served;
  test::record(served.store(), test::draw(many_meetings(100)));
  auto connection = must(rpc::Connection::open(served.address(), {}));
  auto& scope = connection->scope();
  auto reader = connection->session().readerRequest().send().getReader();
  auto asker = reader.askerRequest().send().getAsker();
  const auto ask = [&](const char* question) {
    auto request = asker.askRequest();
    request.setQuestion(question);
    request.setFirst(10);
    return request.send();
  };
  auto first = ask(R"({"ask":"timeline","of":"country:FR","limit":0})").wait(scope);
  CHECK(first.getPart().getRows().size() == 10);
  CHECK(!first.getPart().getDone());
  auto rest = first.getRest();
  const auto next = [&] {
    auto request = rest.nextRequest();
    request.setMax(7);
    return request.send();
  };
  CHECK(next().wait(scope).getPart().getRows().size() == 7);
  auto second = ask(R"({"ask":"timeline","of":"country:CN","limit":1})").wait(scope);
  CHECK(second.getPart().getDone());
  CHECK(!second.hasRest());
  bool ended = false;
  try {
    next().wait(scope);
  } catch (const kj::Exception& exception) {
    ended = rpc::from_exception(exception).code == ErrorCode::cancelled;
  }
  CHECK(ended);
  const auto cancelled = served.server().figures().calls_cancelled;
  {
    auto gone = ask(R"({"ask":"rhythm","of":"country:FR","shuffles":100000})");
    // It has arrived when what was sent behind it has an answer.
    connection->session().echoRequest().send().wait(scope);
  }
  // The strand is free again: the next question is answered, and the one before it was not waited for to its end.
  CHECK(ask(R"({"ask":"timeline","of":"country:CN","limit":1})").wait(scope).getPart().getDone());
  CHECK(served.server().figures().calls_cancelled > cancelled);
}
