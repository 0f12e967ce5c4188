// Selectors, guessing what a page lists, feeds, JSON, mail, compressed bytes.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "importers/sources/feed.h"
#include "importers/sources/gunzip.h"
#include "importers/sources/health.h"
#include "importers/sources/json_listing.h"
#include "importers/sources/listing.h"
#include "importers/sources/mail.h"
#include "importers/sources/state.h"

using namespace entente;
using namespace entente::importers;

namespace {

const Url kBase = parse_url("https://mfa.example/en/press/").value();

std::vector<std::string> selected(const std::string& selector, const std::string& html) {
  const auto parsed = Selector::parse(selector);
  INFO(selector);
  if (!parsed.ok()) FAIL(parsed.error().message);
  const XmlDocument document = html_tree(html);
  std::vector<std::string> out;
  for (const xmlNode* const part : parsed->all(*xmlDocGetRootElement(document.get()))) out.push_back(said_by(*part));
  return out;
}

using Texts = std::vector<std::string>;

std::string paths_of(const std::vector<ListedPage>& items) {
  std::string out;
  for (const ListedPage& item : items) {
    out += (out.empty() ? "" : " ") + parse_url(item.url)->path;
    if (item.date) out += "@" + to_iso(*item.date);
  }
  return out;
}

}  // namespace

TEST_CASE("CSS selectors find what they name") {
  const std::string html =
      "<div class='news row' id=first><h3><a href='/1' title='One'>A</a></h3><p>p1</p><p class='x y'>p2</p><p "
      "lang='en-GB'>p3</p></div>"
      "<div class='news'><h3>B</h3><span data-a='abc'>s</span></div><ul><li>1</li><li>2</li><li>3</li><li>4</li></ul>";
  CHECK(selected("h3", html) == Texts{"A", "B"});
  CHECK(selected("div.news.row h3", html) == Texts{"A"});
  CHECK(selected("#first > p", html) == Texts{"p1", "p2", "p3"});
  CHECK(selected("p.y", html) == Texts{"p2"});
  CHECK(selected(".row a::attr(href)", html) == Texts{"/1"});
  CHECK(selected("a[title]", html) == Texts{"A"});
  CHECK(selected("a[href^='/']", html) == Texts{"A"});
  CHECK(selected("span[data-a*=b]", html) == Texts{"s"});
  CHECK(selected("span[data-a$=\"bc\"]", html) == Texts{"s"});
  CHECK(selected("p[lang|=en]", html) == Texts{"p3"});
  CHECK(selected("p[class~=x]", html) == Texts{"p2"});
  CHECK(selected("h3 + p", html) == Texts{"p1"});
  CHECK(selected("h3 ~ p", html) == Texts{"p1", "p2", "p3"});
  CHECK(selected("li:first-child, li:last-child", html) == Texts{"1", "4"});
  CHECK(selected("li:nth-child(2)", html) == Texts{"2"});
  CHECK(selected("li:nth-child(odd)", html) == Texts{"1", "3"});
  CHECK(selected("li:nth-child(2n)", html) == Texts{"2", "4"});
  CHECK(selected("p:not(.x)", html) == Texts{"p1", "p3"});
  CHECK(selected("div.news:not(.row) > h3", html) == Texts{"B"});
  CHECK(selected("h3:contains('B')", html) == Texts{"B"});
  CHECK(selected("*.row > h3", html) == Texts{"A"});
  CHECK(selected("p::text", html) == Texts{"p1", "p2", "p3"});
}

TEST_CASE("XPath is meant from the part at hand, and knows has-class") {
  const std::string html = "<div class='a b'><p>1</p></div><div class='ab'><p>2</p></div>";
  CHECK(selected("//div[has-class(\"b\")]/p", html) == Texts{"1"});
  CHECK(selected("//p | //div/@class", html).size() == 4);
  CHECK(selected("xpath:descendant::p[2]", html) == Texts{"2"});
}

TEST_CASE("what is no selector is told with the place") {
  for (const char* const text : {"", "div >", "div[", "p:hover-ish", "a[href", "//a[", "a::before", "p:nth-child(x)"}) {
    INFO(text);
    const auto parsed = Selector::parse(text);
    REQUIRE_FALSE(parsed.ok());
    CHECK_FALSE(parsed.error().message.empty());
  }
}

