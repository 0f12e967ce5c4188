// Whom a person means by the words that are typed.
#include <catch2/catch.hpp>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;

namespace {

std::string record(const std::string& id, const std::string& publisher, const std::string& text) {
  return R"({"id": ")" + id + R"(", "publisher": ")" + publisher +
         R"(", "published": "2023-05-04", "title": "Talks", "url": "https://tests.invalid/)" + id + R"(", "text": ")" +
         text + R"("})";
}

}  // namespace

TEST_CASE("ids, codes, names, abbreviations, misspellings and regions are understood") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const auto whole = run({"timeline", "country:KR", "country:KZ", "--json", "--db", db});
  REQUIRE(whole.out.size() > 100);
  const auto [left, right] = GENERATE(table<std::string, std::string>({{"KR", "KZ"},
                                                                       {"kr", "kz"},
                                                                       {"ROK", "Kazakhstan"},
                                                                       {"South Korea", "Kazakstan"},
                                                                       {"Republic of Korea", "KAZAKHSTAN"}}));
  INFO(left << ", " << right);
  const auto ran = run({"timeline", left, right, "--json", "--db", db});
  INFO(ran.err);
  CHECK(ran.out == whole.out);
  CHECK(run({"timeline", "KR", "Central Asia", "--json", "--db", db}).out == whole.out);
}

TEST_CASE("a name that means several is asked again, with the candidates") {
  const Folder folder;
  const std::string db = folder.path("db");
  const std::string a = folder.write(
      "a.json",
      record("a", "KR-MOFA",
             "Foreign Minister Baek Do-yun met with Foreign Minister Ana Marin of Romania in Seoul on May 4, 2023."));
  const std::string b = folder.write(
      "b.json",
      record("b", "KR-MOFA",
             "Foreign Minister Baek Do-yun met with Foreign Minister Ana Marin of Moldova in Seoul on May 5, 2023."));
  REQUIRE(run({"import", a, b, "--db", db}).code == 0);
  for (const char* command : {"timeline", "entity"}) {
    const auto ran = run({command, "Ana Marin", "--db", db});
    INFO(command << "\n" << ran.out << ran.err);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find("official:RO/ana-marin") != std::string::npos);
    CHECK(ran.err.find("official:MD/ana-marin") != std::string::npos);
  }
  CHECK(run({"entity", "official:MD/ana-marin", "--db", db}).code == 0);
  CHECK(run({"resolve", "Ana Marin", "--db", db}).code == 0);
}
