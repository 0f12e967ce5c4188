#include "importers/clean/html/metadata.h"

#include <catch2/catch.hpp>

#include "tests/importers/clean/support.h"

using namespace entente::importers;

namespace {

html::Metadata of(const std::string& head) { return html::metadata_of(html::parse(head)); }

std::string date_of(const std::string& head) {
  const auto found = of(head).published;
  return found ? entente::to_iso(*found) : "none";
}

// A page with nothing said in its head: what stands above and below the title.
std::string date_of_page(const std::string& above, const std::string& below, const std::string& after,
                         const std::string& name = "a.html") {
  const auto clean = test::clean_bytes(
      name, "<html><body><div>" + above + "</div><h1>The two ministers meet again</h1><div>" + below +
                "</div><p>The ministers met for an hour and spoke about the bridge over the river.</p>" + after +
                "</body></html>");
  REQUIRE(clean.ok());
  return clean->published ? entente::to_iso(*clean->published) : "none";
}

}  // namespace

TEST_CASE("the date of publication is found in the head") {
  struct Case {
    const char* head;
    const char* date;
  };
  const auto one = GENERATE(values<Case>({
      {"<meta property='article:published_time' content='2020-11-19T10:00:00+09:00'>", "2020-11-19"},
      {"<meta name=DC.date.issued content=2018-02-01>", "2018-02-01"},
      {"<meta name='date' content='19 November 2020'>", "2020-11-19"},
      {"<meta name='pubdate' content='20201119'>", "none"},
      {"<meta property='article:modified_time' content='2020-11-19'>", "none"},
      {"<meta name=date content=2001-01-01><meta property='article:published_time' content='2020-11-19'>",
       "2020-11-19"},
      {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-11-19\"}</script>",
       "2020-11-19"},
      {"<script "
       "type='application/"
       "ld+json'>[{\"@graph\":[{\"@type\":[\"Thing\",\"Article\"],\"datePublished\":\"2020-11-19T00:00Z\"}]}]</script>",
       "2020-11-19"},
      {"<script type='application/ld+json'>{\"@type\":\"Event\",\"datePublished\":\"2020-11-19\"}</script>", "none"},
      {"<script type='application/ld+json'>{broken</script>", "none"},
      {"<body><time itemprop=datePublished datetime='2020-11-19'>yesterday</time>", "2020-11-19"},
      {"<body><span itemprop='datePublished'>19.11.2020</span>", "2020-11-19"},
  }));
  INFO(one.head);
  CHECK(date_of(one.head) == one.date);
}

TEST_CASE("titles, publisher, language and address are found in the head") {
  const auto found =
      of("<html lang=fr><head><title>Titre - Site</title><meta property='og:title' content='Titre &amp; suite'>"
         "<meta property='og:site_name' content='Le Site'><link rel=canonical href='https://a.example/1'></head>");
  CHECK(found.head_title == "Titre - Site");
  REQUIRE(found.titles.size() == 1);
  CHECK(found.titles[0] == "Titre & suite");
  CHECK(found.publisher == "Le Site");
  CHECK(found.language == "fr");
  CHECK(found.url == "https://a.example/1");
}

TEST_CASE("where the head says nothing, the date beside the title counts, then the one at the end, then the address") {
  CHECK(date_of_page("", "Posted on 3 May 2015", "") == "2015-05-03");
  CHECK(date_of_page("3 May 2015 | News", "", "") == "2015-05-03");
  CHECK(date_of_page("", "<time datetime='2015-05-03'>last week</time>", "") == "none");
  CHECK(date_of_page("", "Last updated: 3 May 2015", "") == "none");
  CHECK(date_of_page("", "Last updated: 3 May 2015", "<p>Tarn, 1 May 2015</p>") == "2015-05-01");
  CHECK(date_of_page("", "", "", "https://a.example/2015/05/03/meeting.html") == "2015-05-03");
  CHECK(date_of_page("", "", "", "news-2015-05-03.html") == "2015-05-03");
  CHECK(date_of_page("", "", "") == "none");
}

TEST_CASE("the line that dates the page is no text of the release; a date that heads a part of it is") {
  const auto clean = test::clean_bytes(
      "a.html",
      "<html><head><meta name=date content=2015-05-09></head><body><h1>Diary of the Minister</h1><p>9 May 2015</p>"
      "<p>3 May 2015</p><p>The Minister received the Ambassador of Arvale in the morning.</p></body></html>");
  REQUIRE(clean.ok());
  CHECK(clean->text.find("9 May 2015") == std::string::npos);
  REQUIRE(clean->blocks.size() == 3);
  CHECK(test::text_of(*clean, clean->blocks[1]) == "3 May 2015");
  CHECK(clean->blocks[1].kind == BlockKind::heading);
}

TEST_CASE("a date behind a word that says so goes before one that only stands nearer") {
  CHECK(date_of_page("Today: Thursday, 5 March 2020", "Published: Monday, 4 May 2015", "") == "2015-05-04");
  CHECK(date_of_page("Printed on 5 March 2020", "", "<p>Posted: 3 May 2015<br>Read 12 times</p>") == "2015-05-03");
  CHECK(date_of_page("", "<a href=#>Share</a><span>Publicado em</span> 03/05/2015 15h12", "") == "2015-05-03");
  CHECK(date_of_page("", "<dl><dt>Issued</dt><dd>3 May 2015</dd></dl>", "") == "2015-05-03");
  CHECK(date_of_page("", "Printed on 5 March 2020", "") == "none");
  CHECK(date_of_page("", "<table><tr><th>등록일</th><td>2015-05-03</td><th>조회수</th><td>12</td></tr></table>", "") ==
        "2015-05-03");
}

TEST_CASE("years of eras, and of a calendar that is not ours, are told from those of the common era") {
  CHECK(date_of_page("", "令和2年11月19日", "") == "2020-11-19");
  CHECK(date_of_page("", "平成元年1月8日", "") == "1989-01-08");
  CHECK(date_of_page("", "中華民國110年5月3日", "") == "2021-05-03");
  CHECK(date_of_page("", "Thursday 1446/6/4 - 2024/12/05", "") == "2024-12-05");
}
