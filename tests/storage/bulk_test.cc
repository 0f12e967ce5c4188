// Many readings put into the store as whole files: what is there afterwards is what recording them one by one leaves.
#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <fstream>

#include "importers/lexicon/lexicon.h"
#include "importers/mapping/mapped_rows.h"
#include "storage/care/check.h"
#include "storage/record/bulk_recording.h"
#include "tests/storage/twins.h"

using namespace entente;
using namespace entente::test;

namespace {

// So that there are some stretches.
constexpr std::size_t kShort = 60'000;

void agrees(storage::Store& store) {
  const auto report = storage::check(store);
  INFO((report.ok() ? std::string() : report.error().to_text()));
  REQUIRE(report.ok());
  INFO((report->shown.empty() ? std::string() : report->shown[0].family + " " + report->shown[0].row + " " + report->shown[0].what));
  CHECK(report->agrees());
}

std::string answers(graph::Reader& reader) { return all_answers(reader, random_entities()); }

}  // namespace

TEST_CASE("what is recorded in bulk answers as what is recorded one by one, whatever the length of a stretch") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  const auto stretch = GENERATE(std::size_t{1}, kShort, storage::BulkRecording::kGatheredBytesMax);
  OpenStore one_by_one(kind);
  OpenStore bulk(kind);
  // Some are there before, in the log and memory, and some come after.
  for (OpenStore* store : {&one_by_one, &bulk}) record(**store, random_readings(1, 20));
  const auto readings = random_readings(2, 60);
  const auto reports = record(*one_by_one, readings);
  {
    const auto recording = storage::record_in_bulk(*bulk, stretch);
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const auto report = recording->record(readings[i]);
      INFO((report.ok() ? std::string() : report.error().to_text()));
      REQUIRE(report.ok());
      CHECK(report->outcome == reports[i].outcome);
      CHECK(report->claims == reports[i].claims);
      CHECK(report->events_new == reports[i].events_new);
    }
    REQUIRE(recording->commit().ok());
    REQUIRE(recording->commit().ok());
  }
  CHECK(answers(*bulk.now()) == answers(*one_by_one.now()));
  agrees(*bulk);
  for (OpenStore* store : {&one_by_one, &bulk}) store->reopen();
  for (OpenStore* store : {&one_by_one, &bulk}) record(**store, random_readings(3, 20));
  CHECK(answers(*bulk.now()) == answers(*one_by_one.now()));
  agrees(*bulk);
}

TEST_CASE("a reading that cannot be recorded leaves the others of its bulk, and letting go leaves what was committed") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  OpenStore other(Kind::memory);
  const auto readings = random_readings(4, 30);
  const auto first = std::vector<graph::Reading>(readings.begin(), readings.begin() + 15);
  record(*other, first);
  {
    const auto recording = storage::record_in_bulk(*store, kShort);
    for (const auto& reading : first) REQUIRE(recording->record(reading).ok());
    auto bad = readings[20];
    bad.release.id = graph::ReleaseId("release:none");
    const auto refused = recording->record(bad);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::invalid_argument);
    REQUIRE(recording->commit().ok());
    for (std::size_t i = 15; i < 18; ++i) REQUIRE(recording->record(readings[i]).ok());
  }
  agrees(*store);
  const auto counts = store.now()->counts();
  REQUIRE(counts.ok());
  CHECK(counts->releases == other.now()->counts()->releases);
  CHECK(counts->events == other.now()->counts()->events);
  // Another may record again.
  record(*store, {readings[20]});
}

TEST_CASE("who reads while stretches are put into the store goes on seeing what was there, and who watches is told of them") {
  const auto kind = GENERATE(Kind::memory, Kind::rocks);
  OpenStore store(kind);
  record(*store, random_readings(5, 15));
  RecordedTime through;
  int told = 0;
  const auto watching = store->when_recorded([&](const storage::Written& written) {
    CHECK(written.through > through);
    CHECK_FALSE(written.events.empty());
    through = written.through;
    ++told;
  });
  const auto before = store.now();
  const std::string then = answers(*before);
  const auto recording = storage::record_in_bulk(*store, kShort);
  for (const auto& reading : random_readings(6, 40)) {
    REQUIRE(recording->record(reading).ok());
    CHECK(answers(*before) == then);
  }
  REQUIRE(recording->commit().ok());
  CHECK(told > 2);
  CHECK(through == store.now()->recorded().value());
  CHECK(answers(*before) == then);
  CHECK(answers(*store.now()) != then);
}

