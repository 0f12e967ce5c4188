// A server that misbehaves: what it does is bounded, told in a sentence, and harms no other page.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/pull/desk.h"
#include "tests/pull/misbehaving.h"
#include "tests/pull/nginx.h"

using namespace entente;
using namespace entente::test;
using importers::PageStatus;
using importers::PullReport;
using importers::PullStatus;

namespace {

const std::string kOwn =
    "defaults: {delay: 0, robots: ignore, private_addresses: true, retry_wait: 1ms, retries: 2, time: 60s, size: "
    "200KB}\n";

std::string feed_source(const Misbehaving& server, const std::string& more = "") {
  return "sources:\n  - {id: a, kind: feed, url: '" + server.url("/feed") + "', publisher: KR-MOFA" +
         (more.empty() ? "" : ", " + more) + "}\n";
}

// A feed with one page at fault, between two good ones.
struct Fixture {
  Misbehaving server;
  Desk desk;

  explicit Fixture(const std::string& more = "", const std::string& defaults = kOwn)
      : desk(defaults + feed_source(server, more)) {
    std::string feed = "<rss version='2.0'><channel>";
    for (const char* const path : {"/1", "/odd", "/2"})
      feed += "<item><title>t</title><link>" + server.url(path) + "</link></item>";
    server.page("/feed", feed + "</channel></rss>");
    server.page("/1", release_page(1));
    server.page("/2", release_page(2));
  }

  // The other two are read whatever the one does.
  PullReport pull() {
    const auto report = desk.pull();
    INFO(report.error);
    CHECK(desk.release("a", server.url("/1")));
    CHECK(desk.release("a", server.url("/2")));
    return report;
  }
  importers::PageState odd() { return desk.page("a", server.url("/odd")).value(); }
};

}  // namespace

TEST_CASE("a page that comes too slowly is given up, and tried again in the next run") {
  Fixture f("time: 3s, retries: 0");
  f.server.on("/odd", [](const Asked&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<html>");
    peer.wait_until_closed();
  });
  const auto report = f.pull();
  CHECK(report.status == PullStatus::partly);
  CHECK(report.failed == 1);
  CHECK(f.odd().status == PageStatus::pending);
  f.server.page("/odd", release_page(3));
  const auto second = f.desk.pull();
  CHECK(second.status == PullStatus::well);
  CHECK(second.fresh == 1);
}

TEST_CASE("a page that is cut off is asked for again, and never recorded half") {
  Fixture f;
  const std::string page = release_page(3);
  int times = 0;
  f.server.on("/odd", [&times, page](const Asked&, Peer& peer) {
    const std::string whole = whole_answer("200 OK", "Content-Type: text/html\r\n", page);
    peer.send(++times < 3 ? whole.substr(0, whole.size() / 2) : whole);
  });
  const auto report = f.pull();
  CHECK(report.status == PullStatus::well);
  CHECK(report.fresh == 3);
  CHECK(f.server.times("/odd") == 3);
  CHECK(f.desk.release("a", f.server.url("/odd"))->text.find("thanked the officials") != std::string::npos);
}

TEST_CASE("a body longer than its length is read as far as its length goes") {
  Fixture f;
  const std::string page = release_page(3);
  f.server.answer("/odd",
                  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(page.size()) +
                      "\r\nConnection: close\r\n\r\n" + page + "and more than was said");
  CHECK(f.pull().fresh == 3);
}

TEST_CASE("an endless page ends at the bound") {
  Fixture f;
  f.server.on("/odd", [](const Asked&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
    const std::string piece(16384, 'x');
    while (peer.send(piece)) {
    }
  });
  f.pull();
  CHECK(f.odd().status == PageStatus::refused);
  CHECK(f.odd().trouble.find("is longer than 204800 bytes") != std::string::npos);
}

TEST_CASE("endless headers end at a bound") {
  Fixture f;
  f.server.on("/odd", [](const Asked&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\n");
    const std::string line = "X-More: " + std::string(8000, 'x') + "\r\n";
    while (peer.send(line)) {
    }
  });
  f.pull();
  CHECK(f.odd().trouble != "");
}

