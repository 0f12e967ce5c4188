// Every kind of bad row is named by file and line, and all of them at once.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "importers/lexicon/lexicon.h"

using namespace entente;
namespace fs = std::filesystem;

namespace {

struct BadRow {
  const char* table;
  const char* header;
  const char* row;
  const char* says;  // words that the message has
};

const std::vector<BadRow>& bad_rows() {
  static const std::vector<BadRow> kRows{
      {"gazetteer/states.tsv", "id\tlabel\talpha3\tnumeric\tfrom\tto\tsuccessor", "QV\tValdoria\t\t\t\t\t", "starts with country:"},
      {"gazetteer/states.tsv", "id\tlabel\talpha3\tnumeric\tfrom\tto\tsuccessor", "country:QV\tValdoria", "cells"},
      {"gazetteer/organisations.tsv", "id\tlabel\tmembers\texpand\tseat_city", "league\tLeague\t\tno\t", "starts with org:"},
      {"gazetteer/organisations.tsv", "id\tlabel\tmembers\texpand\tseat_city", "org:league\tLeague\tcountry:QQ\tno\t", "none of the gazetteer"},
      {"gazetteer/regions.tsv", "id\tlabel\tmembers\texpand", "org:isles\tIsles\t\tyes", "starts with region:"},
      {"gazetteer/cities.tsv", "city\tcountry\tnames\trole", "Mistport\tQQ\tMistport\tcapital", "no state's code"},
      {"lexicon/en/states.tsv", "id\tnames\tabbreviations\tadjectives\tpeople\tseats", "country:QQ\tNowhere\t\t\t\t", "none of the gazetteer"},
      {"lexicon/en/states.tsv", "id\tnames\tabbreviations\tadjectives\tpeople\tseats", "country:FR\tGaul@old\t\t\t\t", "a period is written"},
      {"lexicon/en/words.tsv", "class\twords", "verbal\tmeet", "no class of words"},
      {"lexicon/en/numbers.tsv", "word\tvalue\tordinal", "many\tlots\tno", "no number"},
      {"lexicon/en/dates.tsv", "word\tmeaning", "smarch\tmonth:13", "no such month"},
      {"lexicon/en/dates.tsv", "word\tmeaning", "fortnight\tunit:fortnight", "a unit is"},
      {"lexicon/en/dates.tsv", "word\tmeaning", "soon\tsoonish:1", "no kind of date word"},
      {"lexicon/en/date_patterns.tsv", "pattern", "{year} of the {cat}", "a number is"},
      {"lexicon/en/posts.tsv", "phrase\tlevel\tkind\tcanonical\tby_country", "warden\thighest\tstate\t\t", "no level"},
      {"lexicon/en/posts.tsv", "phrase\tlevel\tkind\tcanonical\tby_country", "warden\tleader\tlord\t\t", "no kind of post"},
      {"lexicon/en/posts.tsv", "phrase\tlevel\tkind\tcanonical\tby_country", "warden\tleader\tstate\t\tFR", "GB:minister"},
      {"lexicon/en/honorifics.tsv", "word\tkind", "Ser\tknightly", "no kind of honorific"},
      {"lexicon/en/forums.tsv", "head\ttype\tdefault_mode", "moot\tvisit\t-", "a conference or a consultation"},
      {"lexicon/en/forums.tsv", "head\ttype\tdefault_mode", "moot\tconference\traven", "no mode"},
      {"lexicon/en/series.tsv", "name\tslug\ttype\tparties", "Moot\tmoot\tgathering\t", "no event type"},
      {"lexicon/en/verbs.tsv", "verb\tforms\tacts\tkind", "parley\t\t\tnoisy", "no kind of verb"},
      {"lexicon/en/verbs.tsv", "verb\tforms\tacts\tkind", "parley\t\t\tplain|sings", "no trait of a verb"},
      {"lexicon/en/verbs.tsv", "verb\tforms\tacts\tkind", "parley up\t\t\tplain", "has to stand above"},
      {"lexicon/en/nouns.tsv", "phrase\tclass\ttype\tsets\tparts", "parley\tmeeting\tparty\t\t", "no event type"},
      {"lexicon/en/nouns.tsv", "phrase\tclass\ttype\tsets\tparts", "parley\tmeeting\tmeeting\tmood=sad\t", "sets nothing"},
      {"lexicon/en/nouns.tsv", "phrase\tclass\ttype\tsets\tparts", "parley\tmeeting\tmeeting\t\tbehind", "no place of an argument"},
      {"lexicon/en/nouns.tsv", "phrase\tclass\ttype\tsets\tparts", "parley\tmeeting\tmeeting\t\twith=friend", "no part"},
      {"lexicon/en/frames.tsv", "rule\tverbs\tparticle\tobject\trequired\ttype\tsets\tparts\tconfidence", "r\tvanish\t\tnone\t\tmeeting\t\t\t0.9", "no verb of verbs.tsv"},
      {"lexicon/en/frames.tsv", "rule\tverbs\tparticle\tobject\trequired\ttype\tsets\tparts\tconfidence", "r\tmeet\t\tghost\t\tmeeting\t\t\t0.9", "no kind of object"},
      {"lexicon/en/frames.tsv", "rule\tverbs\tparticle\tobject\trequired\ttype\tsets\tparts\tconfidence", "r\tmeet\t\tnoun:ghost\t\tmeeting\t\t\t0.9", "no class of nouns.tsv"},
      {"lexicon/en/frames.tsv", "rule\tverbs\tparticle\tobject\trequired\ttype\tsets\tparts\tconfidence", "r\tmeet\t\tnone\tbehind\tmeeting\t\t\t0.9", "no place of an argument"},
      {"lexicon/en/frames.tsv", "rule\tverbs\tparticle\tobject\trequired\ttype\tsets\tparts\tconfidence", "r\tmeet\t\tnone\tnoun:ghost\tmeeting\t\t\t0.9", "no class of nouns.tsv"},
      {"lexicon/en/frames.tsv", "rule\tverbs\tparticle\tobject\trequired\ttype\tsets\tparts\tconfidence", "r\tmeet\t\tnone\t\tmeeting\t\t\t7", "a confidence is"},
      {"lexicon/en/cues.tsv", "rule\tsigns\twith\tsides\ttype\tsets\tparts\tconfidence", "r\tsignatures\t\tghosts\tagreement\t\t\t0.5", "who has to be named"},
      {"lexicon/en/cues.tsv", "rule\tsigns\twith\tsides\ttype\tsets\tparts\tconfidence", "r\tverb:vanish\t\tparties\tagreement\t\t\t0.5", "no verb of verbs.tsv"},
      {"lexicon/en/cues.tsv", "rule\tsigns\twith\tsides\ttype\tsets\tparts\tconfidence", "r\tsignatures\tnoun:ghost\tparties\tagreement\t\t\t0.5", "no class of nouns.tsv"},
      {"lexicon/en/language.tsv", "trait\tvalue", "mood\tsad", "no trait"},
      {"lexicon/en/language.tsv", "trait\tvalue", "adjectives\tinside", "before or after"},
      {"lexicon/ko/particles.tsv", "particle\tslot", "은\tbehind", "no place of an argument"},
      {"lexicon/ko/endings.tsv", "ending\ttime\tsays", "했다\tlong ago\t", "past, present, future or none"},
      {"lexicon/fr/verbs.tsv", "verb\tforms\tacts\tkind", "parler\tparlé\t\tplain", "kind=words"},
      {"lexicon/fr/cities.tsv", "city\tcountry\tnames", "Mistport\tFR\tPort-Brume", "not in gazetteer"},
      {"lexicon/en/ministries.tsv", "country\tnames\tabbreviations", "country:QQ\tOffice\t", "none of the gazetteer"},
      {"lexicon/en/publishers.tsv", "code\tcountry\tside_posts", "QQ-X\tcountry:QQ\t", "none of the gazetteer"},
      {"lexicon/en/boilerplate.tsv", "phrase\tkind", "share\tsideways", "boilerplate.tsv:3"},
  };
  return kRows;
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("entente-bad-rows-" + std::to_string(::getpid()))) { fs::remove_all(path_); }
  ~Folder() {
    std::error_code code;
    fs::remove_all(path_, code);
  }
  const fs::path& path() const { return path_; }
  // The header stands in line 2, the first row in line 3.
  void write(const std::string& table, const std::string& header, const std::string& rows) const {
    fs::create_directories((path_ / table).parent_path());
    std::ofstream(path_ / table) << "# a table of a test\n" << header << '\n' << rows << '\n';
  }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("each kind of bad row is named by file, line and what is wrong") {
  // The bad rows of one table under each other; tables of different headers apart.
  const Folder folder;
  std::vector<std::pair<const BadRow*, int>> expected;
  std::vector<std::string> done;
  for (const BadRow& bad : bad_rows()) {
    if (std::find(done.begin(), done.end(), bad.table) != done.end()) continue;
    done.emplace_back(bad.table);
    std::string rows;
    int line = 3;
    for (const BadRow& other : bad_rows()) {
      if (std::string(other.table) != bad.table) continue;
      rows += std::string(rows.empty() ? "" : "\n") + other.row;
      expected.emplace_back(&other, line++);
    }
    folder.write(bad.table, bad.header, rows);
  }
  const auto problems = importers::Lexicon::problems(ENTENTE_DATA_FOLDER, {folder.path()});
  for (const auto& [bad, line] : expected) {
    const std::string place = (folder.path() / bad->table).string() + ":" + std::to_string(line) + ":";
    const bool named = std::any_of(problems.begin(), problems.end(), [&, place_ = place, says = std::string(bad->says)](const Error& problem) {
      const bool here = problem.message.find(place_) != std::string::npos;
      return here && (problem.message.find(says) != std::string::npos);
    });
    INFO(place << " " << bad->row << " should say: " << bad->says);
    CHECK(named);
  }
  const auto first = importers::Lexicon::load(ENTENTE_DATA_FOLDER, {folder.path()});
  REQUIRE_FALSE(first.ok());
  CHECK(first.error().message.find(".tsv:") != std::string::npos);
}

TEST_CASE("a table that is none is named by its file") {
  const Folder folder;
  folder.write("lexicon/en/verbs.tsv", "verb\tkind", "parley\tplain");
  const auto missing = importers::Lexicon::problems(ENTENTE_DATA_FOLDER, {folder.path()});
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].message.find("no column 'forms'") != std::string::npos);
  folder.write("lexicon/en/verbs.tsv", "verb\tforms\tacts\tkind", "parl\xff\t\t\tplain");
  const auto broken = importers::Lexicon::problems(ENTENTE_DATA_FOLDER, {folder.path()});
  REQUIRE(broken.size() == 1);
  CHECK(broken[0].message.find("UTF-8") != std::string::npos);
  CHECK(importers::Lexicon::problems(ENTENTE_DATA_FOLDER, {folder.path() / "none"}).size() == 1);
}

TEST_CASE("the repository's tables have no bad row") { CHECK(importers::Lexicon::problems(ENTENTE_DATA_FOLDER).empty()); }
