#include "tests/importers/clean/support.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace entente::importers::test {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  INFO("reading " << file);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::filesystem::path source_folder() { return ENTENTE_SOURCE_DIR; }

std::optional<std::filesystem::path> shared_folder() {
  const char* const named = std::getenv("ENTENTE_SHARED");
  const std::filesystem::path folder = named != nullptr ? std::filesystem::path(named) : source_folder() / "../shared";
  if (std::filesystem::is_directory(folder / "real" / "pages")) return folder;
  WARN("no real pages in " << folder.string() << "; set ENTENTE_SHARED to the folder that holds real/pages. SKIPPED");
  return std::nullopt;
}

const Boilerplate& boilerplate() {
  static const Boilerplate loaded = [] {
    Boilerplate tables;
    for (const char* const language : {"any", "en"}) {
      const auto result = load_boilerplate(source_folder() / "data/lexicon" / language / "boilerplate.tsv", tables);
      if (!result) FAIL(result.error().to_text());
    }
    return tables;
  }();
  return loaded;
}

Result<CleanText> clean_bytes(const std::string& name, const std::string& bytes) {
  auto document = read_document({name, bytes, "", std::nullopt});
  if (!document) return document.error();
  Notes notes;
  return clean(*std::move(document), boilerplate(), notes);
}

Result<CleanText> clean_file(const std::filesystem::path& file) {
  return clean_bytes(file.filename().string(), bytes_of(file));
}

std::string text_of(const CleanText& clean, const Block& block) {
  return clean.text.substr(block.span.begin, block.span.end - block.span.begin);
}

std::string body_of(const CleanText& clean) {
  return clean.blocks.size() < 2 ? std::string() : clean.text.substr(clean.blocks[1].span.begin);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) out.push_back(part);
  return out;
}

}  // namespace entente::importers::test
