#include "tests/pull/desk.h"

#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>

#include "importers/lexicon/lexicon.h"

namespace entente::test {

using namespace importers;

const TextLine& text_line() {
  static const Lexicon lexicon = [] {
    auto loaded = Lexicon::load(ENTENTE_DATA_FOLDER);
    REQUIRE(loaded.ok());
    return std::move(*loaded);
  }();
  static const TextLine line(lexicon);
  return line;
}

Desk::Desk(std::string yaml) : yaml_(std::move(yaml)), store_(storage::Store::in_memory(clock)) {}

std::vector<PullReport> Desk::pull_all(PullOptions options) {
  const std::string defaults = yaml_.find("defaults:") == std::string::npos ? kQuick : "";
  const LoadedSources loaded = parse_sources("contact: desk@tests.invalid\n" + defaults + yaml_, "sources.yaml");
  for (const auto& problem : loaded.problems) FAIL(problem.to_text());
  std::vector<const SourceConfig*> sources;
  for (const auto& source : loaded.config.sources) sources.push_back(&source);
  REQUIRE_FALSE(sources.empty());
  FetcherOptions fetching;
  fetching.agent = "entente/test (+mailto:desk@tests.invalid)";
  fetching.ca_file = loaded.config.ca_file;
  const auto robots = robots_in(*store_);
  Fetcher fetcher(fetching, clock, robots.get());
  options.holder = "the test";
  Pull pull({store_.get(), [] { return Result<const TextLine*>(&text_line()); }, &fetcher, &clock, std::filesystem::path(ENTENTE_DATA_FOLDER) / "mappings"}, options);
  auto reports = pull.run(sources, {}, {});
  if (!reports.ok()) FAIL(reports.error().to_text());
  traffic = fetcher.traffic();
  return std::move(*reports);
}

graph::StoreCounts Desk::counts() { return (*store_->snapshot())->counts().value(); }

std::optional<PageState> Desk::page(const std::string& source, const std::string& url) {
  const auto parsed = parse_url(url);
  const auto bytes = store_->find_state(source, parsed ? canonical_url(*parsed) : url).value();
  return bytes ? decode_page_state(*bytes) : std::nullopt;
}

std::optional<graph::Release> Desk::release(const std::string& source, const std::string& url) {
  const auto state = page(source, url);
  if (!state || state->release.empty()) return std::nullopt;
  return (*store_->snapshot())->find_release(graph::ReleaseId(state->release)).value();
}

Health Desk::health(const std::string& source) { return load_health(*store_, source, clock.now()).value(); }

std::string day_of(int n) { return fmt::format("2023-{:02}-{:02}", 1 + (n / 28) % 12, 1 + n % 28); }

namespace {

constexpr std::array kStates{"Japan", "France", "Kazakhstan", "Chile", "Kenya", "Norway", "Viet Nam", "Portugal"};
constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

std::string long_day_of(int n) {
  return fmt::format("{} {} 2023", 1 + n % 28, kMonths[static_cast<std::size_t>((n / 28) % 12)]);
}
const char* state_of(int n) { return kStates[static_cast<std::size_t>(n) % kStates.size()]; }

}  // namespace

std::string title_of(int n) {
  return fmt::format("Foreign Minister Holds Talks with Minister of {}, No. {}", state_of(n), n);
}

std::string release_page(int n, const std::string& extra) {
  return fmt::format(
      "<!DOCTYPE html><html lang=\"en\"><head><title>{0}</title><meta property=\"article:published_time\" "
      "content=\"{1}\"></head>"
      "<body><nav><a href=\"/\">Home</a> <a href=\"/about\">About</a></nav><main><article><h1>{0}</h1><p "
      "class=\"date\">{2}</p>"
      "<p>Foreign Minister Baek Do-yun met with the Minister of Foreign Affairs of {3} in Seoul on {2}. "
      "The two ministers spoke about trade, about the exchange of students, and about matter number {4} on their "
      "list.</p>"
      "<p>They agreed to keep in touch and to meet again in the coming year, and thanked the officials of both sides "
      "for their work.{5}</p>"
      "</article></main><footer>Ministry of Foreign Affairs</footer></body></html>",
      title_of(n), day_of(n), long_day_of(n), state_of(n), n, extra.empty() ? "" : " " + extra);
}

std::string rss_of(const std::string& base, int count, int from) {
  std::string out = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>";
  for (int n = from; n < from + count; ++n)
    out += fmt::format("<item><title>{}</title><link>{}/{}.html</link><pubDate>{}</pubDate></item>", title_of(n), base,
                       n, long_day_of(n));
  return out + "</channel></rss>";
}

}  // namespace entente::test
