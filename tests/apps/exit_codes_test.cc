// docs/exit-codes.md, each row of it.
#include <catch2/catch.hpp>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;

TEST_CASE("0: all of it worked, also where nothing is new or there is nothing to tell") {
  const Folder folder;
  const std::string db = folder.path("db");
  CHECK(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const auto again = run({"import", ENTENTE_SAMPLES, "--db", db});
  CHECK(again.code == 0);
  CHECK(again.out.find("nothing changed") != std::string::npos);
  CHECK(run({"timeline", "KR", "FJ", "--db", db}).code == 0);
  CHECK(run({"check", "--db", db}).code == 0);
  CHECK(run({"version"}).code == 0);
  CHECK(run({"--version"}).code == 0);
}

TEST_CASE("1: nothing worked") {
  const Folder folder;
  const std::string empty = folder.write("empty.txt", "");
  CHECK(run({"import", empty, "--db", folder.path("db")}).code == 1);
  CHECK(run({"extract", empty}).code == 1);
}

TEST_CASE("1: an answer that a full disk did not take whole") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::vector<std::vector<std::string>> commands = {
      {"version"}, {"ontology", "--json"}, {"timeline", "KR", "--db", db}, {"neighbours", "KR", "--db", db}};
  for (const auto& command : commands) {
    const auto ran = run(command, {{}, false, "/dev/full"});
    INFO(command[0] << "\n" << ran.err);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("standard output took not all of it") != std::string::npos);
  }
}

TEST_CASE("2: the words of the command are off") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::vector<std::vector<std::string>> commands = {
      {},
      {"frobnicate"},
      {"import"},
      {"timeline"},
      {"timeline", "KR", "KZ", "JP", "--db", db},
      {"timeline", "KR", "--no-such-option"},
      {"timeline", "KR", "--from", "2020-02-30", "--db", db},
      {"timeline", "KR", "--to", "soon", "--db", db},
      {"timeline", "KR", "--from", "2021-01-01", "--to", "2020-01-01", "--db", db},
      {"timeline", "KR", "--type", "party", "--db", db},
      {"timeline", "KR", "--limit", "-3", "--db", db},
      {"timeline", "KR", "--limit", "few", "--db", db},
      {"timeline", "KR", "--limit", "99999999999999999999", "--db", db},
      {"silences", "KR", "--db", db},
      {"token"},
      {"serve", "--db", db, "--listen", "127.0.0.1:70000"},
      {"backup", db, "--db", db},
      {"backup", db + "/copies", "--db", db},
      {"timeline", "KR", "--newest", "--oldest", "--db", db},
      {"timeline", "KR", "--csv", "--json", "--db", db},
      {"timeline", "KR", "--as-of", "tomorrow", "--db", db},
      {"timeline", "KR", "--server", "nonsense"},
      {"resolve", "Korea", "--limit", "-1", "--db", db},
      {"import", ENTENTE_SAMPLES, "--date", "2020-13-40", "--db", db},
      {"lexicon"}};
  for (const auto& command : commands) {
    const auto ran = run(command);
    std::string words;
    for (const auto& word : command) words += word + " ";
    INFO(words << "\n" << ran.err);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.rfind("entente", 0) == 0);
  }
  CHECK(run({"silences", "KR", "--db", db}).err.find("`entente silences --help`") != std::string::npos);
  CHECK(run({"timeline", "KR", "--limit", "-3", "--db", db}).err.find("'-3' is no whole number") != std::string::npos);
  CHECK(run({"check", "--db", db}).code == 0);
}

TEST_CASE("3: part of it worked, and each failure is told") {
  const Folder folder;
  const std::string good = folder.write("good.json", entente::test::meeting_record("good"));
  const std::string empty = folder.write("empty.txt", "");
  const auto ran = run({"import", good, empty, folder.path("none.txt"), "--db", folder.path("db")});
  CHECK(ran.code == 3);
  CHECK(ran.err.find(empty) != std::string::npos);
  CHECK(ran.err.find(folder.path("none.txt")) != std::string::npos);
  CHECK(ran.out.find("1 read") != std::string::npos);
  CHECK(ran.out.find("2 failed") != std::string::npos);
}

TEST_CASE("4: not now") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  CHECK(run({"timeline", "KR", "--server", "unix:" + folder.path("nobody")}).code == 4);
  const entente::test::Server server(db, "unix:" + folder.path("s"));
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"timeline", "KR"}, {"check"}, {"stats"}, {"import", ENTENTE_SAMPLES}}) {
    auto words = command;
    words.insert(words.end(), {"--db", db});
    const auto ran = run(words);
    INFO(command.front() << " " << ran.err);
    CHECK(ran.code == 4);
    CHECK(ran.err.find("entente serve") != std::string::npos);
  }
}

TEST_CASE("5: not found") {
  const Folder folder;
  const std::string db = folder.path("db");
  CHECK(run({"stats", "--db", db}).code == 5);
  CHECK(run({"check", "--db", db}).code == 5);
  CHECK_FALSE(std::filesystem::exists(db));
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::vector<std::vector<std::string>> commands = {
      {"event", "event:0000000000000000"},     {"event", "nonsense"},
      {"why", "event:0000000000000000"},       {"entity", "country:QQ"},
      {"entity", "official:KR/nobody-at-all"}, {"timeline", "Nowhereland"},
      {"timeline", "KR", "Nowhereland"},       {"resolve", "Qqqzzz"}};
  for (auto command : commands) {
    command.insert(command.end(), {"--db", db});
    const auto ran = run(command);
    INFO(command[0] << " " << command[1] << "\n" << ran.err);
    CHECK(ran.code == 5);
    CHECK(ran.out.empty());
    CHECK(ran.err.rfind("entente: ", 0) == 0);
  }
}

TEST_CASE("the help of each subcommand shows an example of it") {
  for (const char* name : {"import", "extract", "serve", "timeline", "entity", "event", "why", "resolve", "stats",
                           "check", "lexicon", "version", "same", "dump", "load", "reread"}) {
    const auto ran = run({name, "--help"});
    INFO(name << "\n" << ran.out);
    CHECK(ran.code == 0);
    CHECK(ran.out.find(std::string("entente ") + name) != std::string::npos);
    CHECK(ran.out.find("Example") != std::string::npos);
  }
  const auto all = run({"--help"});
  CHECK(all.code == 0);
  CHECK(all.out.find("Examples") != std::string::npos);
}
