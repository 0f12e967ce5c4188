// Each kind of source, from a real server or real files, to claims in a store.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/pull/desk.h"
#include "tests/pull/misbehaving.h"
#include "tests/pull/nginx.h"

using namespace entente;
using namespace entente::test;
using importers::PageStatus;
using importers::PullStatus;

namespace {

std::string source(const std::string& kind, const std::string& url, const std::string& more = "") {
  return "sources:\n  - {id: a, kind: " + kind + ", url: '" + url + "', publisher: KR-MOFA" +
         (more.empty() ? "" : ", " + more) + "}\n";
}

void serve_pages(const Nginx& server, int count, const std::string& folder = "/n/") {
  for (int n = 1; n <= count; ++n) server.serve(folder + std::to_string(n) + ".html", release_page(n));
}

}  // namespace

TEST_CASE("a feed's releases are read, and an unchanged feed costs one request") {
  Nginx server;
  serve_pages(server, 3);
  Desk desk(source("feed", server.serve("/feed.rss", rss_of(server.url("/n"), 3))));
  const auto first = desk.pull();
  INFO(first.error);
  CHECK(first.status == PullStatus::well);
  CHECK(first.fresh == 3);
  CHECK(first.claims >= 3);
  CHECK(desk.counts().releases == 3);
  const auto release = desk.release("a", server.url("/n/1.html"));
  REQUIRE(release);
  CHECK(release->title == title_of(1));
  CHECK(release->published == parse_iso_date(day_of(1)));
  CHECK(release->publisher == "KR-MOFA");
  CHECK(release->url == server.url("/n/1.html"));
  server.asked();
  const auto second = desk.pull();
  CHECK(second.status == PullStatus::well);
  CHECK(second.list_unchanged);
  CHECK(server.asked() == std::vector<std::string>{"GET /feed.rss 304"});
}

TEST_CASE("Atom is read as RSS is, with addresses relative to the feed") {
  Nginx server;
  serve_pages(server, 2);
  const std::string feed =
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>"
      "<entry><title type='html'>One</title><link rel='self' href='/x'/><link "
      "href='n/1.html'/><published>2023-01-02T08:00:00Z</published><updated>2023-01-02T08:00:00Z</updated></entry>"
      "<entry><title>Two</title><link rel='alternate' "
      "href='/n/2.html'/><updated>2023-01-03T08:00:00Z</updated></entry></feed>";
  Desk desk(source("feed", server.serve("/feed.atom", feed)));
  CHECK(desk.pull().fresh == 2);
  CHECK(desk.page("a", server.url("/n/1.html"))->title == "One");
}

TEST_CASE("an index of sitemaps leads to compressed maps, and a map that has not changed is not asked for") {
  Nginx server;
  serve_pages(server, 4);
  const auto map = [&](int from, int to, const std::string& changed) {
    std::string out = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>";
    for (int n = from; n <= to; ++n)
      out += "<url><loc>" + server.url("/n/" + std::to_string(n) + ".html") + "</loc><lastmod>" + changed +
             "</lastmod></url>";
    return out + "</urlset>";
  };
  const auto index = [&](const std::string& of_two) {
    return "<sitemapindex><sitemap><loc>" + server.url("/m1.xml.gz") +
           "</loc><lastmod>2023-01-05</lastmod></sitemap><sitemap><loc>" + server.url("/m2.xml") + "</loc><lastmod>" +
           of_two + "</lastmod></sitemap></sitemapindex>";
  };
  server.serve("/m1.xml.gz", gzipped(map(1, 2, "2023-01-05")));
  server.serve("/m2.xml", map(3, 3, "2023-02-01"));
  Desk desk(source("sitemap", server.serve("/sitemap.xml", index("2023-02-01")), "include: ['/n/*']"));
  CHECK(desk.pull().fresh == 3);
  server.serve("/m2.xml", map(3, 4, "2023-02-01"));
  server.serve("/sitemap.xml", index("2023-02-09"));
  server.asked();
  CHECK(desk.pull().fresh == 1);
  for (const std::string& line : server.asked()) CHECK(line.find("/m1.xml.gz") == std::string::npos);
}

TEST_CASE("the news extension of a sitemap gives title and day") {
  Nginx server;
  server.serve(
      "/n/1.html",
      "<html><body><article><p>Foreign Minister Baek Do-yun met with the Minister of Foreign Affairs of Japan in "
      "Seoul. They spoke about trade and about students, and they will meet again.</p></article></body></html>");
  const std::string map = "<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>" +
                          server.url("/n/1.html") +
                          "</loc><news:news><news:publication_date>2023-03-04T10:00:00Z</"
                          "news:publication_date><news:title>Talks in Seoul</news:title></news:news></url></urlset>";
  Desk desk(source("sitemap", server.serve("/news.xml", map)));
  CHECK(desk.pull().fresh == 1);
  const auto release = desk.release("a", server.url("/n/1.html"));
  REQUIRE(release);
  CHECK(release->title == "Talks in Seoul");
  CHECK(release->published == CivilDate{2023, 3, 4});
}

