// Nothing twice, nothing lost: addresses, texts, versions, what vanished, what is left for the next run.
#include <catch2/catch.hpp>

#include "storage/care/check.h"
#include "tests/pull/desk.h"
#include "tests/pull/nginx.h"

using namespace entente;
using namespace entente::test;
using importers::PageStatus;
using importers::PullStatus;

namespace {

std::string feed_source(const std::string& url, const std::string& more = "") {
  return "sources:\n  - {id: a, kind: feed, url: '" + url + "', publisher: KR-MOFA" +
         (more.empty() ? "" : ", " + more) + "}\n";
}

std::string feed_of(const std::vector<std::string>& links) {
  std::string out = "<rss version='2.0'><channel>";
  for (const std::string& link : links) out += "<item><title>t</title><link>" + link + "</link></item>";
  return out + "</channel></rss>";
}

}  // namespace

TEST_CASE("one page under many addresses is one release") {
  Nginx server;
  server.serve("/n/1.html", release_page(1));
  Desk desk(feed_source(server.serve(
      "/feed.rss", feed_of({server.url("/n/1.html"), server.url("/n/1.html?utm_source=feed&amp;utm_medium=rss"),
                            server.url("/n/1.html#top"), server.url("/n/../n/1.html?fbclid=x")}))));
  const auto report = desk.pull();
  CHECK(report.fresh == 1);
  CHECK(report.found == 1);
  CHECK(desk.counts().releases == 1);
}

TEST_CASE("the same text under another address is the same release, also of another source of its publisher") {
  Nginx server;
  server.serve("/n/1.html", release_page(1));
  server.serve("/en/news/one.html", release_page(1));
  server.serve("/feed.rss", feed_of({server.url("/n/1.html"), server.url("/en/news/one.html")}));
  Desk desk(feed_source(server.url("/feed.rss"), "connections: 1"));
  const auto report = desk.pull();
  CHECK(report.fresh == 1);
  CHECK(report.same == 1);
  CHECK(desk.counts().releases == 1);
  server.serve("/mirror/a.html", release_page(1));
  desk.describe("sources:\n  - {id: b, kind: feed, url: '" +
                server.serve("/b.rss", feed_of({server.url("/mirror/a.html")})) + "', publisher: KR-MOFA}\n");
  CHECK(desk.pull().same == 1);
  CHECK(desk.counts().releases == 1);
}

TEST_CASE("a changed text is a new version, whose claims supersede the old") {
  Nginx server;
  server.serve("/n/1.html", release_page(1));
  Desk desk(feed_source(server.serve("/feed.rss", rss_of(server.url("/n"), 1))));
  desk.pull();
  const auto before = desk.counts();
  server.serve("/n/1.html", release_page(1,
                                         "Foreign Minister Baek Do-yun also met with the Minister of Foreign Affairs "
                                         "of Portugal in Seoul on 3 March 2023."));
  // Nobody has said that it changed: it is found when the page's time to be looked at again has come.
  CHECK(desk.pull().revised == 0);
  desk.clock.forward_days(2);
  const auto report = desk.pull();
  CHECK(report.list_unchanged);
  CHECK(report.revised == 1);
  CHECK(desk.counts().releases == 1);
  CHECK(desk.counts().claims > before.claims);
  CHECK(desk.release("a", server.url("/n/1.html"))->text.find("Portugal") != std::string::npos);
  CHECK(storage::check(desk.store()).value().agrees());
}

TEST_CASE("a page that has not changed is looked at again less and less, each time for an answer without a body") {
  Nginx server;
  server.serve("/n/1.html", release_page(1));
  Desk desk(feed_source(server.serve("/feed.rss", rss_of(server.url("/n"), 1))));
  desk.pull();
  server.asked();
  std::vector<int> asked_on;
  for (int day = 1; day <= 60; ++day) {
    desk.clock.forward_days(1);
    desk.pull();
    for (const std::string& line : server.asked()) {
      if (line.find("/n/1.html") == std::string::npos) continue;
      CHECK(line == "GET /n/1.html 304");
      asked_on.push_back(day);
    }
  }
  CHECK(asked_on == std::vector<int>{1, 3, 7, 30});
}

