// `entente serve` and `entente token` as their keeper uses them.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;
using entente::test::Server;

TEST_CASE("a server that is told to stop ends with 0, whenever it is told") {
  const Folder folder;
  for (const int signal : {SIGTERM, SIGINT, SIGTERM}) {
    Server server(folder.path("db"), "unix:" + folder.path("s"));
    if (signal == SIGINT) CHECK(run({"stats", "--server", "unix:" + folder.path("s")}).code == 0);
    CHECK(server.end(signal) == 0);
    CHECK(run({"stats", "--server", "unix:" + folder.path("s")}).code == 4);
  }
}

TEST_CASE("settings are checked without starting anything, and each mistake is named with its line") {
  const Folder folder;
  const auto check = [&](const std::string& text) { return run({"serve", "--config", folder.write("entente.toml", text), "--check-config"}); };
  const std::string good = "db = \"" + folder.path("db") + "\"\nlisten = [\"unix:" + folder.path("s") + "\"]\n";
  CHECK(check(good).code == 0);
  CHECK(check(good + "log = \"debug\"\nlog_format = \"json\"\nother_users = \"reader\"\n[users]\nroot = \"admin\"\n4711 = \"reader\"\n[limits]\ncalls_max = 10\n").code == 0);
  const auto wrong = check(good + "colour = \"blue\"\nworkers = -1\n[users]\nroot = \"king\"\n[limits]\ncalls = 10\n");
  CHECK(wrong.code == 2);
  CHECK(wrong.err.find("entente.toml:3:") < wrong.err.find("entente.toml:4:"));
  CHECK(wrong.err.find("entente.toml:6:") < wrong.err.find("entente.toml:8:"));
  for (const std::string said : {"entente.toml:3: there is no setting 'colour'", "entente.toml:4: workers", "entente.toml:6: root", "entente.toml:8: there is no bound 'calls'"}) {
    INFO(wrong.err);
    CHECK(wrong.err.find(said) != std::string::npos);
  }
  CHECK(check(good + "log = \"loud\"").err.find("'loud' is no level") != std::string::npos);
  CHECK(check(good + "http_open = \"yes\"").err.find("http_open is to be true or false") != std::string::npos);
  CHECK(check(good + "workers = 100000").code == 2);
  CHECK(check(good + "http = [\"127.0.0.1:7480\", 5]").code == 2);
  CHECK(check(good + "http = \"127.0.0.1:7480\"").out.find("HTTP at 127.0.0.1:7480") != std::string::npos);
  CHECK(check(good + "listen = \"unix:/again\"").code == 2);
  CHECK(check("listen = \"unix:/tmp/s\"").err.find("--db DIR") != std::string::npos);
  CHECK(check("db = \"x\"\nlisten = \"nowhere\"").code == 2);
  CHECK(check("db = \"x\"\nlisten = \"0.0.0.0:1\"").err.find("--tls-cert") != std::string::npos);
  CHECK(run({"serve", "--config", folder.path("none.toml"), "--check-config"}).code == 2);
  CHECK(!std::filesystem::exists(folder.path("db")));
  CHECK(run({"serve", "--config", folder.write("entente.toml", "db = \"x\""), "--listen", "unix:/tmp/s", "--check-config"}).code == 0);
}

