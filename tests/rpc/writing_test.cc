// Importing as a stream, writing in batches, and what a keeper asks.
#include <catch2/catch.hpp>

#include "rpc/access/tokens.h"
#include "rpc/client/admin.h"
#include "tests/rpc/served.h"

using namespace entente;
using rpc::Role;
using test::Kind;
using test::must;
using test::Served;

namespace {

std::uint64_t events_of(storage::Store& store) { return must(must(store.snapshot())->counts()).events; }

std::vector<graph::Event> timeline(graph::Reader& reader, const char* who) {
  graph::TimelineQuery query;
  query.left = test::ids(who);
  return test::events_of(reader, query);
}

graph::Correction retraction(const graph::ClaimId& claim) {
  graph::Correction out;
  out.claim = claim;
  out.reason = "misread";
  return out;
}

}  // namespace

TEST_CASE("a stream of readings is recorded in order, and each is reported") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  const auto readings = test::random_readings(3, 200);
  test::OpenStore alone(Kind::memory);
  const auto wanted = test::record(*alone, readings);
  const auto client = served.connect();
  std::vector<rpc::ImportReport> reports;
  auto job = must(client->import_job({}, [&](const rpc::ImportReport& report) { reports.push_back(report); }));
  for (const auto& reading : readings) REQUIRE(job->put(reading).ok());
  const auto totals = must(job->finish());
  REQUIRE(reports.size() == readings.size());
  std::uint64_t claims = 0;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    CHECK(reports[i].index == i);
    CHECK(must(reports[i].report).outcome == wanted[i].outcome);
    CHECK(must(reports[i].report).events_new == wanted[i].events_new);
    claims += wanted[i].claims;
  }
  CHECK(totals.readings == readings.size());
  CHECK(totals.claims == claims);
  CHECK(events_of(served.store()) == events_of(*alone));
}

TEST_CASE("a reading that is refused is reported, and the others of its stream are recorded") {
  Served served;
  auto readings = test::draw("FR --visit 2023-04-05--> CN\nFR --visit 2023-05-05--> DE\nFR --visit 2023-06-05--> IT");
  readings[1].claims.at(0).confidence = 7;
  const auto client = served.connect();
  std::vector<rpc::ImportReport> reports;
  auto job = must(client->import_job({}, [&](const rpc::ImportReport& report) { reports.push_back(report); }));
  for (const auto& reading : readings) REQUIRE(job->put(reading).ok());
  const auto totals = must(job->finish());
  CHECK(totals.failed == 1);
  CHECK(totals.fresh == 2);
  REQUIRE(reports.size() == 3);
  CHECK(reports[1].report.error().code == ErrorCode::invalid_argument);
  CHECK(events_of(served.store()) == 2);
}

TEST_CASE("an import that broke off and comes again with its key records nothing twice and gives the reports of then") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  const auto readings = test::draw("FR --visit 2023-04-05--> CN\nFR --visit 2023-05-05--> DE\nFR --visit 2023-06-05--> IT");
  {
    const auto client = served.connect();
    auto job = must(client->import_job("november", {}));
    REQUIRE(job->put(readings[0]).ok());
    REQUIRE(job->put(readings[1]).ok());
    CHECK(must(job->finish()).fresh == 2);
    const auto other = served.connect();
    CHECK(must(other->import_job("november", {}))->finish().error().code == ErrorCode::locked);
  }
  const auto client = served.connect();
  std::vector<rpc::ImportReport> reports;
  // The first connection is closed by now, or soon: until then its job has the key.
  Result<rpc::ImportTotals> totals = Error{};
  for (int i = 0; i < 100'000 && !totals; ++i) {
    reports.clear();
    auto job = must(client->import_job("november", [&](const rpc::ImportReport& report) { reports.push_back(report); }));
    if (!job->totals()) continue;
    for (const auto& reading : readings) REQUIRE(job->put(reading).ok());
    totals = job->finish();
  }
  REQUIRE(totals.ok());
  CHECK(totals->fresh == 3);
  CHECK(totals->known == 0);
  REQUIRE(reports.size() == 3);
  CHECK(reports[0].repeated);
  CHECK(reports[1].repeated);
  CHECK(!reports[2].repeated);
  CHECK(must(must(served.store().snapshot())->counts()).releases == 3);
}

TEST_CASE("one submission with a key can be asked again, and its key is for no other reading") {
  Served served;
  const auto client = served.connect();
  auto reading = test::draw("FR --visit 2023-04-05--> CN").at(0);
  const auto first = must(client->record_once("k1", reading));
  const auto again = must(client->record_once("k1", reading));
  CHECK(must(first.report).outcome == graph::Outcome::fresh);
  CHECK(!first.repeated);
  CHECK(must(again.report).outcome == graph::Outcome::fresh);
  CHECK(again.repeated);
  CHECK(must(must(client->record_once("k2", reading)).report).outcome == graph::Outcome::known);
  reading.release.title = "another";
  CHECK(client->record_once("k1", reading).error().code == ErrorCode::invalid_argument);
  CHECK(client->record_once("", reading).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a job that is cancelled reports what it did not record") {
  Served served;
  const auto client = served.connect();
  auto job = must(client->import_job({}, {}));
  must(job->cancel());
  REQUIRE(job->put(test::draw("FR --visit 2023-04-05--> CN").at(0)).ok());
  const auto totals = must(job->finish());
  CHECK(totals.failed == 1);
  CHECK(events_of(served.store()) == 0);
}

TEST_CASE("a batch is written whole, and says who made its corrections") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  test::record(served.store(), test::draw("FR --visit 2023-04-05--> CN\nFR --visit 2023-05-05--> DE"));
  const auto client = served.connect();
  const auto before = must(client->reader());
  const auto events = timeline(*before, "FR");
  REQUIRE(events.size() == 2);
  // The third, so that it is a release of its own.
  const std::vector<graph::WriteStep> steps = {retraction(events[0].claims.at(0)), test::draw("DE --visit 2022-01-01--> IT\nDE --visit 2022-01-02--> IT\nFR --visit 2023-07-05--> ES").at(2)};
  const auto report = must(client->record_steps("A. Archivist", steps));
  REQUIRE(report.reports.size() == 1);
  CHECK(report.reports[0].outcome == graph::Outcome::fresh);
  const auto after = must(client->reader());
  CHECK(must(after->recorded()) == report.recorded);
  CHECK(timeline(*after, "FR").size() == 2);
  CHECK(timeline(*after, "DE").empty());
  CHECK(timeline(*after, "ES").size() == 1);
  CHECK(timeline(*before, "DE").size() == 1);
}