TEST_CASE("rows of a table with prose, recorded in bulk, answer as when each is recorded for itself") {
  const TempFolder folder;
  std::filesystem::create_directories(folder.path());
  const auto mapping_file = folder / "book.yaml";
  std::ofstream(mapping_file) << "format: csv\n"
                                 "id: '{no}'\n"
                                 "publisher: KZ-MFA\n"
                                 "published: '{day}'\n"
                                 "sentence: '{guest} of {land} paid a visit to Kazakhstan on {day}.'\n"
                                 "prose: '{notes}'\n"
                                 "type: visit\n"
                                 "from: '{day}'\n"
                                 "parties:\n"
                                 "  - {name: '{land}', role: guest, officials: true}\n"
                                 "  - {name: 'country:KZ', role: host}\n";
  const auto lexicon = importers::Lexicon::load(ENTENTE_DATA);
  REQUIRE(lexicon.ok());
  const importers::TextLine line(*lexicon);
  const auto mapping = importers::load_mapping(mapping_file);
  INFO((mapping.ok() ? std::string() : mapping.error().to_text()));
  REQUIRE(mapping.ok());
  const importers::MappedRows rows(*mapping, *lexicon, line);
  const std::array guests{std::pair{"President Sauli Kallio", "Finland"}, std::pair{"Foreign Minister Ole Dahl", "Norway"},
                          std::pair{"Prime Minister Tomas Berzins", "Latvia"}};
  const std::array notes{"Signed an agreement on trade on that day.", "Met with the Foreign Minister of Kazakhstan.", ""};
  std::vector<graph::Reading> readings;
  std::size_t told_by_prose = 0;
  for (int i = 0; i < 60; ++i) {
    importers::TableRow row;
    const auto& [guest, land] = guests[static_cast<std::size_t>(i) % guests.size()];
    // Some rows tell of one visit, some come again.
    row.cells = {{"no", std::to_string(i % 50)}, {"guest", guest}, {"land", land}, {"day", fmt::format("2013-{:02}-16", 1 + i % 4)},
                 {"notes", notes[static_cast<std::size_t>(i / 3) % notes.size()]}};
    const auto reading = rows.read(row);
    INFO((reading.ok() ? std::string() : reading.error().to_text()));
    REQUIRE(reading.ok());
    REQUIRE(reading->has_value());
    for (const graph::Claim& claim : (*reading)->claims)
      if (std::holds_alternative<graph::EventFacts>(claim.body) && !claim.rule.starts_with("table.")) ++told_by_prose;
    readings.push_back(**reading);
  }
  CHECK(told_by_prose > 10);
  OpenStore one_by_one(Kind::rocks);
  OpenStore bulk(Kind::rocks);
  for (OpenStore* store : {&one_by_one, &bulk}) REQUIRE((*store)->put_gazetteer(lexicon->entities(), lexicon->version()).ok());
  record(*one_by_one, readings);
  {
    const auto recording = storage::record_in_bulk(*bulk, kShort);
    for (const auto& reading : readings) REQUIRE(recording->record(reading).ok());
    REQUIRE(recording->commit().ok());
  }
  std::vector<graph::EntityId> asked;
  for (const char* id : {"country:KZ", "country:FI", "country:NO", "country:LV", "official:FI/sauli-kallio", "official:NO/ole-dahl"}) asked.emplace_back(id);
  const auto left = all_answers(*bulk.now(), asked);
  CHECK(left == all_answers(*one_by_one.now(), asked));
  CHECK(left.find("agreement") != std::string::npos);
  agrees(*bulk);
}
