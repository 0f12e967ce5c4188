#include "importers/sources/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/civil.h"
#include "graph/model/ids.h"

namespace entente::importers {
namespace {

constexpr std::size_t kRowsAtOnce = 500;
// Texts shorter than this are no sign of one release under two addresses: "No events were held today."
constexpr std::size_t kTellingTextBytes = 200;

constexpr std::int64_t kMicrosInDay = 86'400'000'000;

}  // namespace

CivilDate Shared::today() { return to_civil(static_cast<Day>(parts.clock->now().micros / kMicrosInDay)); }

Result<void> Shared::need_readers() {
  if (readers) return {};
  const auto line = parts.line();
  if (!line) return line.error();
  readers = std::make_unique<Readers>(**line, options.readers, [this] { parts.fetcher->wake(); });
  return {};
}

SourceRun::SourceRun(std::size_t number, const SourceConfig& source, Shared& shared)
    : number_(number), source_(source), shared_(shared) {
  report.id = source.id;
}

Result<void> SourceRun::start() {
  began_ = now();
  graph::SourceStates* const states = shared_.parts.states;
  if (stores()) {
    auto hold = states->hold(source_.id, shared_.options.holder);
    if (!hold) {
      if (hold.error().code != ErrorCode::locked) return hold.error();
      fail(hold.error().message, PullStatus::held);
      stopped_ = true;
      return {};
    }
    hold_ = std::move(*hold);
  }
  if (states != nullptr) {
    auto rows = graph::all_states(*states, source_.id);
    if (!rows) return rows.error();
    for (const graph::StateRow& row : *rows) {
      // A row that an older or newer program wrote otherwise is as none: its page is fetched again.
      if (row.item.empty()) {
        if (auto known = decode_source_state(row.bytes)) state_ = std::move(*known);
      } else if (auto known = decode_page_state(row.bytes)) {
        pages_.emplace(row.item, std::move(*known));
      }
    }
  }
  state_.last_attempt = began_;
  return begin();
}

std::string stamp_of(const std::filesystem::path& file, std::error_code& failed) {
  std::error_code code;
  const auto size = std::filesystem::file_size(file, code);
  const auto time = std::filesystem::last_write_time(file, failed);
  if (code) failed = code;
  return fmt::format("{}@{}", size, time.time_since_epoch().count());
}

bool SourceRun::was_read(const std::string& key, const std::string& stamp) const {
  const auto known = pages_.find(key);
  return known != pages_.end() && known->second.status == PageStatus::read && known->second.changed == stamp && !shared_.options.recheck;
}

void SourceRun::fail(const std::string& error, PullStatus status) {
  if (report.error.empty()) report.error = error;
  if (report.status == PullStatus::well || status == PullStatus::failed) report.status = status;
}

Result<void> SourceRun::keep(const std::string& key) {
  if (!stores()) return {};
  kept_.push_back(row(key));
  return kept_.size() >= kRowsAtOnce ? flush() : Result<void>();
}

Result<void> SourceRun::flush() {
  if (kept_.empty()) return {};
  auto put = shared_.parts.states->put_states(kept_);
  kept_.clear();
  return put;
}

Result<void> SourceRun::read(const std::string& key, Page page, std::string file) {
  if (auto ready = shared_.need_readers(); !ready) return ready;
  shared_.readers->give({number_, key, &source_, std::move(page), std::move(file), shared_.today()});
  return {};
}

Result<void> SourceRun::settle(const std::string& key, PageStatus status, const std::string& trouble) {
  PageState& state = page(key);
  state.status = status;
  state.trouble = trouble;
  state.checked = now();
  state.tries = 0;
  if (status == PageStatus::gone) ++report.gone;
  if (status == PageStatus::refused) ++report.refused;
  if (status == PageStatus::old) ++report.old;
  ++done;
  out_.erase(key);
  return keep(key);
}

Result<void> SourceRun::take(const std::string& key, const Result<PageReading>& reading) {
  PageState& state = page(key);
  if (!reading) return settle(key, PageStatus::refused, reading.error().to_text());
  const auto& published = reading->line.reading.release.published;
  if (shared_.options.since && published && *published < *shared_.options.since) {
    state.published = published;
    return settle(key, PageStatus::old, "");
  }
  return record(key, state, *reading);
}

Result<void> SourceRun::record(const std::string& key, PageState& state, const PageReading& reading) {
  const auto& release = reading.line.reading.release;
  state.checked = now();
  state.tries = 0;
  state.trouble = reading.trouble;
  const bool says_the_same = !state.release.empty() && state.text_hash == reading.text_hash;
  state.checks = says_the_same ? state.checks + 1 : 0;
  if (!says_the_same) state.read_at = state.checked;
  state.text_hash = reading.text_hash;
  state.published = release.published;
  state.events = reading.events;
  state.has_title = reading.has_title;
  state.has_date = reading.has_date;
  out_.erase(key);
  ++done;
  const std::string texts = kTextStates + release.publisher;
  const std::string text = graph::hex_digits(reading.text_hash);
  const bool telling = release.text.size() >= kTellingTextBytes;
  if (telling) {
    const auto other = shared_.parts.states->find_state(texts, text);
    if (!other) return other.error();
    if (*other && **other != key && state.release.empty()) {
      state.status = PageStatus::same;
      state.same_as = **other;
      ++report.same;
      return keep(key);
    }
  }
  graph::Reading naming = reading.line.reading;
  naming.release.fetched = state.checked;
  name_release(key, state, naming.release);
  state.status = PageStatus::read;
  if (naming.release.id.empty()) naming.release.id = graph::release_id(naming.release.url, naming.release.text);
  state.release = naming.release.id.str();
  std::vector<graph::StateRow> rows{row(key)};
  if (telling) rows.push_back({texts, text, key});
  add_rows(key, rows);
  const auto recorded = shared_.parts.states->record_with(naming, rows);
  if (!recorded) {
    // The store refuses this one release; the others are none the worse.
    if (recorded.error().code != ErrorCode::invalid_argument && recorded.error().code != ErrorCode::too_large)
      return recorded.error();
    state.release.clear();
    state.status = PageStatus::refused;
    state.trouble = recorded.error().to_text();
    ++report.refused;
    return keep(key);
  }
  report.claims += recorded->claims;
  report.events += recorded->events_new;
  if (recorded->outcome == graph::Outcome::fresh) ++report.fresh;
  if (recorded->outcome == graph::Outcome::revised) ++report.revised;
  if (recorded->outcome == graph::Outcome::known) ++report.known;
  return {};
}

Result<void> SourceRun::finish() {
  report.seconds = static_cast<double>(now().micros - began_.micros) / 1e6;
  if (report.status == PullStatus::held || !stores()) {
    hold_.reset();
    return {};
  }
  if (report.status == PullStatus::failed) {
    if (!state_.failing_since) state_.failing_since = began_;
    state_.last_error = report.error;
  } else {
    state_.failing_since.reset();
    state_.last_error = report.error;
    state_.last_success = began_;
    if (state_.first_success.micros == 0) state_.first_success = began_;
  }
  kept_.push_back({source_.id, "", encode(state_)});
  auto put = flush();
  hold_.reset();
  return put;
}

}  // namespace entente::importers
