// pull and sources as a person or cron runs them: what is printed, which code comes back, who holds what.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "tests/apps/program.h"
#include "tests/pull/desk.h"
#include "tests/pull/misbehaving.h"
#include "tests/pull/nginx.h"

using namespace entente;
using namespace entente::test;
using nlohmann::json;

namespace {

// A folder with sources.yaml and a store, and a server with a feed of three releases.
struct Site {
  Folder folder;
  Nginx server;
  std::string yaml = folder.path("sources.yaml");
  std::string db = folder.path("db");

  Site() {
    for (int n = 1; n <= 3; ++n) server.serve(page(n), release_page(n));
    server.serve("/feed.rss", rss_of(server.url("/n"), 3));
    describe(entry("a", "/feed.rss"));
  }
  static std::string page(int n) { return "/n/" + std::to_string(n) + ".html"; }
  std::string entry(const std::string& id, const std::string& path) const {
    return "  - {id: " + id + ", kind: feed, url: '" + server.url(path) + "', publisher: KR-MOFA}\n";
  }
  void describe(const std::string& entries) const {
    folder.write("sources.yaml", "contact: desk@tests.invalid\n" + std::string(kQuick) + "sources:\n" + entries);
  }
  Ran pull(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"pull", "--sources", yaml, "--db", db};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  Ran sources(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"sources"};
    if (!more.empty() && !more.front().starts_with('-')) {
      arguments.push_back(more.front());
      more.erase(more.begin());
    }
    for (const std::string& one : {std::string("--sources"), yaml, std::string("--db"), db}) arguments.push_back(one);
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
};

}  // namespace

TEST_CASE("a pull that goes well says nothing, and with -v one line a source") {
  const Site site;
  const Ran first = site.pull();
  CHECK(first.code == 0);
  CHECK(first.out.empty());
  CHECK(first.err.empty());
  const Ran second = site.pull({"-v"});
  CHECK(second.code == 0);
  CHECK(second.out.find("a: 0 new") == 0);
  CHECK(second.out.find("its list is unchanged") != std::string::npos);
  CHECK(std::count(second.out.begin(), second.out.end(), '\n') == 1);
  CHECK(run({"stats", "--db", site.db}).out.find('3') != std::string::npos);
  CHECK(run({"check", "--db", site.db}).code == 0);
}

TEST_CASE("the summary is one JSON object") {
  const Site site;
  const Ran ran = site.pull({"--json"});
  CHECK(ran.code == 0);
  const json summary = json::parse(ran.out);
  CHECK(summary["new"] == 3);
  CHECK(summary["sources"][0]["source"] == "a");
  CHECK(summary["sources"][0]["status"] == "well");
  CHECK(summary["claims"] >= 3);
  CHECK(summary["requests"] == 4);
}

TEST_CASE("the codes tell what happened") {
  const Site site;
  site.describe(site.entry("a", "/feed.rss") + site.entry("b", "/none.rss"));
  const Ran partial = site.pull();
  CHECK(partial.code == 3);
  CHECK(partial.out.empty());
  CHECK(partial.err.find("b: ") != std::string::npos);
  CHECK(partial.err.find("answered 404") != std::string::npos);
  CHECK(std::count(partial.err.begin(), partial.err.end(), '\n') == 1);
  CHECK(site.pull({"a"}).code == 0);
  CHECK(site.pull({"b"}).code == 1);
  CHECK(site.pull({"nobody"}).code == 5);
  CHECK(site.pull({"--since", "yesterday"}).code == 2);
  site.describe("  - {id: a, kind: feed}\n");
  const Ran bad = site.pull();
  CHECK(bad.code == 6);
  CHECK(bad.err.find(site.yaml + ":4: ") != std::string::npos);
  site.folder.write("sources.yaml", "sources:\n" + site.entry("a", "/feed.rss"));
  const Ran nobody = site.pull({"a"});
  CHECK(nobody.code == 6);
  site.folder.write("sources.yaml", std::string(kQuick) + "sources:\n" + site.entry("a", "/feed.rss"));
  CHECK(site.pull().err.find("contact") != std::string::npos);
  CHECK(site.pull({"--contact", "desk@tests.invalid"}).code == 0);
}

TEST_CASE("a dry run stores nothing, and makes no store") {
  const Site site;
  const Ran ran = site.pull({"--dry-run"});
  CHECK(ran.code == 0);
  CHECK(ran.out.find(site.server.url("/n/1.html")) != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(site.db));
}

TEST_CASE("metrics are written whole, for Prometheus") {
  const Site site;
  const std::string file = site.folder.path("pull.prom");
  CHECK(site.pull({"--metrics-file", file}).code == 0);
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  CHECK(text.find("# TYPE entente_source_up gauge\nentente_source_up{source=\"a\"} 1\n") != std::string::npos);
  CHECK(text.find("entente_pull_new{source=\"a\"} 3\n") != std::string::npos);
  CHECK(text.find("entente_source_releases{source=\"a\"} 3\n") != std::string::npos);
  CHECK(site.pull({"--metrics-file", site.folder.path("none/pull.prom")}).code == 1);
}

