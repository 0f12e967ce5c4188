// Addresses, robots.txt, addresses inside networks.
#include <catch2/catch.hpp>

#include "importers/sources/addresses.h"
#include "importers/sources/robots.h"
#include "importers/sources/url.h"

using namespace entente::importers;

namespace {

std::string canonical(const std::string& text) {
  const auto url = parse_url(text);
  return url ? canonical_url(*url) : "none";
}

std::string joined(const std::string& base, const std::string& reference) {
  const auto url = resolve_url(parse_url(base).value(), reference);
  return url ? url->to_text() : "none";
}

}  // namespace

TEST_CASE("all ways to write one page's address are one") {
  const std::string page = "https://mfa.example/en/news/1";
  for (const char* const text :
       {"https://mfa.example/en/news/1", "http://mfa.example/en/news/1", "HTTPS://MFA.example:443/en/news/1/",
        "http://mfa.example:80/en/news/1#top", "https://mfa.example/en/news/1?utm_source=x&utm_medium=y",
        "https://mfa.example/en/./news/../news/1?fbclid=1", "https://mfa.example/%65n/news/1",
        "  https://mfa.example/en/news/1;jsessionid=AB12 "})
    CHECK(canonical(text) == page);
  CHECK(canonical("https://mfa.example/?b=2&a=1&utm_campaign=z") == "https://mfa.example/?a=1&b=2");
  CHECK(canonical("https://mfa.example/a%2fb%c3%a9") == "https://mfa.example/a%2Fb%C3%A9");
  CHECK(canonical("https://mfa.example/?q=5%&r=%%331") == "https://mfa.example/?q=5%25&r=%2531");
}

TEST_CASE("other pages stay other pages") {
  CHECK(canonical("https://mfa.example/News") != canonical("https://mfa.example/news"));
  CHECK(canonical("https://mfa.example:8443/a") != canonical("https://mfa.example/a"));
  CHECK(canonical("https://mfa.example/a?id=1") != canonical("https://mfa.example/a?id=2"));
  CHECK(canonical("https://mfa.example/a%2Fb") != canonical("https://mfa.example/a/b"));
}

TEST_CASE("what is no address of a page is none") {
  for (const char* const text : {"", "mfa.example", "ftp://mfa.example/", "javascript:alert(1)", "http://",
                                 "https://user:pass@mfa.example/", "file:///etc/passwd"})
    CHECK(canonical(text) == "none");
  CHECK(canonical("https://mfa.example/" + std::string(5000, 'a')) == "none");
}

TEST_CASE("references are meant from the page they stand on") {
  const std::string base = "https://mfa.example/en/news/list.html?page=2";
  CHECK(joined(base, "1.html") == "https://mfa.example/en/news/1.html");
  CHECK(joined(base, "../a b.html") == "https://mfa.example/en/a%20b.html");
  CHECK(joined(base, "/x") == "https://mfa.example/x");
  CHECK(joined(base, "//other.example/x") == "https://other.example/x");
  CHECK(joined(base, "?page=3") == "https://mfa.example/en/news/list.html?page=3");
  CHECK(joined(base, "http://other.example/x#y") == "http://other.example/x");
  for (const char* const nowhere : {"#top", "", "mailto:a@b.c", "javascript:void(0)", "tel:1"})
    CHECK(joined(base, nowhere) == "none");
}

TEST_CASE("patterns of paths are what RFC 9309 has") {
  CHECK(matches_path("/", "/anything"));
  CHECK(matches_path("/fish", "/fish/salmon.html"));
  CHECK_FALSE(matches_path("/fish", "/Fish.asp"));
  CHECK(matches_path("/fish*", "/fish.php"));
  CHECK(matches_path("/*.php", "/folder/filename.php?parameters"));
  CHECK(matches_path("/*.php$", "/folder/filename.php"));
  CHECK_FALSE(matches_path("/*.php$", "/filename.php?parameters"));
  CHECK(matches_path("/fish*.php", "/fishheads/catfish.php?parameters"));
  CHECK_FALSE(matches_path("/fish*.php", "/Fish.PHP"));
  CHECK(matches_path("*", ""));
  CHECK(matches_path("$", ""));
  CHECK_FALSE(matches_path("/a$", "/ab"));
  CHECK(matches_path("/*a*b*$", "/xaybz"));
}