TEST_CASE("a page's structure shows which of its links are releases, in a dozen layouts") {
  const auto title = [](int n) {
    return fmt::format("Minister receives the ambassador of country number {} in the capital", n);
  };
  struct Layout {
    const char* name;
    std::string before, row, after;  // {0} number, {1} title, {2} day
  };
  const std::string menu =
      "<ul class=menu><li><a href='/about-the-ministry-and-history'>About the ministry and its long "
      "history</a></li><li><a href='/structure-of-the-ministry'>The structure of the ministry today</a></li>"
      "<li><a href='/list-of-all-embassies'>The list of all embassies and consulates</a></li></ul>";
  const std::vector<Layout> layouts{
      {"list", "<ul>", "<li><a href='/n/{0}'>{1}</a> <span>{2}</span></li>", "</ul>"},
      {"headings", "", "<h3><a href='/n/{0}'>{1}</a></h3><p>{2} Some words about it.</p>", ""},
      {"table", "<table>", "<tr><td>{2}</td><td><a href='/n/{0}'>{1}</a></td></tr>", "</table>"},
      {"cards", "<div class=grid>",
       "<div class='card card-{0}'><a href='/n/{0}'><img src=x></a><h4><a href='/n/{0}'>{1}</a></h4><time "
       "datetime='{2}'>today</time><a href='/n/{0}'>Read more</a></div>",
       "</div>"},
      {"articles", "<main>",
       "<article class='post-{0} odd'><header><h2><a href='/n/{0}'>{1}</a></h2></header><div>{2}</div></article>",
       "</main>"},
      {"whole link", "", "<a class=item href='/n/{0}'><span class=day>{2}</span><span class=t>{1}</span></a>", ""},
      {"definition", "<dl>", "<dt>{2}</dt><dd><a href='/n/{0}'>{1}</a></dd>", "</dl>"},
      {"nested", "<div><div><div>",
       "<div class=views-row><div class=views-field><span><a href='/n/{0}'>{1}</a></span></div><div "
       "class=d>{2}</div></div>",
       "</div></div></div>"},
      {"paragraphs", "", "<p>{2} <a href='/n/{0}'>{1}</a></p>", ""},
      {"without days", "<ol>", "<li><a href='/n/{0}'>{1}</a></li>", "</ol>"},
      {"relative", "<ul>", "<li><a href='../../n/{0}'>{1}</a></li>", "</ul>"},
      {"broken", "<ul>", "<li><a href='/n/{0}'>{1}</a> {2}", ""},
  };
  for (const Layout& layout : layouts) {
    std::string html = "<html><body>" + menu + layout.before;
    for (int n = 1; n <= 5; ++n)
      html += fmt::format(fmt::runtime(layout.row), n, title(n), "2023-03-0" + std::to_string(n));
    html += layout.after +
            "<footer><a href='/privacy-policy-and-terms-of-use'>Privacy policy and terms of use of this "
            "site</a></footer></body></html>";
    const Listing listing = read_listing(html, kBase, {}, "en");
    INFO(layout.name << " " << paths_of(listing.items));
    REQUIRE(listing.items.size() == 5);
    for (int n = 1; n <= 5; ++n) {
      const ListedPage& item = listing.items[static_cast<std::size_t>(n - 1)];
      CHECK(item.url == "https://mfa.example/n/" + std::to_string(n));
      CHECK(item.title.find(title(n)) != std::string::npos);
    }
    const std::string name = layout.name;
    if (name != "without days" && name != "relative" && name != "definition" && name != "headings")
      CHECK(listing.items[2].date == CivilDate{2023, 3, 3});
  }
}

TEST_CASE("a page without a list gives none") {
  CHECK(read_listing("<html><body><p>Nothing <a href='/a'>here</a>, nothing <a href='/b'>there</a>.</p></body></html>",
                     kBase, {}, "")
            .items.empty());
  CHECK(read_listing("", kBase, {}, "").items.empty());
  CHECK(read_listing("<", kBase, {}, "").items.empty());
}

