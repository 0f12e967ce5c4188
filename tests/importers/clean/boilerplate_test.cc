#include "importers/clean/boilerplate.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/importers/clean/support.h"

using namespace entente::importers;

namespace {

class TemporaryTable {
 public:
  explicit TemporaryTable(const std::string& bytes)
      : path_(std::filesystem::temp_directory_path() / ("entente-boilerplate-" + std::to_string(next_++) + ".tsv")) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryTable() { std::filesystem::remove(path_); }
  TemporaryTable(const TemporaryTable&) = delete;
  TemporaryTable& operator=(const TemporaryTable&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  static inline int next_ = 0;
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("lines are compared folded and without the marks around them") {
  Boilerplate table;
  const TemporaryTable file(
      "# a comment\nkind\tphrase\nline\tUnofficial Translation|Partagér\nstart\tFor "
      "inquiries\nlabel\tTags\nend\tRelated news\nchange\tLast updated\n");
  REQUIRE(load_boilerplate(file.path(), table));
  for (const char* const line : {"# unofficial  translation #", "(Unofficial translation)", "PARTAGER",
                                 "For inquiries: Office", "Tags: a, b", "Tags | a", "Related news:"})
    CHECK(is_boilerplate(line, table));
  for (const char* const line : {"An unofficial translation was made.", "For inquiriesome", "Tags were handed out.",
                                 "Related news agencies met"})
    CHECK_FALSE(is_boilerplate(line, table));
  CHECK(ends_release("RELATED NEWS", table));
  CHECK_FALSE(ends_release("Tags", table));
  CHECK(tells_of_change("Last updated on 3 May 2015", table));
  CHECK_FALSE(tells_of_change("Published on 3 May 2015", table));
}

TEST_CASE("a long line is never boilerplate") {
  CHECK_FALSE(is_boilerplate("For inquiries " + std::string(kBoilerplateBytesMax, 'x'), test::boilerplate()));
}

TEST_CASE("a mistake in the table is named with its place") {
  struct Case {
    const char* bytes;
    const char* says;
  };
  const auto one = GENERATE(values<Case>({
      {"phrase\tkind\nShare\tlines\n", ":2: 'lines' is no kind"},
      {"# c\nphrase\tsort\n", ":2: the header must name"},
      {"phrase\tkind\nShare\n", ":2: the row has too few cells"},
      {"phrase\tkind\na||b\tline\n", ":2: a phrase is empty"},
      {"phrase\tkind\n\xFF\tline\n", ":2: the line is no UTF-8"},
      {"# nothing\n", "the table has no header"},
  }));
  Boilerplate table;
  const TemporaryTable file(one.bytes);
  const auto loaded = load_boilerplate(file.path(), table);
  REQUIRE_FALSE(loaded);
  CHECK_THAT(loaded.error().message, Catch::Contains(one.says));
  CHECK_THAT(loaded.error().message, Catch::StartsWith(file.path().string()));
}

TEST_CASE("a table that is not there is not found") {
  Boilerplate table;
  CHECK(load_boilerplate("no/such/table.tsv", table).error().code == entente::ErrorCode::not_found);
}