TEST_CASE("the longest rule decides, and of equal ones the one that allows") {
  const Robots robots =
      parse_robots("User-agent: *\nDisallow: /\nAllow: /p\nDisallow: /page*.htm\nAllow: /page$\n", "entente");
  CHECK(robots.allows("/p"));
  CHECK(robots.allows("/page"));
  CHECK_FALSE(robots.allows("/page.htm"));
  CHECK_FALSE(robots.allows("/x"));
  CHECK(robots.allows("/robots.txt"));
  const Robots equal = parse_robots("user-agent: *\nallow: /page\ndisallow: /page\n", "entente");
  CHECK(equal.allows("/page"));
}

TEST_CASE("the groups that name us go before those for everybody, and several are one") {
  const std::string text =
      "# a comment\nUser-Agent: other\nDisallow: /other\n\nUser-agent: *\nDisallow: /all\nCrawl-delay: "
      "20\n\nuser-agent: Entente/2.0\nuser-agent: third\nDisallow: /ours # why\nCrawl-delay: 1.5\n"
      "\nUser-agent: ENTENTE\nDisallow: /also\nSitemap: https://mfa.example/sitemap.xml\n";
  const Robots ours = parse_robots(text, "entente/0.1 (+mailto:x@y.z)");
  CHECK_FALSE(ours.allows("/ours"));
  CHECK_FALSE(ours.allows("/also"));
  CHECK(ours.allows("/all"));
  CHECK(ours.allows("/other"));
  CHECK(ours.crawl_delay_ms == 1500);
  CHECK(ours.sitemaps == std::vector<std::string>{"https://mfa.example/sitemap.xml"});
  const Robots anybody = parse_robots(text, "somebody");
  CHECK_FALSE(anybody.allows("/all"));
  CHECK(anybody.allows("/ours"));
  CHECK(anybody.crawl_delay_ms == 20'000);
}

TEST_CASE("robots.txt of any bytes is read") {
  CHECK(parse_robots("", "entente").allows("/"));
  CHECK(parse_robots("<html><body>Not found</body></html>", "entente").allows("/"));
  CHECK_FALSE(parse_robots("\xEF\xBB\xBFUser-agent: *\rDisallow: /a\r", "entente").allows("/a"));
  CHECK(parse_robots("Disallow: /\n", "entente").allows("/"));
  CHECK(parse_robots("User-agent: *\nDisallow:\n", "entente").allows("/"));
  CHECK_FALSE(parse_robots("User-agent: *\nDisallow: /a%7Eb\n", "entente").allows("/a~b"));
  CHECK_FALSE(parse_robots("User-agent: *\nCrawl-delay: x\nDisallow: /\n", "entente").allows("/"));
}

TEST_CASE("addresses inside networks are told from those outside") {
  for (const char* const inside : {"0.0.0.0",
                                   "10.1.2.3",
                                   "100.64.0.1",
                                   "127.0.0.1",
                                   "127.255.0.9",
                                   "169.254.169.254",
                                   "172.16.0.1",
                                   "172.31.255.255",
                                   "192.168.1.1",
                                   "198.18.0.1",
                                   "224.0.0.1",
                                   "255.255.255.255",
                                   "::",
                                   "::1",
                                   "[::1]",
                                   "fe80::1",
                                   "fe80::1%eth0",
                                   "fc00::1",
                                   "fd12::1",
                                   "::ffff:10.0.0.1",
                                   "64:ff9b::7f00:1",
                                   "2002:7f00:1::",
                                   "ff02::1",
                                   "2001:db8::1"})
    CHECK(is_private_address(std::string(inside)));
  for (const char* const outside : {"1.1.1.1", "8.8.8.8", "172.32.0.1", "172.15.255.255", "100.128.0.1", "192.167.1.1",
                                    "2606:4700::1111", "::ffff:8.8.8.8", "mfa.example"})
    CHECK_FALSE(is_private_address(std::string(outside)));
}
