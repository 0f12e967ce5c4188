// Killed at any moment, the next run goes on: in the end every release is there, once, and the store agrees with
// itself. ENTENTE_KILLS=100 kills so often; ENTENTE_SEED gives back a run.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/apps/program.h"
#include "tests/pull/desk.h"
#include "tests/pull/misbehaving.h"
#include "tests/pull/nginx.h"

using namespace entente;
using namespace entente::test;

namespace {

int number_from(const char* name, int otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

}  // namespace

TEST_CASE("a pull that is killed again and again loses nothing and records nothing twice") {
  const int kills = number_from("ENTENTE_KILLS", 6);
  const auto seed = static_cast<unsigned>(number_from("ENTENTE_SEED", 1));
  CAPTURE(kills, seed);
  std::mt19937 random(seed);
  const Folder folder;
  const std::string db = folder.path("db");
  const std::string yaml = folder.path("sources.yaml");
  // The server itself says when to kill: at the answer to a request drawn by chance, so at any place of a run.
  Misbehaving server;
  std::atomic<pid_t> victim = 0;
  std::atomic<int> left = 0;
  const int pages = 3 * kills + 10;
  const auto answer = [&](const std::string& path, const std::string& whole) {
    server.on(path, [&, whole](const Asked&, Peer& peer) {
      const bool now = victim > 0 && --left == 0;
      // Half of the time before the answer, half of the time behind it: then it dies with the page in its hands.
      if (now && whole.size() % 2 == 0) ::kill(victim, SIGKILL);
      peer.send(whole);
      if (now) ::kill(victim, SIGKILL);
    });
  };
  for (int n = 1; n <= pages; ++n)
    answer(
        "/n/" + std::to_string(n) + ".html",
        whole_answer("200 OK", "Content-Type: text/html\r\nETag: \"" + std::to_string(n) + "\"\r\n", release_page(n)));
  answer("/feed", whole_answer("200 OK", "Content-Type: application/rss+xml\r\nETag: \"f\"\r\n",
                               rss_of(server.url("/n"), pages)));
  folder.write("sources.yaml", "contact: desk@tests.invalid\n" + std::string(kQuick) +
                                   "sources:\n  - {id: a, kind: feed, url: '" + server.url("/feed") +
                                   "', publisher: KR-MOFA, recheck: never}\n");
  int killed = 0;
  for (int i = 0; i < kills; ++i) {
    left = std::uniform_int_distribution<int>(1, 6)(random);
    const pid_t child = ::fork();
    if (child == 0) {
      ::execl(ENTENTE_PROGRAM, "entente", "pull", "--sources", yaml.c_str(), "--db", db.c_str(),
              static_cast<char*>(nullptr));
      ::_exit(127);
    }
    victim = child;
    int status = 0;
    ::waitpid(child, &status, 0);
    victim = 0;
    if (WIFSIGNALED(status)) ++killed;
  }
  CHECK(killed > 0);
  const Ran last = run({"pull", "--sources", yaml, "--db", db});
  INFO(last.err);
  CHECK(last.code == 0);
  const auto stats_of = [](const std::string& store) {
    auto out = nlohmann::json::parse(run({"stats", "--db", store, "--json"}).out);
    out.erase("recorded");
    return out;
  };
  const auto stats = stats_of(db);
  CHECK(stats["releases"] == pages);
  CHECK(run({"check", "--db", db}).code == 0);
  const auto sources = nlohmann::json::parse(run({"sources", "--sources", yaml, "--db", db, "--json"}).out);
  CHECK(sources[0]["releases"] == pages);
  CHECK(sources[0]["pending"] == 0);
  // Nothing twice: had a release been recorded again with other claims, it would have a second revision and more
  // claims.
  const Ran once = run({"pull", "--sources", yaml, "--db", folder.path("once")});
  CHECK(once.code == 0);
  CHECK(stats_of(folder.path("once")) == stats);
}
