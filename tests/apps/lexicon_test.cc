#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;
using nlohmann::json;

TEST_CASE("the tables of the repository are sound") {
  const auto ran = run({"lexicon", "check", ENTENTE_DATA_FOLDER});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.out.find("sound") != std::string::npos);
  const json form = json::parse(run({"lexicon", "check", ENTENTE_DATA_FOLDER, "--json"}).out);
  CHECK(form["sound"] == true);
  CHECK(form["entities"].get<int>() > 200);
}

TEST_CASE("a row that is off is named by file and line") {
  const Folder folder;
  std::filesystem::copy(ENTENTE_DATA_FOLDER, folder.path("data"), std::filesystem::copy_options::recursive);
  const std::string table = folder.path("data/gazetteer/cities.tsv");
  int lines = 0;
  {
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) ++lines;
  }
  std::ofstream(table, std::ios::app) << "lonely\tcells\n";
  const auto ran = run({"lexicon", "check", folder.path("data")});
  INFO(ran.err);
  CHECK(ran.code == 1);
  CHECK(ran.out.empty());
  CHECK(ran.err.find(table + ":" + std::to_string(lines + 1) + ":") != std::string::npos);
  const auto form = run({"lexicon", "check", folder.path("data"), "--json"});
  CHECK(form.code == 1);
  CHECK(json::parse(form.out)["sound"] == false);
  CHECK(run({"extract", ENTENTE_SAMPLES, "--data", folder.path("data")}).out.empty());
}

TEST_CASE("a folder without tables is not found") {
  const Folder folder;
  CHECK(run({"lexicon", "check", folder.path("none")}).code == 5);
}
