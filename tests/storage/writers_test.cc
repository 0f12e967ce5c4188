// Several who write at one time: each step is there whole or not at all, and they add up to what one writer after
// another would have left.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <random>
#include <set>
#include <span>
#include <thread>

#include "storage/care/check.h"
#include "storage/codec/byte_io.h"
#include "storage/codec/row_block.h"
#include "storage/memory/memory_table.h"
#include "storage/record/write_queue.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;
using storage::Family;
using storage::Write;

namespace {

// A table in memory that refuses what it is given while `full`.
class RefusingTable final : public storage::Table {
 public:
  std::atomic<bool> full = false;

  Result<std::unique_ptr<storage::TableView>> view() override { return table_->view(); }
  Result<void> apply_all(std::span<const std::vector<Write>> steps) override {
    if (full) return Error{ErrorCode::io, "no room", {}};
    return table_->apply_all(steps);
  }
  Result<void> settle() override { return table_->settle(); }
  Result<std::unique_ptr<storage::Bulk>> bulk() override { return table_->bulk(); }
  Result<void> back_up(const std::filesystem::path& folder) override { return table_->back_up(folder); }
  Result<std::vector<storage::FamilySize>> sizes() override { return table_->sizes(); }
  Result<std::vector<storage::DamagedFile>> damaged_files() override { return table_->damaged_files(); }
  Result<void> flush() override { return table_->flush(); }

 private:
  std::unique_ptr<storage::Table> table_ = storage::make_memory_table();
};

std::vector<Write> step(const std::string& key, const std::string& value) { return {{Family::terms, key, value}}; }

std::string value_at(const storage::TableView& view, const std::string& key) {
  return view.get(Family::terms, key).value().value_or("none");
}

}  // namespace

TEST_CASE("who works out a step sees those that wait, and the table has them when they are waited for") {
  RefusingTable table;
  std::vector<std::string> told;
  storage::WriteQueue queue(table, [&](const std::vector<Write>& writes) { told.push_back(writes.front().value); });
  std::mutex writing;
  REQUIRE(queue.view().ok());
  const auto first = queue.add(step("aaaa", "1"));
  const auto seen = queue.view().value();
  CHECK(value_at(*seen, "aaaa") == "1");
  CHECK(value_at(*table.view().value(), "aaaa") == "none");
  const auto second = queue.add(step("aaaa", "2"));
  const auto third = [&] {
    REQUIRE(queue.view().ok());
    return queue.add(step("aaab", "3"));
  }();
  std::string all;
  const auto view = queue.view().value();
  const storage::Range range{Family::terms, "aaaa", "aaaz"};
  for (auto scan = view->scan(range, storage::Direction::forward); scan->valid(); scan->next()) all += scan->value();
  CHECK(all == "23");
  // A step that finds all said already is as sure as what says it.
  REQUIRE(queue.view().ok());
  CHECK(queue.add({}) == third);
  for (const auto& group : {third, first, second}) CHECK(queue.wait(group, writing).ok());
  CHECK(value_at(*table.view().value(), "aaaa") == "2");
  CHECK(value_at(*table.view().value(), "aaab") == "3");
  CHECK(told == std::vector<std::string>{"1", "2", "3"});
  REQUIRE(queue.view().ok());
  CHECK(queue.add({}) == nullptr);
}

TEST_CASE("what the table refuses is refused to all who built on it, and the next begin from what is there") {
  RefusingTable table;
  int told = 0;
  storage::WriteQueue queue(table, [&](const std::vector<Write>&) { ++told; });
  std::mutex writing;
  REQUIRE(queue.view().ok());
  const auto kept = queue.add(step("aaaa", "1"));
  REQUIRE(queue.wait(kept, writing).ok());
  table.full = true;
  REQUIRE(queue.view().ok());
  const auto refused = queue.add(step("aaaa", "2"));
  // Worked out against what is refused before it is added itself.
  CHECK(value_at(*queue.view().value(), "aaaa") == "2");
  CHECK(queue.wait(refused, writing).error().message == "no room");
  const auto late = queue.add(step("aaab", "3"));
  table.full = false;
  CHECK_FALSE(queue.wait(late, writing).ok());
  CHECK(told == 1);
  const auto view = queue.view().value();
  CHECK(value_at(*view, "aaaa") == "1");
  CHECK(value_at(*view, "aaab") == "none");
  const auto next = queue.add(step("aaab", "4"));
  CHECK(queue.wait(next, writing).ok());
  CHECK(value_at(*table.view().value(), "aaab") == "4");
}