TEST_CASE("a listing page is read by CSS, by XPath and by its structure alone, with the same result") {
  Nginx server;
  serve_pages(server, 6);
  const auto list = [&](int from, int to, const std::string& next) {
    std::string out =
        "<html><body><nav><ul class=menu><li><a href='/about-the-ministry-and-its-history'>About the Ministry and its "
        "long history</a></li></ul></nav><div class='list'>";
    for (int n = from; n <= to; ++n)
      out += fmt::format(
          "<div class='row {}'><span class=day>{}</span><h3><a href='/n/{}.html'>{}</a></h3><a class=more "
          "href='/n/{}.html?utm_source=list'>more</a></div>",
          n % 2 == 0 ? "even" : "odd", day_of(n), n, title_of(n), n);
    return out + "</div>" +
           (next.empty() ? "" : "<ul class=pager><li class=pager-next><a href='" + next + "'>»</a></li></ul>") +
           "</body></html>";
  };
  server.serve("/list.html", list(1, 3, "/list2.html"));
  server.serve("/list2.html", list(4, 6, ""));
  const std::string selectors =
      GENERATE(as<std::string>{}, "", "item: div.row, link: 'h3 > a', date: .day, next: li.pager-next a",
               "item: '//div[has-class(\"row\")]', link: './/h3/a/@href', title: './/h3', date: './/span', next: "
               "'//li[@class=\"pager-next\"]/a/@href'",
               "link: 'h3 a::attr(href)'");
  Desk desk(source("listing", server.url("/list.html"), selectors));
  const auto report = desk.pull();
  INFO(selectors << " " << report.error);
  CHECK(report.fresh == 6);
  CHECK(desk.counts().releases == 6);
  CHECK(desk.release("a", server.url("/n/5.html"))->title == title_of(5));
}

TEST_CASE("selectors for a page's title, day and body go before what the page seems to say") {
  Nginx server;
  server.serve("/n/1.html",
               "<html><head><title>Site</title></head><body><div id=x><h4>Talks in Seoul</h4><i>5 May 2023</i><div "
               "class=text><p>Foreign Minister Baek Do-yun met with the Minister of "
               "Foreign Affairs of Japan in Seoul on 4 May 2023.</p></div></div><div class=other><p>On 1 January 2001 "
               "something else was said at great length, so that this part of the page "
               "is longer than the release itself, and a reader that weighs parts by their words alone would take it. "
               "It goes on for a while, for no reason but that.</p></div></body></html>");
  Desk desk(source("feed", server.serve("/feed.rss", rss_of(server.url("/n"), 1)),
                   "page_title: h4, page_date: i, body: div.text"));
  CHECK(desk.pull().fresh == 1);
  const auto release = desk.release("a", server.url("/n/1.html"));
  REQUIRE(release);
  CHECK(release->title == "Talks in Seoul");
  CHECK(release->published == CivilDate{2023, 5, 5});
  CHECK(release->text.find("at great length") == std::string::npos);
  CHECK(release->text.find("Baek Do-yun") != std::string::npos);
}

TEST_CASE("a JSON list is read by pointers and by the names that such lists use") {
  Nginx server;
  serve_pages(server, 2);
  server.serve(
      "/api.json",
      R"({"data": {"total": 2, "rows": [{"slug": "1", "head": {"text": "One"}, "url": "/n/1.html", "when": "2023-01-02"}, {"slug": "2", "url": "/n/2.html"}]}})");
  const std::string places =
      GENERATE(as<std::string>{}, "", "items: /data/rows, link: '/n/{/slug}.html', title: /head/text, date: /when");
  Desk desk(source("json", server.url("/api.json"), places));
  const auto report = desk.pull();
  INFO(report.error);
  CHECK(report.fresh == 2);
}

TEST_CASE("a feed that brings the texts is read without fetching pages, and a changed text is a new version") {
  Nginx server;
  const auto feed = [&](const std::string& text) {
    return "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><title>Talks in "
           "Seoul</title><link>" +
           server.url("/nowhere/1") +
           "</link><pubDate>Thu, 04 May 2023 10:00:00 +0900</pubDate><content:encoded><![CDATA[<p>" + text +
           "</p>]]></content:encoded></item></channel></rss>";
  };
  server.serve(
      "/feed.rss",
      feed("Foreign Minister Baek Do-yun met with the Minister of Foreign Affairs of Japan in Seoul on 4 May 2023."));
  Desk desk(source("feed", server.url("/feed.rss"), "content: list"));
  CHECK(desk.pull().fresh == 1);
  CHECK(desk.pull().fresh == 0);
  server.serve(
      "/feed.rss",
      feed("Foreign Minister Baek Do-yun met with the Minister of Foreign Affairs of France in Seoul on 4 May 2023."));
  CHECK(desk.pull().revised == 1);
  for (const std::string& line : server.asked()) CHECK(line.find("/nowhere") == std::string::npos);
}