TEST_CASE("tokens are made, listed without their secret and revoked") {
  const Folder folder;
  const std::string db = folder.path("db");
  const auto made = run({"token", "create", "--role", "importer", "--publisher", "KR-MOFA", "--name", "Kim", "--expires", "2099-01-31", "--db", db, "--json"});
  INFO(made.err);
  REQUIRE(made.code == 0);
  const auto token = nlohmann::json::parse(made.out);
  struct stat status {};
  REQUIRE(::stat((db + ".tokens").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  const auto listed = run({"token", "list", "--db", db});
  CHECK(listed.out.find(token["id"].get<std::string>()) != std::string::npos);
  CHECK(listed.out.find("importer") != std::string::npos);
  CHECK(listed.out.find(token["token"].get<std::string>().substr(20)) == std::string::npos);
  CHECK(run({"token", "revoke", token["id"], "--db", db}).code == 0);
  CHECK(run({"token", "revoke", token["id"], "--db", db}).code == 5);
  CHECK(run({"token", "list", "--db", db}).out.empty());
  CHECK(run({"token", "create", "--role", "king", "--db", db}).code == 2);
  CHECK(run({"token", "create", "--role", "reader", "--expires", "soon", "--db", db}).code == 2);
  const auto passed = run({"token", "create", "--role", "reader", "--expires", "2020-01-01", "--db", db});
  CHECK(passed.code == 2);
  CHECK(passed.err.find("has passed") != std::string::npos);
  CHECK(run({"token", "list", "--db", db}).out.empty());
  // Before there is a store, and the folder it is to lie in.
  CHECK(run({"token", "create", "--role", "reader", "--db", folder.path("later/db")}).code == 0);
}

TEST_CASE("what a store takes on the command line a server takes too") {
  const Folder folder;
  const std::string at = "unix:" + folder.path("s");
  Server server(folder.path("db"), at);
  const std::string releases = folder.path("releases");
  folder.write("releases/a.json", entente::test::meeting_record("a"));
  folder.write("releases/b.json", entente::test::meeting_record("b", "2023-06-04"));
  const auto imported = run({"import", releases, "--server", at, "--key", "first", "--json"});
  INFO(imported.err);
  REQUIRE(imported.code == 0);
  CHECK(nlohmann::json::parse(imported.out)["new"] == 2);
  CHECK(nlohmann::json::parse(run({"import", releases, "--server", at, "--key", "first", "--json"}).out)["new"] == 2);
  CHECK(nlohmann::json::parse(run({"import", releases, "--server", at, "--json"}).out)["known"] == 2);
  CHECK(run({"import", releases, "--db", folder.path("other"), "--key", "first"}).code == 2);

  const auto told = run({"watch", "--server", at, "--since", "1970-01-02", "--changes", "2", "--json"});
  INFO(told.err);
  REQUIRE(told.code == 0);
  const auto change = nlohmann::json::parse(told.out.substr(0, told.out.find('\n')));
  CHECK(change["change"] == "new");
  const std::string event = change["event"]["id"];
  const std::string claim = nlohmann::json::parse(run({"event", event, "--server", at, "--json"}).out)["claims"][0];
  CHECK(run({"retract", claim, "--by", "A. Archivist", "--server", at}).code == 0);
  CHECK(run({"retract", claim, "--by", "A. Archivist", "--server", at}).code == 2);
  CHECK(nlohmann::json::parse(run({"stats", "--server", at, "--json"}).out)["events"] == 1);
  CHECK(run({"watch", "--db", folder.path("db")}).code != 0);

  CHECK(nlohmann::json::parse(run({"check", "--server", at, "--json"}).out)["agrees"] == true);
  CHECK(run({"backup", folder.path("copies"), "--server", at}).code == 0);
  CHECK(run({"restore", folder.path("copies"), "--db", folder.path("again")}).code == 0);
  CHECK(nlohmann::json::parse(run({"stats", "--db", folder.path("again"), "--json"}).out)["events"] == 1);
  CHECK(nlohmann::json::parse(run({"admin", "sessions", "--server", at, "--json"}).out).size() == 1);
  CHECK(nlohmann::json::parse(run({"admin", "stats", "--server", at, "--json"}).out)["figures"]["store_events"] == 1);
  CHECK(run({"admin", "close", "4711", "--server", at}).code == 5);
  CHECK(run({"admin", "stats"}).code == 2);
  const auto token = nlohmann::json::parse(run({"token", "create", "--role", "reader", "--server", at, "--json"}).out);
  CHECK(run({"token", "list", "--server", at}).out.find(token["id"].get<std::string>()) != std::string::npos);
  CHECK(run({"token", "revoke", token["id"], "--server", at}).code == 0);
}
