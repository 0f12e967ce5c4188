// Tables that a user wrote: loaded, or refused with file and line. The first byte chooses which table it is.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include "importers/lexicon/lexicon.h"
#include "importers/line.h"
#include "tests/fuzz/require.h"

using namespace entente;
namespace fs = std::filesystem;

namespace {

constexpr std::array kTables{
    "gazetteer/states.tsv",          "gazetteer/organisations.tsv", "gazetteer/regions.tsv",     "gazetteer/cities.tsv",
    "lexicon/en/states.tsv",         "lexicon/en/words.tsv",        "lexicon/en/numbers.tsv",    "lexicon/en/dates.tsv",
    "lexicon/en/posts.tsv",          "lexicon/en/portfolios.tsv",   "lexicon/en/honorifics.tsv", "lexicon/en/forums.tsv",
    "lexicon/en/series.tsv",         "lexicon/en/verbs.tsv",        "lexicon/en/nouns.tsv",      "lexicon/en/frames.tsv",
    "lexicon/en/organisations.tsv",  "lexicon/en/regions.tsv",      "lexicon/en/ministries.tsv", "lexicon/en/publishers.tsv",
};

// Two folders of our own for one process, taken away at its end: a small whole lexicon, and what is added to it.
class Folders {
 public:
  Folders() {
    const fs::path data = ENTENTE_SOURCE "/data";
    for (const auto& entry : fs::recursive_directory_iterator(data)) {
      if (entry.path().extension() != ".tsv") continue;
      const fs::path to = base() / fs::relative(entry.path(), data);
      fs::create_directories(to.parent_path());
      std::ifstream in(entry.path());
      std::ofstream out(to);
      // Tables of grammar whole, tables of names without their rows: loading has to be quick.
      const std::string name = entry.path().stem().string();
      const bool whole = name == "words" || name == "numbers" || name == "dates" || name == "verbs" || name == "nouns" || name == "frames" || name == "language" || name == "roles";
      for (std::string line; std::getline(in, line);) {
        out << line << '\n';
        if (!whole && !line.empty() && line.front() != '#') break;
      }
    }
  }
  ~Folders() {
    std::error_code code;
    fs::remove_all(root_, code);
  }
  fs::path base() const { return root_ / "data"; }
  fs::path added() const { return root_ / "added"; }

 private:
  fs::path root_ = fs::temp_directory_path() / ("entente-lexicon-fuzz-" + std::to_string(::getpid()));
};

const Folders& folders() {
  static const Folders one;
  return one;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const fs::path file = folders().added() / kTables[data[0] % kTables.size()];
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(data) + 1, static_cast<std::streamsize>(size - 1));
  const auto lexicon = importers::Lexicon::load(folders().base(), {folders().added()});
  std::error_code code;
  fs::remove(file, code);
  if (!lexicon) {
    require(lexicon.error().message.find(".tsv") != std::string::npos);
    return 0;
  }
  const auto result = importers::TextLine(*lexicon).read({"a.txt", "Foreign Minister Mira Aalto of Norland met with the Prime Minister on May 3, 2024.", "", std::nullopt});
  require(result.ok());
  return 0;
}
