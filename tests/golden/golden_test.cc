// Every golden is read as the product reads it. None may be read worse than floors.tsv records, nor all of them together.
// After the reading has become better: build/release/tests/golden/golden_test "[record]" writes floors.tsv anew.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "importers/lexicon/lexicon.h"
#include "importers/line.h"
#include "tests/golden/facts.h"

namespace entente::golden {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = ENTENTE_GOLDEN;
const fs::path kFloors = kFolder / "floors.tsv";
constexpr const char* kTotal = "(all)";
constexpr int kStep = 5;  // percent: what a single release may gain and lose without a new record

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Score score_of(const importers::TextLine& line, const fs::path& release) {
  const fs::path gold_path = kFolder / "gold" / (release.stem().string() + ".gold.json");
  const auto gold = nlohmann::json::parse(bytes_of(gold_path));
  const auto result = line.read({release.filename().string(), bytes_of(release), {}, {}});
  INFO(release.filename().string());
  REQUIRE(result);
  std::vector<Facts> expected;
  for (const auto& event : gold.at("events")) expected.push_back(facts_of(event));
  std::vector<Facts> read;
  for (const graph::Claim& claim : result->reading.claims)
    if (const auto* event = std::get_if<graph::EventFacts>(&claim.body)) read.push_back(facts_of(*event));
  return compare(expected, read);
}

// Of every release by its name, and of all together.
std::map<std::string, Score> score_all() {
  const auto lexicon = importers::Lexicon::load(ENTENTE_DATA_FOLDER);
  REQUIRE(lexicon);
  const importers::TextLine line(*lexicon);
  std::map<std::string, Score> scores;
  for (const auto& entry : fs::directory_iterator(kFolder / "releases")) {
    const Score score = score_of(line, entry.path());
    scores[entry.path().stem().string()] = score;
    scores[kTotal] += score;
  }
  return scores;
}

int percent(const Score& score) { return static_cast<int>(score.f1() * 100); }

std::map<std::string, int> recorded() {
  std::map<std::string, int> floors;
  std::ifstream in(kFloors);
  for (std::string text; std::getline(in, text);) {
    const auto tab = text.find('\t');
    if (text.starts_with('#') || tab == std::string::npos) continue;
    floors[text.substr(0, tab)] = std::stoi(text.substr(tab + 1));
  }
  return floors;
}

TEST_CASE("no golden is read worse than recorded", "[golden]") {
  const auto floors = recorded();
  REQUIRE(floors.size() > 100);
  const auto scores = score_all();
  for (const auto& [name, floor] : floors) {
    INFO(name << ": recorded " << floor << " percent");
    const auto score = scores.find(name);
    REQUIRE(score != scores.end());
    INFO("right " << score->second.right << ", expected " << score->second.gold << ", read " << score->second.read);
    CHECK(percent(score->second) >= floor);
  }
}

// A page says whose it is and of which day in the manner of its site, and has all of the site around the release.
TEST_CASE("a page of a release is read as well as the release by itself", "[golden]") {
  const auto lexicon = importers::Lexicon::load(ENTENTE_DATA_FOLDER);
  REQUIRE(lexicon);
  const importers::TextLine line(*lexicon);
  Score pages;
  Score records;
  std::size_t count = 0;
  std::size_t dated = 0;
  for (const auto& entry : fs::directory_iterator(kFolder / "pages")) {
    const fs::path record = kFolder / "releases" / (entry.path().stem().string() + ".json");
    const auto published = nlohmann::json::parse(bytes_of(record)).at("published").get<std::string>();
    const auto result = line.read({entry.path().filename().string(), bytes_of(entry.path()), {}, {}});
    INFO(entry.path().filename().string());
    REQUIRE(result);
    const auto& day = result->reading.release.published;
    ++count;
    dated += day && to_iso(*day) == published ? 1U : 0U;
    pages += score_of(line, entry.path());
    records += score_of(line, record);
  }
  REQUIRE(count > 30);
  INFO("pages " << pages.f1() << ", by themselves " << records.f1() << "; of the right day " << dated << " of " << count);
  CHECK(pages.f1() >= records.f1() - 0.02);
  CHECK(dated * 20 >= count * 19);
}

TEST_CASE("every golden has a record", "[golden]") {
  const auto floors = recorded();
  for (const auto& entry : fs::directory_iterator(kFolder / "releases")) {
    INFO(entry.path().stem().string() << ": record it with golden_test \"[record]\"");
    CHECK(floors.contains(entry.path().stem().string()));
  }
}

TEST_CASE("record how well the goldens are read", "[.][record]") {
  std::ofstream out(kFloors);
  out << "# How well each golden is read at least: F1 of its facts in percent, rounded down to a multiple of " << kStep << "; of all, to one.\n"
      << "# Written by golden_test \"[record]\".\n";
  for (const auto& [name, score] : score_all()) out << name << '\t' << (name == kTotal ? percent(score) : percent(score) / kStep * kStep) << '\n';
  REQUIRE(out.good());
}

}  // namespace
}  // namespace entente::golden