TEST_CASE("feeds of every kind give their items") {
  const auto rdf = read_feed(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
      "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>News</title><link>https://mfa.example</link></"
      "channel>"
      "<item><title>One</title><link>https://mfa.example/1</link><dc:date>2023-03-04T10:00:00+09:00</dc:date></item></"
      "rdf:RDF>",
      kBase);
  REQUIRE(rdf.ok());
  CHECK(rdf->title == "News");
  CHECK(paths_of(rdf->listing.items) == "/1@2023-03-04");
  const auto guid = read_feed(
      "<rss><channel><item><guid>https://mfa.example/g</guid><pubDate>Sat, 04 Mar 2023 23:30:00 "
      "GMT</pubDate></item><item><guid isPermaLink='false'>https://mfa.example/no</guid></item></channel></rss>",
      kBase);
  REQUIRE(guid.ok());
  CHECK(paths_of(guid->listing.items) == "/g@2023-03-04");
  CHECK_FALSE(read_feed("", kBase).ok());
  CHECK_FALSE(read_feed("no xml at all", kBase).ok());
}

TEST_CASE("JSON that is no list is told from an empty one") {
  CHECK(read_json_listing("[]", kBase, {}, "").value().items.empty());
  CHECK_FALSE(read_json_listing("{", kBase, {}, "").ok());
  CHECK_FALSE(read_json_listing("{\"a\": 1}", kBase, {}, "").ok());
  CHECK_FALSE(read_json_listing("{\"a\": []}", kBase, {.items = "/b"}, "").ok());
  CHECK_FALSE(read_json_listing(std::string(1000, '['), kBase, {}, "").ok());
  const auto wordpress = read_json_listing(
      R"([{"id":7,"date":"2023-03-04T10:00:00","link":"https:\/\/mfa.example\/7","title":{"rendered":"A <b>B<\/b>"}}])",
      kBase, {}, "");
  REQUIRE(wordpress.ok());
  CHECK(paths_of(wordpress->items) == "/7@2023-03-04");
  CHECK(wordpress->items.front().title == "A B");
}

TEST_CASE("mail is decoded: words of headers, base64, charsets, parts within parts") {
  const auto mail = read_mail(
      "Subject: =?windows-1251?B?zODq?= =?windows-1251?B?8w==?=\r\n continued\r\nDate: 4 May 2023\r\nMessage-ID: "
      "<1@x>\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n"
      "--out\r\nContent-Type: multipart/alternative; boundary=\"in\"\r\n\r\n--in\r\nContent-Type: text/plain; "
      "charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--in--\r\n"
      "--out\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--out--\r\n");
  REQUIRE(mail.ok());
  CHECK(mail->body == "hello");
  CHECK(mail->id == "1@x");
  CHECK(mail->date == CivilDate{2023, 5, 4});
  CHECK(mail->subject.find("\xD0\x9C\xD0\xB0\xD0\xBA\xD1\x83") != std::string::npos);
  CHECK_FALSE(read_mail("Subject: x\n\n").ok());
  CHECK_FALSE(read_mail("").ok());
}

