// Bad input: a sentence that says what, where and what to do; the store as it was; the other files imported.
#include <unistd.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

#include "tests/apps/program.h"

using entente::test::bytes_of;
using entente::test::Folder;
using entente::test::run;

namespace fs = std::filesystem;

namespace {

// What a store answers, as far as an import could have changed it.
std::string told(const std::string& db) {
  return run({"stats", "--json", "--db", db}).out + run({"timeline", "KR", "--limit", "0", "--json", "--db", db}).out;
}

// A page that leads to releases and is none.
std::string index_page() {
  std::string page = "<html><head><title>Press releases</title></head><body><h1>Press releases</h1><ul>";
  for (int i = 1; i < 30; ++i)
    page += "<li><a href=\"/" + std::to_string(i) +
            "\">The Foreign Minister met with the Foreign Minister of Japan</a> <span>" + std::to_string(i) +
            " May 2023</span></li>";
  return page + "</ul></body></html>";
}

struct Bad {
  std::string file;
  std::string said;  // a part of the sentence
};

std::vector<Bad> bad_files(const Folder& folder) {
  std::vector<Bad> bad = {
      {folder.write("empty.txt", ""), "empty"},
      {folder.write("blank.txt", " \n\t \n"), ""},
      {folder.write("empty.html", "<html><body></body></html>"), ""},
      {folder.write("index.html", index_page()), "no release"},
      {folder.write("broken.json", "{\"id\": \"x\", \"text\": "), ""},
      {folder.write("no-text.json", "{\"id\": \"x\"}"), "text"},
      {folder.write("date.json", R"({"id": "x", "published": "2020-13-40", "text": "Japan met with Korea."})"),
       "2020-13-40"},
      {folder.write("program.txt", std::string("\x7f"
                                               "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
                                               20) +
                                       std::string(400, '\0')),
       ""},
      {folder.path("none.txt"), "No such file"}};
  bad.push_back({folder.write("huge.txt", ""), "200 MiB"});
  fs::resize_file(bad.back().file, 200U << 20U);
  return bad;
}

}  // namespace

TEST_CASE("files that are no releases are named, and the others are imported") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::string before = told(db);
  const auto bad = bad_files(folder);
  std::vector<std::string> command = {"import", "--db", db};
  for (const Bad& one : bad) command.push_back(one.file);

  const auto none = run(command);
  INFO(none.out << none.err);
  CHECK(none.code == 1);
  for (const Bad& one : bad) {
    const auto at = none.err.find(one.file);
    INFO(one.file);
    REQUIRE(at != std::string::npos);
    const std::string sentence = none.err.substr(at, none.err.find('\n', at) - at);
    CHECK(sentence.find(one.said) != std::string::npos);
  }
  CHECK(told(db) == before);

  command.insert(command.begin() + 5, folder.write("good.json", entente::test::meeting_record("good")));
  const auto some = run(command);
  CHECK(some.code == 3);
  CHECK(some.out.find("1 new") != std::string::npos);
  CHECK(some.out.find(std::to_string(bad.size()) + " failed") != std::string::npos);
  CHECK(told(db) != before);
  CHECK(run({"check", "--db", db}).code == 0);
}

TEST_CASE("bytes that are no UTF-8 are read as what they can be") {
  const Folder folder;
  const std::string file = folder.write(
      "bytes.txt",
      "Foreign Minister Baek Do-yun met with the Foreign Minister of Japan \xff\xfe\xc3\x28 on May 4, 2023.");
  const auto ran = run({"import", file, "--publisher", "KR-MOFA", "--db", folder.path("db")});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(nlohmann::json::parse(run({"timeline", "Japan", "--json", "--db", folder.path("db")}).out).size() == 1);
}