TEST_CASE("a folder is read, what changed in it is a new version, and what vanished is kept and marked") {
  const Folder folder;
  folder.write("in/a.html", release_page(1));
  folder.write("in/deep/b.html", release_page(2));
  folder.write("in/notes.pdf", "%PDF-1.4");
  folder.write("in/mail.eml",
               "From: desk@tests.invalid\r\nSubject: =?UTF-8?Q?Talks_in_S=C3=A8oul?=\r\nDate: Thu, 4 May 2023 10:00:00 "
               "+0900\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; "
               "boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html; "
               "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Foreign "
               "Minister Baek Do-yun met with the Minister of Foreign Affairs of =\r\nJapan in Seoul on 4 May "
               "2023.</p>\r\n--b--\r\n");
  Desk desk("sources:\n  - {id: a, kind: folder, path: '" + folder.path("in") + "', publisher: KR-MOFA}\n");
  const auto first = desk.pull();
  INFO(first.error);
  CHECK(first.fresh == 3);
  CHECK(desk.release("a", "mail.eml")->title == "Talks in S\xC3\xA8oul");
  CHECK(desk.pull().found == 0);
  folder.write("in/a.html", release_page(1, "A word more."));
  std::filesystem::remove(folder.path("in/deep/b.html"));
  const auto third = desk.pull();
  CHECK(third.revised == 1);
  CHECK(third.gone == 1);
  CHECK(desk.counts().releases == 3);
  CHECK(desk.page("a", "deep/b.html")->status == PageStatus::gone);
  CHECK(desk.release("a", "deep/b.html"));
  CHECK(desk.health("a").vanished == 1);
}

TEST_CASE("a message of a maildir stays the same when it is moved and flagged") {
  const Folder folder;
  const std::string mail =
      "Subject: Talks in Seoul\nDate: Thu, 4 May 2023 10:00:00 +0900\nContent-Type: text/plain; "
      "charset=utf-8\n\nForeign Minister Baek Do-yun met with the Minister of Foreign Affairs of Japan in Seoul on 4 "
      "May 2023.\n";
  folder.write("box/new/123.host", mail);
  folder.write("box/cur/100.host:2,S",
               "Subject: x\n\nForeign Minister Baek Do-yun met with the Minister of Foreign Affairs of Chile in Seoul "
               "on 5 May 2023.\n");
  folder.write("box/tmp/9.host", "half of it");
  Desk desk("sources:\n  - {id: a, kind: maildir, path: '" + folder.path("box") + "', publisher: KR-MOFA}\n");
  CHECK(desk.pull().fresh == 2);
  std::filesystem::rename(folder.path("box/new/123.host"), folder.path("box/cur/123.host:2,RS"));
  const auto second = desk.pull();
  CHECK(second.gone == 0);
  CHECK(second.fresh == 0);
  CHECK(desk.counts().releases == 2);
  CHECK(desk.release("a", "123.host")->published == CivilDate{2023, 5, 4});
}