TEST_CASE("a batch with one wrong step writes nothing") {
  Served served(GENERATE(Kind::memory, Kind::rocks));
  test::record(served.store(), test::draw("FR --visit 2023-04-05--> CN"));
  const auto client = served.connect();
  const auto recorded = must(must(client->reader())->recorded());
  const std::vector<graph::WriteStep> steps = {test::draw("FR --visit 2023-07-05--> ES").at(0), retraction(graph::ClaimId("claim:00112233445566ff/1/0"))};
  const auto refused = client->record_steps({}, steps);
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::not_found);
  CHECK(refused.error().message.find("step 2 of 2") != std::string::npos);
  CHECK(must(must(client->reader())->recorded()) == recorded);
  CHECK(events_of(served.store()) == 1);
}

TEST_CASE("writers may write and others may not") {
  Served served(Kind::memory, test::as(Role::importer));
  const auto client = served.connect();
  const std::vector<graph::WriteStep> steps = {test::draw("FR --visit 2023-07-05--> ES").at(0)};
  CHECK(client->record_steps({}, steps).error().code == ErrorCode::permission);
  CHECK(client->admin()->stats().error().code == ErrorCode::permission);
}

TEST_CASE("a keeper sees who is there and what they hold, and can end a session") {
  Served served;
  test::record(served.store(), test::draw("FR --visit 2023-04-05--> CN"));
  const auto keeper = served.connect();
  const auto client = served.connect();
  const auto reader = must(client->reader());
  const auto recorded = must(reader->recorded());
  const auto admin = keeper->admin();
  const auto sessions = must(admin->sessions());
  REQUIRE(sessions.size() == 2);
  const auto& held = sessions[0].snapshots.empty() ? sessions[1] : sessions[0];
  REQUIRE(held.snapshots.size() == 1);
  CHECK(held.snapshots[0].recorded == recorded);
  CHECK(held.role == 4);
  CHECK(held.calls > 0);
  const auto stats = must(admin->stats());
  const auto figure = [&](const std::string& name) {
    for (const auto& [known, value] : stats.figures)
      if (known == name) return value;
    return std::uint64_t{0} - 1;
  };
  CHECK(figure("snapshots") == 1);
  CHECK(figure("store_events") == 1);
  CHECK(figure("connections") == 2);
  CHECK(must(admin->close(held.number, "a test")));
  const auto after = reader->counts();
  REQUIRE(!after);
  CHECK(after.error().message.find("a test") != std::string::npos);
  CHECK(!must(admin->close(4711, {})));
}

TEST_CASE("the store of a running server is checked and copied, and the copy is a store") {
  Served served(Kind::rocks);
  test::record(served.store(), test::random_readings(5, 50));
  const auto client = served.connect();
  const auto check = must(client->admin()->check());
  CHECK(check.disagreements == 0);
  CHECK(check.rows > 100);
  CHECK(client->admin()->back_up("copies").error().code == ErrorCode::invalid_argument);
  REQUIRE(client->admin()->back_up(served.file("copies")).ok());
  REQUIRE(storage::Store::restore(served.file("copies"), served.file("again")).ok());
  SystemClock clock;
  const auto again = must(storage::Store::open(served.file("again"), {false, storage::Durability::synced, "a test"}, clock));
  CHECK(events_of(*again) == events_of(served.store()));
}

TEST_CASE("tokens are made and ended from afar") {
  const test::TempFolder folder;
  rpc::ServerOptions options;
  options.listen = {must(rpc::parse_address("127.0.0.1:0"))};
  options.access.token_file = folder / "tokens";
  Served served(Kind::memory, options);
  const auto admin_client = served.connect();
  const auto admin = admin_client->admin();
  const auto made = must(admin->create_token({{}, 1, "Kim", {}, {}, {}}));
  const auto reading = must(rpc::Client::connect(served.other(0), {made.token, {}, {}}));
  CHECK(must(reading->reader())->counts().ok());
  REQUIRE(must(admin->tokens()).size() == 1);
  CHECK(must(admin->tokens())[0].name == "Kim");
  CHECK(admin->create_token({{}, 9, "Kim", {}, {}, {}}).error().code == ErrorCode::invalid_argument);
  REQUIRE(admin->revoke_token(made.id).ok());
  CHECK(must(reading->reader())->counts().error().code == ErrorCode::permission);
  CHECK(admin->revoke_token(made.id).error().code == ErrorCode::not_found);
}