TEST_CASE("a release whose page vanished is kept and marked") {
  Nginx server;
  server.serve("/n/1.html", release_page(1));
  server.serve("/n/2.html", release_page(2));
  Desk desk(feed_source(server.serve("/feed.rss", rss_of(server.url("/n"), 2))));
  desk.pull();
  server.remove("/n/1.html");
  const auto report = desk.pull({.recheck = true});
  CHECK(report.gone == 1);
  CHECK(report.status == PullStatus::well);
  CHECK(desk.page("a", server.url("/n/1.html"))->status == PageStatus::gone);
  CHECK(desk.counts().releases == 2);
  CHECK(desk.health("a").vanished == 1);
}

TEST_CASE("what is over the bound of a run is read by the next, though the list has not changed") {
  Nginx server;
  for (int n = 1; n <= 5; ++n) server.serve("/n/" + std::to_string(n) + ".html", release_page(n));
  Desk desk(feed_source(server.serve("/feed.rss", rss_of(server.url("/n"), 5)), "items_max: 2"));
  const auto first = desk.pull();
  CHECK(first.fresh == 2);
  CHECK(first.left == 3);
  CHECK(desk.pull().fresh == 2);
  const auto third = desk.pull();
  CHECK(third.fresh == 1);
  CHECK(third.left == 0);
  CHECK(desk.pull().found == 0);
}

TEST_CASE("what is older than asked for is left out, and read when it is asked for") {
  Nginx server;
  for (int n = 1; n <= 3; ++n) server.serve("/n/" + std::to_string(n) + ".html", release_page(n));
  // The feed says no days, so the pages have to be looked at.
  Desk desk(feed_source(
      server.serve("/feed.rss", feed_of({server.url("/n/1.html"), server.url("/n/2.html"), server.url("/n/3.html")}))));
  const auto first = desk.pull({.since = parse_iso_date(day_of(3))});
  CHECK(first.fresh == 1);
  CHECK(first.old == 2);
  CHECK(desk.pull({.since = parse_iso_date(day_of(3))}).found == 0);
  CHECK(desk.pull().fresh == 2);
}

TEST_CASE(
    "what a list dates before the day asked for is not fetched, and is when it is asked for, though the list is as it "
    "was") {
  Nginx server;
  for (int n = 1; n <= 3; ++n) server.serve("/n/" + std::to_string(n) + ".html", release_page(n));
  Desk desk(feed_source(server.serve("/feed.rss", rss_of(server.url("/n"), 3))));
  CHECK(desk.pull({.since = parse_iso_date(day_of(3))}).fresh == 1);
  CHECK(server.asked() == std::vector<std::string>{"GET /feed.rss 200", "GET /n/3.html 200"});
  const auto second = desk.pull();
  CHECK(second.list_unchanged);
  CHECK(second.fresh == 2);
}

TEST_CASE("a dry run says what would be read and leaves everything as it is") {
  Nginx server;
  server.serve("/n/1.html", release_page(1));
  Desk desk(feed_source(server.serve("/feed.rss", rss_of(server.url("/n"), 1))));
  const auto report = desk.pull({.dry_run = true});
  CHECK(report.would_fetch == std::vector<std::string>{server.url("/n/1.html")});
  CHECK(desk.counts().releases == 0);
  CHECK_FALSE(desk.store().find_state("a", "").value());
  CHECK(desk.pull().fresh == 1);
}

TEST_CASE("a source that another run holds is left to it, and is told by whom") {
  Nginx server;
  server.serve("/n/1.html", release_page(1));
  Desk desk(feed_source(server.serve("/feed.rss", rss_of(server.url("/n"), 1))));
  auto hold = desk.store().hold("a", "entente pull (process 7)");
  REQUIRE(hold.ok());
  const auto report = desk.pull();
  CHECK(report.status == PullStatus::held);
  CHECK(report.error.find("process 7") != std::string::npos);
  CHECK(desk.counts().releases == 0);
  CHECK_FALSE(desk.store().find_state("a", "").value());
}