namespace {

std::string warc_record(const std::string& type, const std::string& url, const std::string& date,
                        const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url + "\r\nWARC-Date: " + date +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string http_block(const std::string& body, const std::string& head = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + head + "\r\n" + body;
}

}  // namespace

TEST_CASE("web archives are read, plain and compressed, chunked answers too, and the newest copy counts") {
  const Folder folder;
  const std::string page1 = release_page(1);
  std::string chunked;
  for (std::size_t at = 0; at < page1.size(); at += 100) {
    const std::string part = page1.substr(at, 100);
    chunked += fmt::format("{:x}\r\n{}\r\n", part.size(), part);
  }
  chunked += "0\r\n\r\n";
  const std::vector<std::string> records{
      warc_record("warcinfo", "", "2023-06-01T00:00:00Z", "software: a test\r\n"),
      warc_record("request", "http://mfa.tests.invalid/n/1", "2023-06-01T00:00:00Z", "GET / HTTP/1.1\r\n\r\n"),
      warc_record("response", "http://mfa.tests.invalid/n/1", "2023-06-01T00:00:00Z",
                  http_block(chunked, "Transfer-Encoding: chunked\r\n")),
      warc_record("response", "http://mfa.tests.invalid/n/2", "2023-06-01T00:00:00Z",
                  http_block(gzipped(release_page(2)), "Content-Encoding: gzip\r\n")),
      warc_record("response", "http://mfa.tests.invalid/n/1/", "2023-07-01T00:00:00Z",
                  http_block(release_page(1, "A word more."))),
      warc_record("response", "http://mfa.tests.invalid/none", "2023-07-01T00:00:00Z",
                  "HTTP/1.1 404 Not Found\r\n\r\nnot here"),
      warc_record("resource", "http://mfa.tests.invalid/n/3", "2023-07-01T00:00:00Z", release_page(3))};
  const bool compressed = GENERATE(false, true);
  std::string file;
  for (const std::string& record : records) file += compressed ? gzipped(record) : record;
  folder.write(compressed ? "in/a.warc.gz" : "in/a.warc", file);
  Desk desk("sources:\n  - {id: a, kind: warc, path: '" + folder.path("in") + "', publisher: KR-MOFA}\n");
  const auto report = desk.pull();
  INFO(report.error);
  CHECK(report.status == PullStatus::well);
  CHECK(report.fresh == 3);
  CHECK(report.revised == 1);
  CHECK(desk.counts().releases == 3);
  CHECK(desk.release("a", "http://mfa.tests.invalid/n/1")->text.find("A word more.") != std::string::npos);
  CHECK(desk.pull().found == 0);
  // More of it: the file is read again, and what is known stays as it is.
  file += compressed ? gzipped(warc_record("response", "http://mfa.tests.invalid/n/4", "2023-08-01T00:00:00Z",
                                           http_block(release_page(4))))
                     : warc_record("response", "http://mfa.tests.invalid/n/4", "2023-08-01T00:00:00Z",
                                   http_block(release_page(4)));
  folder.write(compressed ? "in/a.warc.gz" : "in/a.warc", file);
  const auto third = desk.pull();
  CHECK(third.fresh == 1);
  CHECK(third.revised == 0);
}

TEST_CASE("an archive that is cut off gives what stands before the cut, and says where it ends") {
  const Folder folder;
  std::string file =
      warc_record("response", "http://mfa.tests.invalid/n/1", "2023-06-01T00:00:00Z", http_block(release_page(1)));
  file += warc_record("response", "http://mfa.tests.invalid/n/2", "2023-06-01T00:00:00Z", http_block(release_page(2)))
              .substr(0, 400);
  folder.write("a.warc", file);
  Desk desk("sources:\n  - {id: a, kind: warc, path: '" + folder.path("a.warc") + "', publisher: KR-MOFA}\n");
  const auto report = desk.pull();
  CHECK(report.status == PullStatus::partly);
  CHECK(report.fresh == 1);
  CHECK(report.error.find("from byte") != std::string::npos);
}

TEST_CASE("a table with a mapping is read row by row, again when it changes, and its bad rows are told") {
  const Folder folder;
  const std::string header = "no,guest,land,day\n";
  const std::string rows = "1,President Ana Silva,Chile,2013-04-16\n2,President Berta Coll,Atlantis,2013-04-17\n";
  folder.write("book.yaml",
               "format: csv\nid: '{no}'\npublished: '{day}'\nsentence: '{guest} of {land} visited Kazakhstan on {day}.'\n"
               "type: visit\nfrom: '{day}'\nparties:\n  - {name: '{land}', role: guest, officials: true}\n"
               "  - {name: 'country:KZ', role: host}\n");
  folder.write("in/book.csv", header + rows);
  Desk desk("sources:\n  - {id: a, kind: table, path: '" + folder.path("in") + "', mapping: '" + folder.path("book.yaml") + "'}\n");
  const auto first = desk.pull();
  INFO(first.error);
  CHECK(first.status == PullStatus::well);
  CHECK(first.fresh == 1);
  CHECK(first.claims == 1);
  CHECK(first.refused == 1);
  CHECK(desk.page("a", "file:book.csv")->trouble.find("line 3: 'Atlantis'") != std::string::npos);
  CHECK(desk.pull().found == 0);
  folder.write("in/book.csv", header + rows + "3,President Carla Pons,Peru,2013-04-18\n");
  const auto third = desk.pull();
  CHECK(third.fresh == 1);
  CHECK(third.known == 1);
  CHECK(desk.counts().releases == 2);
  const auto health = desk.health("a");
  CHECK(health.releases == 2);
  CHECK(health.with_events == Approx(1.0));
  CHECK(health.last_published == parse_iso_date("2013-04-18"));
  CHECK(health.last_new.has_value());
  CHECK_FALSE(health.broken());

  Desk lost("sources:\n  - {id: a, kind: table, path: '" + folder.path("in") + "', mapping: gone}\n");
  CHECK(lost.pull().status == PullStatus::failed);
}
