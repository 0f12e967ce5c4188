// Languages are folders of the lexicon: the goldens in Korean and French, and how the language of a text is told.
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

#include "importers/lexicon/tables.h"
#include "tests/importers/line/support.h"

using namespace entente;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const importers::Lexicon& lexicon() {
  static const importers::Lexicon loaded = test::load_lexicon();
  return loaded;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Each golden of a language against its gold; gives how many there are.
int check_goldens(const std::string& language, bool says_its_language) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(ENTENTE_GOLDEN "/releases")) {
    const std::string id = entry.path().stem().string();
    if (id.rfind(language + "-", 0) != 0) continue;
    json record = json::parse(bytes_of(entry.path()));
    if (!says_its_language) record.erase("language");
    const auto result = importers::TextLine(lexicon()).read({"r.json", record.dump(), "", std::nullopt});
    INFO(id);
    REQUIRE(result.ok());
    CHECK(test::events_of(*result) == test::events_of(json::parse(bytes_of(fs::path(ENTENTE_GOLDEN "/gold") / (id + ".gold.json")))));
    ++count;
  }
  return count;
}

std::string language_of(const std::string& text) { return lexicon().tables_for(text).language; }

}  // namespace

TEST_CASE("signs that no one sees say nothing of a language") { CHECK(language_of("\u200B \u200B\u200D Japan met with Kazakhstan.") == "en"); }

TEST_CASE("Korean releases are read as their gold says") { CHECK(check_goldens("ko", true) >= 4); }

TEST_CASE("French releases are read as their gold says") { CHECK(check_goldens("fr", true) >= 3); }

TEST_CASE("the language of a release that says none is told by its own words") {
  CHECK(check_goldens("ko", false) >= 4);
  CHECK(check_goldens("fr", false) >= 3);
}

TEST_CASE("each language is told from the others by words of grammar, and English where none is known") {
  CHECK(language_of("The Minister met with his counterpart in Paris.") == "en");
  CHECK(language_of("Le ministre a rencontré son homologue à Paris.") == "fr");
  CHECK(language_of("장관은 서울에서 일본 외무상과 회담을 가졌다.") == "ko");
  CHECK(language_of("Tokyo, Kazakhstan 2024") == "en");
  CHECK(language_of("") == "en");
}

TEST_CASE("names of a state in every language lead to it") {
  for (const graph::Entity& entity : lexicon().entities()) {
    if (entity.id.str() != "country:JP") continue;
    std::vector<std::string> names;
    for (const auto& name : entity.names) names.push_back(name.text);
    CHECK(std::find(names.begin(), names.end(), "Japon") != names.end());
    CHECK(std::find(names.begin(), names.end(), "일본") != names.end());
  }
}
