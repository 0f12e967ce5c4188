// What import and extract print and record does not depend on the number of threads.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;

namespace {

// Many releases of uneven length, some of which cannot be read.
void write_releases(const Folder& folder) {
  constexpr int kReleases = 120;
  for (int i = 0; i < kReleases; ++i) {
    const std::string name = "releases/" + std::to_string(i % 7) + "/" + std::to_string(i);
    if (i % 11 == 3)
      folder.write(name + ".txt", "");
    else if (i % 13 == 5)
      folder.write(name + ".json", "{\"id\": ");
    else
      folder.write(name + ".txt", "Foreign Minister Baek Do-yun met with the Foreign Minister of Japan on May " +
                                      std::to_string(i % 28 + 1) + ", 2023.\n\n" +
                                      std::string(static_cast<std::size_t>(i % 17) * 900, 'a'));
  }
}

}  // namespace

TEST_CASE("an extraction is the same, byte by byte, for any number of threads") {
  const Folder folder;
  write_releases(folder);
  const auto* const form = GENERATE("--json", "--explain");
  const auto one = run({"extract", folder.path("releases"), form, "--jobs", "1"});
  CHECK(one.code == 3);
  CHECK_FALSE(one.out.empty());
  CHECK_FALSE(one.err.empty());
  for (const char* jobs : {"2", "3", "16"}) {
    const auto many = run({"extract", folder.path("releases"), form, "--jobs", jobs});
    CHECK(many.code == one.code);
    CHECK(many.out == one.out);
    CHECK(many.err == one.err);
  }
}

TEST_CASE("an import is the same for any number of threads") {
  const Folder folder;
  write_releases(folder);
  const auto one =
      run({"import", folder.path("releases"), "--db", folder.path("one"), "--publisher", "KR-MOFA", "--jobs", "1"});
  const auto many =
      run({"import", folder.path("releases"), "--db", folder.path("many"), "--publisher", "KR-MOFA", "--jobs", "16"});
  CHECK(one.code == 3);
  CHECK(many.code == one.code);
  CHECK(many.out == one.out);
  CHECK(many.err == one.err);
  const auto timeline = run({"timeline", "Japan", "--json", "--limit", "0", "--db", folder.path("one")});
  CHECK(nlohmann::json::parse(timeline.out).size() > 20);
  CHECK(run({"timeline", "Japan", "--json", "--limit", "0", "--db", folder.path("many")}).out == timeline.out);
}

TEST_CASE("more threads than files, and none to read") {
  const Folder folder;
  const std::string file = folder.write("a.json", entente::test::meeting_record("a"));
  CHECK(run({"extract", file, "--json", "--jobs", "64"}).code == 0);
  std::filesystem::create_directories(folder.path("empty"));
  CHECK(run({"extract", folder.path("empty"), "--jobs", "4"}).out.empty());
  CHECK(run({"extract", file, "--jobs", "0"}).code == 2);
  CHECK(run({"extract", file, "--jobs", "many"}).code == 2);
}