TEST_CASE("little that decompresses to much is stopped at the bound") {
  Fixture f;
  f.server.page("/odd", gzipped(std::string(50U << 20U, 'x')), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n");
  f.pull();
  CHECK(f.odd().status == PageStatus::refused);
  CHECK(f.odd().trouble.find("is longer than") != std::string::npos);
}

TEST_CASE("500 is tried again with growing waits, then left for the next run") {
  Fixture f;
  f.server.answer("/odd", whole_answer("500 Internal Server Error", "", "oh"));
  const auto report = f.pull();
  CHECK(report.status == PullStatus::partly);
  CHECK(f.server.times("/odd") == 3);
  CHECK(f.odd().status == PageStatus::pending);
  CHECK(report.error.find("answered 500") != std::string::npos);
}

TEST_CASE("429 is answered by waiting as long as the server asks, or by going away when that is too long") {
  Fixture f;
  int times = 0;
  f.server.on("/odd", [&times](const Asked&, Peer& peer) {
    peer.send(++times == 1 ? whole_answer("429 Too Many Requests", "Retry-After: 0\r\n", "")
                           : whole_answer("200 OK", "Content-Type: text/html\r\n", release_page(3)));
  });
  CHECK(f.pull().fresh == 3);
  CHECK(f.server.times("/odd") == 2);

  Misbehaving busy;
  busy.answer("/feed", whole_answer("429 Too Many Requests", "Retry-After: 86400\r\n", ""));
  Desk desk(kOwn + feed_source(busy));
  const auto report = desk.pull();
  CHECK(report.status == PullStatus::failed);
  CHECK(report.error.find("86400 s") != std::string::npos);
  CHECK(busy.times("/feed") == 1);
}

TEST_CASE("the length of Retry-After is read as seconds and as a date") {
  const RecordedTime now = RecordedTime::parse("2023-05-04T10:00:00Z").value();
  CHECK(importers::retry_after_ms("120", now) == 120'000);
  CHECK(importers::retry_after_ms(" Thu, 04 May 2023 10:00:30 GMT", now).value() <= 30'000);
  CHECK(importers::retry_after_ms("Thu, 04 May 2023 09:00:00 GMT", now) == 0);
  CHECK_FALSE(importers::retry_after_ms("soon", now));
  CHECK_FALSE(importers::retry_after_ms("-5", now));
}

TEST_CASE("waits between tries grow twofold, by chance more or less, and end") {
  importers::Manners manners;
  manners.retry_wait_ms = 1000;
  for (int retry = 1; retry <= 20; ++retry) {
    const auto least = importers::retry_wait_ms(manners, retry, 0);
    const auto most = importers::retry_wait_ms(manners, retry, 0.999);
    CHECK(least >= 500);
    CHECK(most <= 450'000);
    CHECK(most > least);
    if (retry < 8)
      CHECK(importers::retry_wait_ms(manners, retry + 1, 0.5) == 2 * importers::retry_wait_ms(manners, retry, 0.5));
  }
}

TEST_CASE("redirects are followed, but not round in a circle") {
  Fixture f;
  f.server.answer("/odd", whole_answer("302 Found", "Location: /odd2\r\n", ""));
  f.server.page("/odd2", release_page(3));
  CHECK(f.pull().fresh == 3);

  Fixture g;
  g.server.answer("/odd", whole_answer("301 Moved", "Location: /round\r\n", ""));
  g.server.answer("/round", whole_answer("301 Moved", "Location: /odd\r\n", ""));
  g.pull();
  CHECK(g.odd().status == PageStatus::refused);
  CHECK(g.odd().trouble.find("leads on more than 5 times") != std::string::npos);
}

TEST_CASE("a redirect to what is no page is refused") {
  Fixture f;
  f.server.answer("/odd", whole_answer("302 Found", "Location: file:///etc/passwd\r\n", ""));
  f.pull();
  CHECK(f.odd().status == PageStatus::refused);
  CHECK(f.odd().trouble.find("which is no page") != std::string::npos);
}

TEST_CASE("an address inside a network is refused, however it is come by") {
  Misbehaving inside;
  inside.page("/secret", release_page(1));
  const std::string port = inside.url("").substr(inside.url("").rfind(':'));
  // As if they were outside: the feed's own host is allowed by the first source, and by no other.
  for (const std::string& host : {std::string("127.0.0.1"), std::string("localhost"), std::string("[::ffff:127.0.0.1]"),
                                  std::string("2130706433"), std::string("0x7f.1")}) {
    ShiftedClock clock;
    importers::Fetcher fetcher({.agent = "entente/test"}, clock, nullptr);
    importers::Fetch fetch;
    fetch.url = "http://" + host + port + "/secret";
    fetch.manners.robots = false;
    fetch.manners.retries_max = 0;
    std::optional<Result<importers::Fetched>> got;
    fetcher.fetch(fetch, [&](Result<importers::Fetched> answer) { got = std::move(answer); });
    while (!got) fetcher.step(1000);
    INFO(host);
    REQUIRE_FALSE(got->ok());
    CHECK(got->error().code == ErrorCode::permission);
    CHECK(got->error().message.find("inside a network") != std::string::npos);
  }
  CHECK(inside.asked().empty());
}

TEST_CASE("a connection that one source may make is not lent to another") {
  Misbehaving inside;
  inside.page("/a", "x");
  ShiftedClock clock;
  importers::Fetcher fetcher({.agent = "entente/test"}, clock, nullptr);
  const auto get = [&](bool allowed) {
    importers::Fetch fetch;
    fetch.url = inside.url("/a");
    fetch.manners.robots = false;
    fetch.manners.delay_ms = 0;
    fetch.manners.private_addresses = allowed;
    std::optional<Result<importers::Fetched>> got;
    fetcher.fetch(fetch, [&](Result<importers::Fetched> answer) { got = std::move(answer); });
    while (!got) fetcher.step(1000);
    return got->ok();
  };
  CHECK(get(true));
  CHECK_FALSE(get(false));
  CHECK(inside.times("/a") == 1);
}

TEST_CASE("broken XML gives the items that can be read") {
  Misbehaving server;
  server.page("/1", release_page(1));
  server.page("/feed",
              "\n\n<?xml version=\"1.0\"?><rss><channel><title>A & B</title><item><title>x &nbsp; y</title><link>" +
                  server.url("/1") + "</link></item><item><title>cut");
  Desk desk(kOwn + feed_source(server));
  CHECK(desk.pull().fresh == 1);
}

TEST_CASE("a feed that declares entities is not read, and a page instead of a feed is told as one") {
  Misbehaving server;
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol0 \"lol\">";
  for (int i = 1; i < 10; ++i)
    bomb += fmt::format("<!ENTITY lol{} \"&lol{};&lol{};&lol{};&lol{};&lol{};&lol{};&lol{};&lol{};&lol{};&lol{};\">", i,
                        i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
  server.page(
      "/feed",
      bomb + "]><rss><channel><item><title>&lol9;</title><link>http://x.invalid/</link></item></channel></rss>");
  Desk desk(kOwn + feed_source(server));
  auto report = desk.pull();
  CHECK(report.status == PullStatus::failed);
  CHECK(report.error.find("declares entities of its own") != std::string::npos);
  server.page("/feed", "<!DOCTYPE html><html><body><p>We have moved.</p></body></html>");
  report = desk.pull();
  CHECK(report.status == PullStatus::failed);
  CHECK(report.error.find("begins with <html>") != std::string::npos);
}

TEST_CASE("an entity that reads a file is not followed") {
  Misbehaving server;
  server.page(
      "/feed",
      "<?xml version=\"1.0\"?><!DOCTYPE r SYSTEM \"file:///etc/passwd\"><rss><channel><item><title>t</title><link>" +
          server.url("/1") + "</link></item></channel></rss>");
  server.page("/1", release_page(1));
  Desk desk(kOwn + feed_source(server));
  CHECK(desk.pull().fresh == 1);
}

TEST_CASE("the charset of the header counts where the bytes do not say, and a wrong one does not spoil UTF-8") {
  Fixture f;
  // windows-1251, without a word of it on the page.
  std::string page = release_page(3, "@");
  page.replace(page.find('@'), 1, "\xCC\xE8\xED\xE8\xF1\xF2\xF0");
  f.server.page("/odd", page, "Content-Type: text/html; charset=windows-1251\r\n");
  f.pull();
  CHECK(f.desk.release("a", f.server.url("/odd"))
            ->text.find("\xD0\x9C\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80") != std::string::npos);

  Fixture g;
  g.server.page("/odd", release_page(3, "Caf\xC3\xA9"), "Content-Type: text/html; charset=iso-8859-1\r\n");
  g.pull();
  CHECK(g.desk.release("a", g.server.url("/odd"))->text.find("Caf\xC3\xA9") != std::string::npos);
}

TEST_CASE("a date in the future is not believed") {
  Fixture f;
  std::string page = release_page(3);
  for (const std::string& day : {day_of(3), std::string("4 January 2023")})
    for (auto at = page.find(day); at != std::string::npos; at = page.find(day))
      page.replace(at, day.size(), day.size() == 10 ? "2093-01-04" : "4 January 2093");
  f.server.page("/odd", page);
  f.pull();
  const auto release = f.desk.release("a", f.server.url("/odd"));
  REQUIRE(release);
  CHECK(release->published != CivilDate{2093, 1, 4});
  CHECK_FALSE(f.odd().has_date);
  CHECK(f.odd().trouble.find("in the future") != std::string::npos);
}

TEST_CASE("a page that is no release is refused with the reason, and not asked for again") {
  Fixture f;
  f.server.page("/odd", "%PDF-1.4 ...", "Content-Type: application/pdf\r\n");
  f.pull();
  CHECK(f.odd().status == PageStatus::refused);
  CHECK(f.odd().trouble.find("PDF") != std::string::npos);
  f.desk.pull();
  CHECK(f.server.times("/odd") == 1);
}

TEST_CASE("a page that leads to the front page is as good as gone") {
  Fixture f;
  f.server.answer("/odd", whole_answer("302 Found", "Location: /\r\n", ""));
  f.server.page("/", "<html><body>Welcome</body></html>");
  f.pull();
  CHECK(f.odd().status == PageStatus::gone);
}

TEST_CASE("a host whose pages all fail is left alone for the run") {
  Misbehaving server;
  std::string feed = "<rss><channel>";
  for (int n = 0; n < 30; ++n) feed += "<item><link>" + server.url("/p" + std::to_string(n)) + "</link></item>";
  server.page("/feed", feed + "</channel></rss>");
  for (int n = 0; n < 30; ++n) server.answer("/p" + std::to_string(n), whole_answer("503 Service Unavailable", "", ""));
  Desk desk(kOwn + feed_source(server, "retries: 0, connections: 1"));
  const auto report = desk.pull();
  CHECK(report.failed == 30);
  CHECK(server.asked().size() < 12);
}

TEST_CASE("robots.txt is followed, kept for a day, and asked for before the first page") {
  Misbehaving server;
  server.page("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: Entente\nDisallow: /odd\nAllow: /\n",
              "Content-Type: text/plain\r\n");
  const std::string polite = "defaults: {delay: 0, private_addresses: true, retry_wait: 1ms}\n";
  std::string feed = "<rss version='2.0'><channel>";
  for (const char* const path : {"/1", "/odd", "/2"})
    feed += "<item><title>t</title><link>" + server.url(path) + "</link></item>";
  server.page("/feed", feed + "</channel></rss>");
  server.page("/1", release_page(1));
  server.page("/2", release_page(2));
  server.page("/odd", release_page(3));
  Desk desk(polite + feed_source(server));
  CHECK(desk.pull().fresh == 2);
  CHECK(server.asked().front().path == "/robots.txt");
  CHECK(server.asked().front().has("User-Agent: entente/test (+mailto:desk@tests.invalid)"));
  CHECK(server.times("/odd") == 0);
  CHECK(desk.page("a", server.url("/odd"))->trouble.find("robots.txt") != std::string::npos);
  desk.pull();
  CHECK(server.times("/robots.txt") == 1);
  desk.clock.forward_days(1.1);
  desk.pull();
  CHECK(server.times("/robots.txt") == 2);
}

TEST_CASE("without robots.txt all is allowed; with one that cannot be had nothing is") {
  Misbehaving server;
  server.page("/feed", "<rss><channel><item><link>" + server.url("/1") + "</link></item></channel></rss>");
  server.page("/1", release_page(1));
  const std::string polite = "defaults: {delay: 0, private_addresses: true, retry_wait: 1ms, retries: 1}\n";
  {
    Desk desk(polite + feed_source(server));
    CHECK(desk.pull().fresh == 1);
  }
  server.answer("/robots.txt", whole_answer("503 Service Unavailable", "", ""));
  Desk desk(polite + feed_source(server));
  const auto report = desk.pull();
  CHECK(report.status == PullStatus::failed);
  CHECK(report.error.find("robots.txt") != std::string::npos);
}

TEST_CASE("over TLS a certificate of a CA that is trusted is taken, and any other is not") {
  Nginx server({.tls = true});
  server.serve("/n/1.html", release_page(1));
  const std::string url = server.serve("/feed.rss", rss_of(server.url("/n"), 1));
  const std::string source = "sources:\n  - {id: a, kind: feed, url: '" + url + "', publisher: KR-MOFA}\n";
  Desk trusting("ca_file: " + server.ca_file() + "\n" + source);
  const auto report = trusting.pull();
  INFO(report.error);
  CHECK(report.fresh == 1);
  Desk other(kOwn + source);
  CHECK(other.pull().status == PullStatus::failed);
}