TEST_CASE("eight who record at one time leave the events that one would, and the store agrees with itself") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const auto seed = GENERATE(range(40U, 43U));
  CAPTURE(kind, seed);
  auto readings = random_readings(seed, 160);
  // Each release once: which of two readings stands is for their order to say.
  std::set<std::string> urls;
  std::erase_if(readings, [&](const auto& reading) { return !urls.insert(reading.release.url).second; });
  OpenStore alone(kind);
  record(*alone, readings);
  OpenStore together(kind);
  std::vector<RecordedTime> told;
  const auto handle =
      together->when_recorded([&](const storage::Written& written) { told.push_back(written.through); });
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> refused = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i)
    writers.emplace_back([&] {
      for (std::size_t n = next++; n < readings.size(); n = next++)
        if (!together->record(readings[n]).ok()) ++refused;
    });
  // Another kind of step in between, which waits until nothing is on its way.
  CHECK(together->put_gazetteer({}, "none").ok());
  for (std::thread& writer : writers) writer.join();
  CHECK(refused == 0);
  CHECK(told.size() >= readings.size());
  CHECK(std::is_sorted(told.begin(), told.end()));
  const auto events = [](OpenStore& store) {
    std::set<std::string> out;
    for (const auto& entity : random_entities()) {
      graph::TimelineQuery query;
      query.left = {entity};
      const auto reader = store.now();
      for (const auto& event : events_of(*reader, query)) out.insert(event.id.str() + ' ' + outline({event}));
    }
    return out;
  };
  CHECK(events(together) == events(alone));
  const auto counts = [](OpenStore& store) {
    const auto all = store.now()->counts().value();
    return std::vector{all.releases, all.claims, all.events, all.entities};
  };
  CHECK(counts(together) == counts(alone));
  together.reopen();
  const auto report = storage::check(*together).value();
  for (const auto& one : report.shown) UNSCOPED_INFO(one.family << ' ' << one.row << ' ' << one.what);
  CHECK(report.agrees());
}

namespace {

std::vector<storage::PackedRow> drawn_rows(std::mt19937_64& random) {
  const auto any = [&](unsigned bits) { return bits == 0 ? 0 : random() >> (64U - bits); };
  std::vector<storage::PackedRow> rows(1 + any(6));
  Day day = static_cast<Day>(any(16));
  for (auto& row : rows) {
    day += static_cast<Day>(any(static_cast<unsigned>(any(4))));
    row.first = day;
    row.days_more = static_cast<std::uint32_t>(any(static_cast<unsigned>(any(5)) + 1U));
    row.event = any(static_cast<unsigned>(any(6)) + 1U);
    row.code = static_cast<std::uint32_t>(any(32));
    row.place = static_cast<std::uint32_t>(any(static_cast<unsigned>(any(5)) + 1U));
    row.source = any(static_cast<unsigned>(any(6)) + 1U);
    row.role = static_cast<std::uint8_t>(any(8));
  }
  return rows;
}

// All that a block says, whole and by column; absent where it is off.
std::optional<std::vector<storage::PackedRow>> read_block(std::string_view bytes, Day day, std::uint64_t event) {
  const storage::RowBlock block(bytes, day, event);
  if (!block.good()) return std::nullopt;
  std::vector<storage::PackedRow> rows(block.size());
  std::vector<Day> firsts(block.size());
  std::vector<std::uint32_t> more(block.size());
  std::vector<std::uint32_t> codes(block.size());
  if (!block.read(rows)) return std::nullopt;
  CHECK(block.first_days(firsts));
  CHECK(block.days_more(more));
  CHECK(block.codes(codes));
  CHECK(block.last_first_day() == rows.back().first);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].first == firsts[i]);
    CHECK(rows[i].days_more == more[i]);
    CHECK(rows[i].code == codes[i]);
  }
  return rows;
}

}  // namespace

TEST_CASE("packed rows come back as they were, of whatever size, and a block that was cut is not taken for whole") {
  std::mt19937_64 random(GENERATE(range(1U, 17U)));
  const auto rows = drawn_rows(random);
  const std::string bytes = storage::encode_rows(rows);
  const auto back = read_block(bytes, rows.front().first, rows.front().event);
  REQUIRE(back);
  CHECK(*back == rows);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(read_block(std::string_view(bytes).substr(0, size), rows.front().first, rows.front().event));
  CHECK_FALSE(read_block(bytes + '\0', rows.front().first, rows.front().event));
}

TEST_CASE("a block told row by row, as format 3 has them of any size, is read as one told column by column") {
  std::mt19937_64 random(GENERATE(range(1U, 17U)));
  const auto rows = drawn_rows(random);
  storage::ByteWriter out;
  out.varint(rows.size());
  storage::PackedRow before;
  before.first = rows.front().first;
  before.event = rows.front().event;
  for (const auto& row : rows) {
    out.varint(static_cast<std::uint64_t>(row.first - before.first) * 2 + (row.days_more > 0 ? 1 : 0));
    if (row.days_more > 0) out.varint(row.days_more);
    out.signed_varint(static_cast<std::int64_t>(row.event - before.event));
    out.varint(row.code);
    out.varint(row.place);
    out.signed_varint(static_cast<std::int64_t>(row.source - before.source));
    out.u8(row.role);
    before = row;
  }
  const auto back = read_block(out.take(), rows.front().first, rows.front().event);
  REQUIRE(back);
  CHECK(*back == rows);
}

TEST_CASE("a block with changed bytes gives rows or says that it is off") {
  std::mt19937_64 random(GENERATE(range(1U, 9U)));
  const auto rows = drawn_rows(random);
  const std::string bytes = storage::encode_rows(rows);
  for (int time = 0; time < 400; ++time) {
    std::string changed = bytes;
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) changed[random() % std::min<std::size_t>(changed.size(), 40)] = static_cast<char>(random());
    const auto back = read_block(changed, rows.front().first, rows.front().event);
    if (!back) continue;
    CHECK(std::is_sorted(back->begin(), back->end(), [](const auto& a, const auto& b) { return a.first < b.first; }));
  }
}