TEST_CASE("what is compressed comes back, and not past a bound") {
  const std::string text(100'000, 'x');
  CHECK_FALSE(gunzip("\x1F\x8B broken", 1000).ok());
  CHECK_FALSE(gunzip("", 1000).ok());
  CHECK_FALSE(is_gzip(text));
}

TEST_CASE("states come back as they were, and other bytes are none") {
  PageState page;
  page.status = PageStatus::read;
  page.url = "https://mfa.example/\"1\"";
  page.listed = CivilDate{2023, 3, 4};
  page.text_hash = 0xFFFF'FFFF'FFFF'FFFFULL;
  page.first_seen = {1'700'000'000'000'000};
  page.events = 3;
  page.has_title = true;
  CHECK(decode_page_state(encode(page)) == page);
  SourceState source;
  source.lists["https://mfa.example/feed"] = {"\"etag\"", "date", 7, "2023"};
  source.failing_since = RecordedTime{5};
  source.listed_most = 9;
  CHECK(decode_source_state(encode(source)) == source);
  for (const char* const bytes :
       {"", "{", "[]", "{\"status\":\"other\"}", "{\"status\":1}", "{\"status\":\"read\",\"url\":5}", "null"})
    CHECK_FALSE(decode_page_state(bytes));
  CHECK_FALSE(decode_source_state("[1]"));
  CHECK(decode_page_state(encode([] {
    PageState bad;
    bad.etag = "\xFF\xFE";
    return bad;
  }())));
}

namespace {

const RecordedTime kNow = RecordedTime::parse("2023-12-31T12:00:00Z").value();
constexpr std::int64_t kDayMicros = 86'400'000'000;

// A page read so many days before now.
PageState read_page(int days_ago, bool title = true, bool date = true, std::uint64_t events = 1) {
  PageState page;
  page.status = PageStatus::read;
  page.url = "https://mfa.example/" + std::to_string(days_ago);
  page.release = "release:0000000000000000";
  page.first_seen = {kNow.micros - days_ago * kDayMicros};
  if (date) page.published = to_civil(static_cast<Day>(page.first_seen.micros / kDayMicros));
  page.has_title = title;
  page.has_date = date;
  page.events = events;
  return page;
}

SourceState working() {
  SourceState source;
  source.first_success = source.last_success = source.last_attempt = kNow;
  source.listed = source.listed_most = 20;
  return source;
}

std::string evidence(const SourceState& source, const std::vector<PageState>& pages) {
  std::string out;
  for (const std::string& why : health_of(source, pages, kNow).evidence) out += why + "\n";
  return out;
}

}  // namespace

TEST_CASE("a source that publishes in its rhythm is well, be it every day or every month") {
  for (const int every : {1, 3, 7, 30}) {
    std::vector<PageState> pages;
    for (int i = 0; i < 30; ++i) pages.push_back(read_page(every / 2 + i * every));
    INFO(every);
    CHECK(evidence(working(), pages).empty());
  }
}

TEST_CASE("a source that has gone quiet against its own rhythm is broken") {
  std::vector<PageState> daily;
  for (int i = 0; i < 60; ++i) daily.push_back(read_page(30 + i));
  CHECK(evidence(working(), daily).find("quiet for 30 days, since 2023-12-01") != std::string::npos);
  std::vector<PageState> monthly;
  for (int i = 0; i < 20; ++i) monthly.push_back(read_page(30 + i * 30));
  CHECK(evidence(working(), monthly).empty());
  // Three weeks in summer every year are its rhythm, too.
  std::vector<PageState> with_holidays;
  for (int i = 0; i < 50; ++i) with_holidays.push_back(read_page(20 + i + (i > 10 ? 21 : 0)));
  CHECK(evidence(working(), with_holidays).empty());
}

TEST_CASE("pages that no longer give title, date or events are evidence") {
  std::vector<PageState> untitled;
  std::vector<PageState> undated;
  std::vector<PageState> eventless;
  std::vector<PageState> seldom;
  for (int i = 0; i < 40; ++i) {
    untitled.push_back(read_page(i, i >= 10));
    undated.push_back(read_page(i, true, i >= 10));
    eventless.push_back(read_page(i, true, true, i >= 12 ? 1 : 0));
    seldom.push_back(read_page(i, true, true, i % 10 == 9 ? 1 : 0));
  }
  CHECK(evidence(working(), untitled).find("of its last 10 pages none gave a title; of the 30 before them 30 did") !=
        std::string::npos);
  CHECK(evidence(working(), undated).find("a date") != std::string::npos);
  CHECK(evidence(working(), eventless).find("its last 12 pages gave no events") != std::string::npos);
  CHECK(evidence(working(), seldom).empty());
}

TEST_CASE("a list that fails or is empty is evidence, and a source never pulled is none") {
  SourceState failing = working();
  failing.failing_since = RecordedTime{kNow.micros - 5 * kDayMicros};
  failing.last_error = "the server answered 404";
  CHECK(evidence(failing, {}).find("failing since 2023-12-26: the server answered 404") != std::string::npos);
  SourceState empty = working();
  empty.listed = 0;
  CHECK(evidence(empty, {}).find("no links any more; it gave 20") != std::string::npos);
  CHECK(evidence({}, {}).empty());
  CHECK_FALSE(health_of({}, {}, kNow).pulled);
}
