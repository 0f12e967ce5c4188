#include "importers/sources/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace entente::importers {
namespace {

constexpr std::int64_t kMicrosInDay = 86'400'000'000;
constexpr std::size_t kGapsLeast = 6;  // fewer intervals tell no rhythm
constexpr std::size_t kGapsMost = 60;  // the newest of them tell today's
constexpr Day kQuietLeastDays = 7;
constexpr std::size_t kNewestPages = 10;  // which are compared with those before them
constexpr std::size_t kBeforeLeast = 10;
constexpr double kUsually = 0.7;
constexpr double kHardly = 0.1;

Day day_of(RecordedTime time) { return static_cast<Day>(time.micros / kMicrosInDay); }
std::string text_of(RecordedTime time) { return to_iso(to_civil(day_of(time))); }

// The day a page counts for: when it was published, or first met.
Day day_of(const PageState& page) { return page.published ? to_day(*page.published) : day_of(page.first_seen); }

std::uint64_t releases_of(const PageState& page) { return page.rows > 0 ? page.rows : 1; }

// Quiet for longer than twice its longest pause and thrice its usual long one: not a holiday.
void look_for_silence(const std::vector<const PageState*>& read, RecordedTime now, Health& health) {
  std::vector<Day> days;
  for (const PageState* const page : read) days.push_back(day_of(*page));
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  if (days.size() > kGapsMost + 1) days.erase(days.begin(), days.end() - static_cast<std::ptrdiff_t>(kGapsMost + 1));
  if (days.size() < kGapsLeast + 1) return;
  std::vector<Day> gaps;
  for (std::size_t i = 1; i < days.size(); ++i) gaps.push_back(days[i] - days[i - 1]);
  std::sort(gaps.begin(), gaps.end());
  const Day longest = gaps.back();
  const Day usual_long = gaps[gaps.size() * 9 / 10];
  const Day allowed = std::max({kQuietLeastDays, longest * 3 / 2, usual_long * 3});
  // A release that is dated long ago and came today breaks the silence as well.
  const Day last = std::max(days.back(), health.last_new ? day_of(*health.last_new) : days.back());
  const Day quiet = day_of(now) - last;
  if (quiet <= allowed) return;
  health.evidence.push_back(
      fmt::format("quiet for {} days, since {}; among the last {} pauses between its days of publication the longest "
                  "was {} days, nine in ten at most {}",
                  quiet, to_iso(to_civil(last)), gaps.size(), longest, usual_long));
}

template <class Has>
void look_for_loss(const std::vector<const PageState*>& newest_first, const char* what, Has has, Health& health) {
  if (newest_first.size() < kNewestPages + kBeforeLeast) return;
  std::size_t now_with = 0;
  std::size_t before_with = 0;
  for (std::size_t i = 0; i < newest_first.size(); ++i)
    if (has(*newest_first[i])) ++(i < kNewestPages ? now_with : before_with);
  const std::size_t before = newest_first.size() - kNewestPages;
  const double share_before = static_cast<double>(before_with) / static_cast<double>(before);
  const double share_now = static_cast<double>(now_with) / static_cast<double>(kNewestPages);
  if (share_before < kUsually || share_now > kHardly) return;
  health.evidence.push_back(fmt::format("of its last {} pages {} gave {}; of the {} before them {} did", kNewestPages,
                                        now_with == 0 ? std::string("none") : std::to_string(now_with), what, before,
                                        before_with));
}

// Events are not in every release: gone are they when as many pages in a row without one would be a great chance.
void look_for_lost_events(const std::vector<const PageState*>& newest_first, Health& health) {
  if (newest_first.size() < kNewestPages + kBeforeLeast) return;
  std::size_t silent = 0;
  while (silent < newest_first.size() && newest_first[silent]->events == 0) ++silent;
  const std::size_t before = newest_first.size() - silent;
  if (before < kBeforeLeast) return;
  std::size_t with = 0;
  for (std::size_t i = silent; i < newest_first.size(); ++i)
    if (newest_first[i]->events > 0) ++with;
  const double share = static_cast<double>(with) / static_cast<double>(before);
  constexpr double kChance = 0.001;
  if (std::pow(1.0 - share, static_cast<double>(silent)) > kChance || silent < kNewestPages) return;
  health.evidence.push_back(
      fmt::format("its last {} pages gave no events; of the {} before them {} did", silent, before, with));
}

}  // namespace