TEST_CASE("options that are off leave no store behind") {
  const Folder folder;
  const std::string db = folder.path("db");
  CHECK(run({"import", ENTENTE_SAMPLES, "--date", "2020-02-30", "--db", db}).code == 2);
  CHECK(run({"import", ENTENTE_SAMPLES, "--data", folder.path("none"), "--db", db}).code == 5);
  CHECK_FALSE(fs::exists(db));
}

TEST_CASE("a store of another format is refused, and not a byte of it changes") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  folder.write("db/FORMAT", "entente store\nformat 99\n");
  const auto before = bytes_of(db);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"import", ENTENTE_SAMPLES},
                                                  {"stats"},
                                                  {"timeline", "KR"},
                                                  {"check"},
                                                  {"serve", "--listen", "unix:" + folder.path("s")}}) {
    auto words = command;
    words.insert(words.end(), {"--db", db});
    const auto ran = run(words);
    INFO(command.front() << " " << ran.err);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("99") != std::string::npos);
    CHECK(bytes_of(db) == before);
  }
}

TEST_CASE("a folder of something else is not made a store of") {
  const Folder folder;
  folder.write("papers/thesis.txt", "not to be lost");
  const auto before = bytes_of(folder.path("papers"));
  const auto ran = run({"import", ENTENTE_SAMPLES, "--db", folder.path("papers")});
  INFO(ran.err);
  CHECK(ran.code != 0);
  CHECK(ran.err.find("papers") != std::string::npos);
  CHECK(bytes_of(folder.path("papers")) == before);
}

TEST_CASE("a socket in use is told, and whoever listens there goes on") {
  const Folder folder;
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", folder.path("one")}).code == 0);
  const std::string address = "unix:" + folder.path("s");
  const entente::test::Server server(folder.path("one"), address);
  const auto ran = run({"serve", "--db", folder.path("two"), "--listen", address, "--log", "off"});
  INFO(ran.err);
  CHECK(ran.code == 4);
  CHECK(ran.err.find(folder.path("s")) != std::string::npos);
  CHECK(run({"stats", "--server", address}).code == 0);
}

TEST_CASE("folders without rights") {
  if (!entente::test::can_run_as_nobody()) {
    WARN("NOT TESTED: folders without rights need root, and a build that others can reach");
    return;
  }
  const Folder folder;
  const auto nobody = entente::test::As{{}, true};
  const std::string good = folder.write("in/good.json", entente::test::meeting_record("good"));
  folder.write("in/closed/secret.json", entente::test::meeting_record("secret"));
  folder.write("in/z-last.json", entente::test::meeting_record("last", "2023-05-06"));
  const std::string locked = folder.write("in/locked.json", entente::test::meeting_record("locked"));
  fs::permissions(folder.path("in/closed"), fs::perms::none);
  fs::permissions(locked, fs::perms::none);
  fs::create_directories(folder.path("out"));
  fs::permissions(folder.path("out"), fs::perms::all);

  SECTION("to read: each is named, and the others are imported") {
    const auto ran = run({"import", folder.path("in"), "--db", folder.path("out/db")}, nobody);
    INFO(ran.out << ran.err);
    CHECK(ran.code == 3);
    CHECK(ran.out.find("2 new") != std::string::npos);
    CHECK(ran.out.find("2 failed") != std::string::npos);
    CHECK(ran.err.find(folder.path("in/closed")) != std::string::npos);
    CHECK(ran.err.find(locked) != std::string::npos);
  }
  SECTION("to write: the store is not made, or stays as it is") {
    const auto made = run({"import", good, "--db", folder.path("db")}, nobody);
    INFO(made.err);
    CHECK(made.code == 1);
    CHECK(made.err.find(folder.path("db")) != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path("db")));

    REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", folder.path("db")}).code == 0);
    const auto before = bytes_of(folder.path("db"));
    const auto ran = run({"import", good, "--db", folder.path("db")}, nobody);
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(ran.err.find(folder.path("db")) != std::string::npos);
    CHECK(bytes_of(folder.path("db")) == before);
  }
}