TEST_CASE("while one run is at a source, a second says who holds it and leaves with a code of its own") {
  Site site;
  // The first waits at a page that does not come, so that the second meets it.
  Misbehaving slow;
  std::atomic<bool> met = false;
  std::mutex mutex;
  std::condition_variable here;
  slow.page("/feed", "<rss><channel><item><link>" + slow.url("/slow") + "</link></item></channel></rss>");
  slow.on("/slow", [&](const Asked&, Peer& peer) {
    {
      const std::lock_guard lock(mutex);
      met = true;
    }
    here.notify_all();
    peer.wait_until_closed();
  });
  site.describe("  - {id: s, kind: feed, url: '" + slow.url("/feed") + "', publisher: KR-MOFA, time: 60s}\n");
  const bool served = GENERATE(false, true);
  const std::string address = "unix:" + site.folder.path("socket");
  std::optional<Server> server;
  if (served) server.emplace(site.db, address);
  const pid_t first = ::fork();
  if (first == 0) {
    ::execl(ENTENTE_PROGRAM, "entente", "pull", "--sources", site.yaml.c_str(), "--db", site.db.c_str(),
            static_cast<char*>(nullptr));
    ::_exit(127);
  }
  {
    std::unique_lock lock(mutex);
    here.wait(lock, [&] { return met.load(); });
  }
  const Ran second = site.pull();
  INFO(second.err);
  CHECK(second.code == 7);
  CHECK(second.err.find("held by entente pull") != std::string::npos);
  CHECK(second.err.find("process " + std::to_string(first)) != std::string::npos);
  ::kill(first, SIGKILL);
  ::waitpid(first, nullptr, 0);
  slow.page("/slow", release_page(1));
  // What was held by a run that is gone is free.
  const Ran third = site.pull({"-v"});
  INFO(third.err);
  CHECK(third.code == 0);
  CHECK(third.out.find("s: 1 new") == 0);
}

TEST_CASE("with a server on the store pull works through it, named or not") {
  const Site site;
  const std::string address = "unix:" + site.folder.path("socket");
  const Server server(site.db, address);
  const bool named = GENERATE(true, false);
  const Ran ran = named ? run({"pull", "--sources", site.yaml, "--server", address, "-v"}) : site.pull({"-v"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.out.find("a: 3 new") == 0);
  const Ran again = site.pull({"-v"});
  CHECK(again.out.find("a: 0 new") == 0);
  const Ran list = named ? run({"sources", "--sources", site.yaml, "--server", address}) : site.sources();
  CHECK(list.code == 0);
  CHECK(list.out.find("3 releases") != std::string::npos);
}

TEST_CASE("sources tells how each goes, and calls one broken that fails") {
  const Site site;
  CHECK(site.sources().out.find("new ") != std::string::npos);
  site.pull();
  const Ran well = site.sources();
  CHECK(well.code == 0);
  CHECK(well.out.find("a  ") == 0);
  CHECK(well.out.find("well") != std::string::npos);
  CHECK(site.sources({"--broken"}).code == 0);
  const json list = json::parse(site.sources({"--json"}).out);
  CHECK(list[0]["releases"] == 3);
  CHECK(list[0]["share_with_events"] == 1.0);
  site.server.remove("/feed.rss");
  CHECK(site.pull().code == 1);
  const Ran broken = site.sources({"--broken"});
  CHECK(broken.code == 3);
  CHECK(broken.out.find("BROKEN") != std::string::npos);
  CHECK(broken.out.find("failing since") != std::string::npos);
}

TEST_CASE("sources check names file and line, and the built-in registry is sound") {
  const Site site;
  const Ran sound = site.sources({"check"});
  CHECK(sound.code == 0);
  CHECK(sound.out.find("sound; ") == 0);
  site.describe("  - {id: a, kind: feed, url: 'https://x.example/', dleay: 1s}\n");
  const Ran off = site.sources({"check"});
  CHECK(off.code == 6);
  CHECK(off.err.find(":4: a source has no key 'dleay'; did you mean 'delay'?") != std::string::npos);
}

TEST_CASE("sources add finds the feed that a page names, else the list on it, and what it writes is pulled") {
  const Site site;
  std::string list;
  for (int n = 1; n <= 3; ++n)
    list += fmt::format("<li><a href='/n/{}.html'>{}</a> {}</li>", n, title_of(n), day_of(n));
  site.server.serve("/press.html",
                    "<html lang='en'><head><title>Press</title><link rel='alternate' type='application/rss+xml' "
                    "href='/feed.rss'></head><body><ul>" +
                        list + "</ul></body></html>");
  site.server.serve("/plain.html", "<html lang='en'><head><title>It's the press</title></head><body><ul>" + list +
                                       "</ul></body></html>");
  const std::string mine = site.folder.path("mine/sources.yaml");
  const auto add = [&](const std::string& path, std::vector<std::string> more) {
    std::vector<std::string> arguments{"sources",     "add",       site.server.url(path), "--sources",
                                       mine,          "--contact", "desk@tests.invalid",  "--private-addresses",
                                       "--publisher", "KR-MOFA"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  };
  const Ran shown = add("/press.html", {"--dry-run"});
  INFO(shown.err);
  CHECK(shown.code == 0);
  CHECK(shown.out.find("feed at ") == 0);
  CHECK(shown.out.find("<link rel=alternate>") != std::string::npos);
  CHECK(shown.out.find("also possible: --kind listing") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(mine));
  CHECK(add("/press.html", {"--id", "press"}).code == 0);
  const Ran plain = add("/plain.html", {"--id", "plain"});
  CHECK(plain.code == 0);
  CHECK(plain.out.find("it would take 3 now") != std::string::npos);
  CHECK(add("/plain.html", {"--id", "plain"}).code == 2);
  CHECK(add("/none.html", {}).code == 5);
  const Ran pulled = run({"pull", "press", "plain", "--sources", mine, "--db", site.db, "-v"});
  INFO(pulled.err);
  CHECK(pulled.code == 0);
  CHECK(pulled.out.find("3 new") != std::string::npos);
}
