// Bytes from strangers into what reads sources. The first byte chooses the format.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "importers/sources/config.h"
#include "importers/sources/feed.h"
#include "importers/sources/fetcher.h"
#include "importers/sources/gunzip.h"
#include "importers/sources/json_listing.h"
#include "importers/sources/listing.h"
#include "importers/sources/mail.h"
#include "importers/sources/robots.h"
#include "importers/sources/sitemap.h"
#include "importers/sources/state.h"
#include "importers/sources/warc.h"
#include "importers/sources/xml.h"

using namespace entente::importers;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

const Url& base() {
  static const Url url = parse_url("https://mfa.example/en/press/").value();
  return url;
}

void check_items(const std::vector<ListedPage>& items) {
  require(items.size() <= kItemsMax);
  for (const ListedPage& item : items) {
    const auto url = parse_url(item.url);
    require(url.has_value());
    // The canonical form of a canonical form is itself.
    const auto again = parse_url(canonical_url(*url));
    if (again) require(canonical_url(*again) == canonical_url(*url));
  }
}

void feed(const std::string& bytes) {
  const auto read = read_feed(as_utf8(bytes, ""), base());
  if (read) check_items(read->listing.items);
}

void sitemap(const std::string& bytes) {
  const auto read = read_sitemap(as_utf8(bytes, ""), base());
  if (!read) return;
  check_items(read->pages);
  check_items(read->maps);
}

void listing(const std::string& bytes) {
  check_items(read_listing(as_utf8(bytes, "text/html; charset=utf-8"), base(), {}, "en").items);
  ListingSelectors selectors;
  selectors.item = Selector::parse("li, div.row, article").value();
  selectors.link = Selector::parse("a").value();
  check_items(read_listing(as_utf8(bytes, ""), base(), selectors, "").items);
}

void json(const std::string& bytes) {
  const auto read = read_json_listing(bytes, base(), {}, "en");
  if (read) check_items(read->items);
}

void warc(const std::string& bytes) {
  const int descriptor = ::memfd_create("warc", MFD_CLOEXEC);
  require(descriptor >= 0 && ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  std::vector<std::uint64_t> places;
  {
    auto reader = WarcReader::open(path, 0);
    require(reader.ok());
    while (true) {
      const std::uint64_t before = (*reader)->offset();
      require(places.empty() || before >= places.back());
      places.push_back(before);
      const auto page = (*reader)->next(1U << 20U);
      if (!page || !page->has_value()) break;
      require((*page)->body.size() <= 1U << 20U);
    }
  }
  ::close(descriptor);
  if (const auto answer = read_http_answer(bytes, 1U << 20U)) require(answer->body.size() <= 1U << 20U);
}

void robots(const std::string& bytes) {
  const Robots read = parse_robots(bytes, "entente");
  require(read.rules.size() <= kRobotsRulesMax);
  require(read.allows("/robots.txt"));
  read.allows("/en/press/1?a=b");
}

void yaml(const std::string& bytes) {
  const auto read = parse_sources(bytes, "fuzz.yaml");
  for (const auto& problem : read.problems) require(!problem.what.empty() && problem.line >= 0);
  for (const auto& source : read.config.sources) require(!source.id.empty());
}

void mail(const std::string& bytes) {
  const auto read = read_mail(bytes);
  if (read) require(!read->body.empty());
}

void selector(const std::string& bytes) {
  const auto read = Selector::parse(bytes);
  if (!read) return;
  const XmlDocument page =
      html_tree("<html><body><div class='a b'><h3><a href='/1'>x</a></h3><p>y</p></div></body></html>");
  read->all(*xmlDocGetRootElement(page.get()));
}

void compressed(const std::string& bytes) {
  if (const auto out = gunzip(bytes, 1U << 20U)) require(out->size() <= 1U << 20U);
  if (const auto out = inflate(bytes, 1U << 20U)) require(out->size() <= 1U << 20U);
}

void state(const std::string& bytes) {
  if (const auto page = decode_page_state(bytes)) require(decode_page_state(encode(*page)).has_value());
  if (const auto source = decode_source_state(bytes)) require(decode_source_state(encode(*source)).has_value());
  retry_after_ms(bytes, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array kFormats{&feed, &sitemap, &listing,  &json,       &warc, &robots,
                                       &yaml, &mail,    &selector, &compressed, &state};
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  // Letters, so that a corpus can be written by hand: 'a' is a feed, 'b' a sitemap ...
  kFormats[static_cast<std::size_t>(data[0] + 256 - 'a') % kFormats.size()](bytes);
  return 0;
}
