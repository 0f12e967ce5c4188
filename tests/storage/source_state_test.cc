// What pulling remembers: on disk and in memory alike, written with the release or not at all.
#include <algorithm>
#include <catch2/catch.hpp>

#include "storage/care/check.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

TEST_CASE("a row of state is found again, also after a reopening, and the next one takes its place") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  CHECK_FALSE(store->find_state("a", "x").value());
  REQUIRE(store->put_states(std::vector<graph::StateRow>{{"a", "x", "one"}, {"a", "", "head"}, {"b", "x", "two"}}).ok());
  store.reopen();
  CHECK(store->find_state("a", "x").value() == "one");
  CHECK(store->find_state("a", "").value() == "head");
  CHECK(store->find_state("b", "x").value() == "two");
  REQUIRE(store->put_states(std::vector<graph::StateRow>{{"a", "x", "three"}}).ok());
  CHECK(store->find_state("a", "x").value() == "three");
  CHECK(store->find_state("b", "x").value() == "two");
}

TEST_CASE("the rows of a source come a page at a time, each once") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  std::vector<graph::StateRow> rows;
  for (int i = 0; i < 2500; ++i) rows.push_back({"many", "item " + std::to_string(i), std::to_string(i)});
  rows.push_back({"other", "item", "x"});
  REQUIRE(store->put_states(rows).ok());
  store.reopen();
  auto all = graph::all_states(*store, "many").value();
  const auto by_item = [](const graph::StateRow& a, const graph::StateRow& b) { return a.item < b.item; };
  std::sort(all.begin(), all.end(), by_item);
  rows.pop_back();
  std::sort(rows.begin(), rows.end(), by_item);
  CHECK(all == rows);
  CHECK(graph::all_states(*store, "none").value().empty());
}

TEST_CASE("state is written with its release or not at all, and is no knowledge") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  auto reading = random_readings(3, 1).front();
  const std::vector<graph::StateRow> rows{{"a", "page", "read"}};
  CHECK(store->record_with(reading, rows).value().outcome == graph::Outcome::fresh);
  CHECK(store->find_state("a", "page").value() == "read");
  CHECK(store->record_with(reading, std::vector<graph::StateRow>{{"a", "page", "again"}}).value().outcome ==
        graph::Outcome::known);
  CHECK(store->find_state("a", "page").value() == "again");
  reading.release.published = CivilDate{2023, 2, 30};
  CHECK_FALSE(store->record_with(reading, std::vector<graph::StateRow>{{"a", "page", "wrong"}}).ok());
  CHECK(store->find_state("a", "page").value() == "again");
  const std::vector<graph::StateRow> huge{{"a", "page", std::string(graph::kStateBytesMax + 1, 'x')}};
  CHECK(store->put_states(huge).error().code == ErrorCode::too_large);
  CHECK(storage::check(*store).value().agrees());
}

TEST_CASE("a source is held by one run at a time, and the other is told by whom") {
  OpenStore store(GENERATE(Kind::memory, Kind::rocks));
  auto first = store->hold("a", "entente pull (process 7)");
  REQUIRE(first.ok());
  const auto second = store->hold("a", "somebody else");
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().code == ErrorCode::locked);
  CHECK(second.error().message.find("process 7") != std::string::npos);
  CHECK(store->hold("b", "somebody else").ok());
  first = Result<std::unique_ptr<graph::SourceHold>>(std::unique_ptr<graph::SourceHold>());
  CHECK(store->hold("a", "somebody else").ok());
}