Health health_of(const SourceState& source, const std::vector<PageState>& pages, RecordedTime now) {
  Health health;
  health.pulled = source.last_attempt.micros != 0;
  if (source.last_success.micros != 0) health.last_success = source.last_success;
  std::vector<const PageState*> read;
  std::vector<const PageState*> seen;  // read, or refused for what is on them
  std::uint64_t with_events = 0;
  for (const PageState& page : pages) {
    if (page.url.empty()) continue;
    if (page.status == PageStatus::pending && page.release.empty()) ++health.pending;
    if (page.status == PageStatus::same) ++health.same;
    if (page.status == PageStatus::gone && !page.release.empty()) ++health.vanished;
    if (page.status == PageStatus::refused) ++health.refused;
    if (page.status == PageStatus::refused) seen.push_back(&page);
    if (page.release.empty() && page.rows == 0) continue;
    health.releases += releases_of(page);
    with_events += page.rows > 0 ? page.rows_with_events : page.events > 0 ? 1U : 0U;
    read.push_back(&page);
    if (page.status != PageStatus::refused) seen.push_back(&page);
    const RecordedTime fresh = page.rows > 0 ? page.fresh_at : page.first_seen;
    if (!health.last_new || *health.last_new < fresh) health.last_new = fresh;
    if (page.published && (!health.last_published || *health.last_published < *page.published))
      health.last_published = page.published;
  }
  if (health.releases > 0) health.with_events = static_cast<double>(with_events) / static_cast<double>(health.releases);
  constexpr Day kQuarter = 91;
  Day oldest = day_of(now);
  std::uint64_t lately = 0;
  for (const PageState* const page : read) {
    oldest = std::min(oldest, day_of(*page));
    if (day_of(*page) > day_of(now) - kQuarter) lately += releases_of(*page);
  }
  const Day span = std::clamp<Day>(day_of(now) - oldest + 1, 1, kQuarter);
  health.per_week = static_cast<double>(lately) * 7.0 / static_cast<double>(std::max<Day>(span, 7));

  if (source.failing_since && source.first_success.micros != 0)
    health.evidence.push_back(fmt::format("failing since {}: {}", text_of(*source.failing_since), source.last_error));
  else if (source.failing_since)
    health.evidence.push_back(
        fmt::format("never worked; tried since {}: {}", text_of(*source.failing_since), source.last_error));
  else if (health.pulled && source.listed == 0 && source.listed_most > 0)
    health.evidence.push_back(fmt::format("its list gives no links any more; it gave {} on {}", source.listed_most,
                                          text_of(source.listed_most_at)));
  look_for_silence(read, now, health);
  std::sort(seen.begin(), seen.end(), [](const PageState* a, const PageState* b) {
    return day_of(*a) != day_of(*b) ? day_of(*a) > day_of(*b) : a->first_seen > b->first_seen;
  });
  look_for_loss(
      seen, "a title", [](const PageState& page) { return page.has_title; }, health);
  look_for_loss(
      seen, "a date", [](const PageState& page) { return page.has_date; }, health);
  look_for_lost_events(seen, health);
  return health;
}

Result<Health> load_health(graph::SourceStates& states, const std::string& source, RecordedTime now) {
  const auto rows = graph::all_states(states, source);
  if (!rows) return rows.error();
  SourceState head;
  std::vector<PageState> pages;
  for (const graph::StateRow& row : *rows) {
    if (row.item.empty()) {
      if (auto known = decode_source_state(row.bytes)) head = std::move(*known);
    } else if (auto known = decode_page_state(row.bytes); known && (known->rows > 0 || !row.item.starts_with("file:"))) {
      pages.push_back(std::move(*known));
    }
  }
  return health_of(head, pages, now);
}

}  // namespace entente::importers
