#include "importers/sources/discover.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "importers/read/charset.h"
#include "importers/sources/feed.h"
#include "importers/sources/gunzip.h"
#include "importers/sources/listing.h"
#include "importers/sources/sitemap.h"
#include "importers/sources/xml.h"

namespace entente::importers {
namespace {

constexpr std::size_t kSitemapBytesMax = 52U << 20U;
constexpr std::size_t kFeedsMax = 5;  // that a page names and that are looked at

Result<Fetched> get(const std::string& url, const Manners& manners, Fetcher& fetcher) {
  std::optional<Result<Fetched>> got;
  Fetch fetch;
  fetch.url = url;
  fetch.manners = manners;
  fetcher.fetch(std::move(fetch), [&got](Result<Fetched> answer) { got = std::move(answer); });
  while (!got) fetcher.step(1000);
  if (!*got) return *got;
  if (!(*got)->ok())
    return Error{ErrorCode::not_found, fmt::format("{}: the server answered {}", url, (*got)->status), {}};
  return *got;
}

struct Named {
  std::vector<std::string> feeds;
  std::string title;
};

Named named_by(const std::string& text, const Url& base) {
  Named out;
  const XmlDocument document = html_tree(text);
  const xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) return out;
  for (const xmlNode* at = root->children; at != nullptr; at = next_under(at, root)) {
    const auto name = local_name(*at);
    if (name == "title" && out.title.empty()) out.title = text_under(*at);
    if (name != "link" || attribute_of(*at, "rel").find("alternate") == std::string::npos) continue;
    const std::string type = attribute_of(*at, "type");
    if (type.find("rss") == std::string::npos && type.find("atom") == std::string::npos) continue;
    // Comments are no releases.
    if (attribute_of(*at, "href").find("comments") != std::string::npos) continue;
    if (const auto url = resolve_url(base, attribute_of(*at, "href"))) out.feeds.push_back(url->to_text());
  }
  return out;
}

std::optional<Proposal> feed_at(const std::string& url, const std::string& why, const Manners& manners,
                                Fetcher& fetcher) {
  const auto got = get(url, manners, fetcher);
  const auto base = got ? parse_url(got->url) : std::nullopt;
  if (!base) return std::nullopt;
  auto feed = read_feed(as_utf8(got->body, got->content_type), *base);
  if (!feed || feed->listing.items.empty()) return std::nullopt;
  return Proposal{SourceKind::feed, url, why, feed->title, {}, std::move(feed->listing.items)};
}

std::optional<Proposal> sitemap_at(const std::string& url, const Manners& manners, Fetcher& fetcher) {
  const auto got = get(url, manners, fetcher);
  const auto base = got ? parse_url(got->url) : std::nullopt;
  if (!base) return std::nullopt;
  std::string bytes = got->body;
  if (is_gzip(bytes)) {
    auto whole = gunzip(bytes, kSitemapBytesMax);
    if (!whole) return std::nullopt;
    bytes = std::move(*whole);
  }
  auto map = read_sitemap(as_utf8(bytes, got->content_type), *base);
  if (!map || (map->pages.empty() && map->maps.empty())) return std::nullopt;
  const bool index = map->pages.empty();
  return Proposal{
      SourceKind::sitemap, url, "robots.txt names it", {}, {}, index ? std::move(map->maps) : std::move(map->pages)};
}

bool begins_with_tag(const std::string& text, std::initializer_list<const char*> tags) {
  const std::string head = text.substr(0, 2000);
  return std::any_of(tags.begin(), tags.end(), [&](const char* tag) { return head.find(tag) != std::string::npos; });
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + "'";
}

}  // namespace

Result<std::vector<Proposal>> discover(const std::string& url, const Manners& manners, Fetcher& fetcher) {
  const auto page = get(url, manners, fetcher);
  if (!page) return page.error();
  const auto base = parse_url(page->url);
  if (!base) return Error{ErrorCode::invalid_argument, page->url + " is no address of a page", {}};
  const std::string text = as_utf8(page->body, page->content_type);
  const std::string language = declared_language(text);
  std::vector<Proposal> out;
  if (begins_with_tag(text, {"<rss", "<feed", "<rdf:RDF"})) {
    if (auto feed = feed_at(url, "the address is a feed", manners, fetcher)) out.push_back(std::move(*feed));
  } else if (begins_with_tag(text, {"<urlset", "<sitemapindex"})) {
    if (auto map = sitemap_at(url, manners, fetcher)) {
      map->why = "the address is a sitemap";
      out.push_back(std::move(*map));
    }
  } else if (const auto first = text.find_first_not_of(" \t\r\n");
             first != std::string::npos && (text[first] == '{' || text[first] == '[')) {
    if (auto list = read_json_listing(text, *base, {}, language); list && !list->items.empty())
      out.push_back({SourceKind::json, url, "the address is a list in JSON", {}, {}, std::move(list->items)});
  } else {
    const Named named = named_by(text, *base);
    for (std::size_t i = 0; i < named.feeds.size() && i < kFeedsMax; ++i)
      if (auto feed = feed_at(named.feeds[i], "the page names it: <link rel=alternate>", manners, fetcher))
        out.push_back(std::move(*feed));
    Listing listing = read_listing(text, *base, {}, language);
    if (!listing.items.empty())
      out.push_back({SourceKind::listing,
                     url,
                     "links that stand alike on the page, with words like titles",
                     named.title,
                     {},
                     std::move(listing.items)});
    std::optional<Robots> robots;
    bool told = false;
    fetcher.robots(url, manners, [&](std::optional<Robots> answer) {
      robots = std::move(answer);
      told = true;
    });
    while (!told) fetcher.step(1000);
    if (robots && !robots->sitemaps.empty())
      if (auto map = sitemap_at(robots->sitemaps.front(), manners, fetcher)) out.push_back(std::move(*map));
    for (Proposal& proposal : out)
      if (proposal.name.empty()) proposal.name = named.title;
  }
  for (Proposal& proposal : out) proposal.language = language;
  if (out.empty())
    return Error{ErrorCode::not_found,
                 url +
                     ": the page names no feed, its site no sitemap, and no links on it read like a list of releases; "
                     "write an entry with link: by hand",
                 {}};
  return out;
}

std::string id_for(const std::string& url) {
  const auto parsed = parse_url(url);
  if (!parsed) return "source";
  std::string host = parsed->host.starts_with("www.") ? parsed->host.substr(4) : parsed->host;
  std::string path = parsed->path;
  // The ending of a file says nothing of what is in it.
  if (const auto dot = path.rfind('.'); dot != std::string::npos && dot > path.rfind('/')) path.resize(dot);
  std::string out;
  for (const char c : host + "/" + path) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    const bool kept = (low >= 'a' && low <= 'z') || (low >= '0' && low <= '9') || low == '.' || low == '_';
    if (kept)
      out += low;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  constexpr std::size_t kIdBytesMax = 80;
  return out.substr(0, kIdBytesMax);
}

std::string entry_text(const std::string& id, const Proposal& proposal, bool private_addresses) {
  std::string out = fmt::format("  - id: {}\n", id);
  if (!proposal.name.empty()) out += fmt::format("    name: {}\n", quoted(proposal.name));
  out += fmt::format("    kind: {}\n    url: {}\n", to_string(proposal.kind), quoted(proposal.url));
  if (!proposal.language.empty()) out += fmt::format("    language: {}\n", quoted(proposal.language));
  if (private_addresses) out += "    private_addresses: true\n";
  return out + "    enabled: true\n";
}

}  // namespace entente::importers
