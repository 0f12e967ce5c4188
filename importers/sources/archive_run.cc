// Web archives: one file after the other, page by page, going on in the middle of a file after a stop.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "graph/model/ids.h"
#include "importers/sources/run.h"
#include "importers/sources/url.h"
#include "importers/sources/warc.h"

namespace entente::importers {
namespace {

namespace fs = std::filesystem;

bool is_archive(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".warc") || name.ends_with(".warc.gz");
}

bool is_text(const ArchivedPage& page) {
  return page.content_type.empty() || page.content_type.find("html") != std::string::npos ||
         page.content_type.starts_with("text/plain");
}

class ArchiveRun final : public SourceRun {
 public:
  using SourceRun::SourceRun;

  Result<void> feed() override {
    while (!stopped_ && (reader_ || !files_.empty()) && (!shared_.readers || shared_.readers->has_room())) {
      if (waits_for_ && out_.contains(waits_for_->first)) return {};
      if (waits_for_) {
        auto [key, page] = std::move(*waits_for_);
        waits_for_.reset();
        if (auto begun = begin_page(key, std::move(page)); !begun) return begun;
        continue;
      }
      if (!reader_) {
        if (!open_next()) continue;
      }
      page_from_ = reader_->offset();
      auto page = reader_->next(source_.manners.bytes_max);
      if (!page) {
        fail(page.error().message, PullStatus::partly);
        broken_ = true;
        if (!out_.empty()) return {};
        if (auto ended = end_file(); !ended) return ended;
        continue;
      }
      if (!page->has_value()) {
        if (!out_.empty()) return {};
        if (auto ended = end_file(); !ended) return ended;
        continue;
      }
      if (auto taken = take_archived(std::move(**page)); !taken) return taken;
    }
    return {};
  }

 protected:
  Result<void> begin() override {
    listed_ = true;
    std::error_code code;
    if (fs::is_directory(source_.path, code)) {
      for (fs::recursive_directory_iterator it(source_.path, code); !code && it != fs::recursive_directory_iterator();
           it.increment(code)) {
        std::error_code ignored;
        if (it->is_regular_file(ignored) && is_archive(it->path())) files_.push_back(it->path());
      }
      std::sort(files_.begin(), files_.end());
    } else if (fs::is_regular_file(source_.path, code)) {
      files_.push_back(source_.path);
    } else {
      fail(source_.path.string() + " is neither an archive nor a folder of them", PullStatus::failed);
      return {};
    }
    report.listed = files_.size();
    std::erase_if(files_, [&](const fs::path& file) { return was_read(key_of(file), stamp_of(file, code)); });
    if (shared_.options.dry_run) {
      for (const fs::path& file : files_) report.would_fetch.push_back(file.string());
      files_.clear();
    }
    return {};
  }

  bool more_is_done() const override { return files_.empty() && !reader_ && !waits_for_; }

  void add_rows(const std::string& key, std::vector<graph::StateRow>& rows) override {
    begun_at_.erase(key);
    std::erase_if(begun_at_, [&](const auto& begun) { return !out_.contains(begun.first); });
    PageState& file = page(file_key_);
    file.offset = begun_at_.empty() ? reader_->offset() : least_begun();
    rows.push_back(row(file_key_));
  }

  void name_release(const std::string& key, const PageState& state, graph::Release& release) override {
    if (const auto url = parse_url(state.url)) release.url = without_tracking(*url).to_text();
    release.id = graph::release_id(key, {});
  }

 private:
  // Told from pages by its scheme, which no page has.
  std::string key_of(const fs::path& file) const {
    return "file:" + (file == source_.path ? file.filename() : file.lexically_relative(source_.path)).generic_string();
  }

  bool open_next() {
    const fs::path file = files_.front();
    files_.erase(files_.begin());
    file_key_ = key_of(file);
    PageState& state = page(file_key_);
    std::error_code ignored;
    const std::string stamp = stamp_of(file, ignored);
    if (state.changed != stamp || shared_.options.recheck) state.offset = 0;
    state.changed = stamp;
    state.url = file.string();
    state.status = PageStatus::pending;
    if (state.first_seen.micros == 0) state.first_seen = now();
    auto reader = WarcReader::open(file, state.offset);
    if (!reader) {
      fail(reader.error().message, PullStatus::partly);
      return false;
    }
    reader_ = std::move(*reader);
    broken_ = false;
    return true;
  }

  Result<void> end_file() {
    PageState& state = page(file_key_);
    state.status = PageStatus::read;
    state.trouble = broken_ ? report.error : "";
    state.checked = now();
    reader_.reset();
    begun_at_.clear();
    if (auto kept = keep(file_key_); !kept) return kept;
    return flush();
  }

  std::uint64_t least_begun() const {
    std::uint64_t least = begun_at_.begin()->second;
    for (const auto& [key, offset] : begun_at_) least = std::min(least, offset);
    return least;
  }

  Result<void> take_archived(ArchivedPage archived) {
    const auto url = parse_url(archived.url);
    if (!url || archived.status != 200 || !is_text(archived) || !takes_path(source_, url->path_and_query())) return {};
    const auto day = parse_iso_date(std::string_view(archived.date).substr(0, 10));
    if (shared_.options.since && day && *day < *shared_.options.since) {
      ++report.old;
      return {};
    }
    const std::string key = canonical_url(*url);
    if (out_.contains(key)) {
      // Two copies of one page: the second waits for the first.
      waits_for_.emplace(key, std::move(archived));
      return {};
    }
    return begin_page(key, std::move(archived));
  }

  Result<void> begin_page(const std::string& key, ArchivedPage archived) {
    const auto [at, fresh] = pages_.try_emplace(key);
    PageState& state = at->second;
    // An older copy says nothing that a newer one did not.
    if (!fresh && state.status != PageStatus::pending && state.changed >= archived.date && !shared_.options.recheck)
      return {};
    if (fresh) state.first_seen = now();
    state.url = archived.url;
    state.changed = archived.date;
    ++report.found;
    out_.insert(key);
    begun_at_.emplace(key, page_from_);
    return read(key, {archived.url, std::move(archived.body), archived.content_type, {}, std::nullopt});
  }

  std::vector<fs::path> files_;
  std::unique_ptr<WarcReader> reader_;
  std::string file_key_;
  bool broken_ = false;
  std::map<std::string, std::uint64_t> begun_at_;  // pages with the readers, and where going on would meet them again
  std::uint64_t page_from_ = 0;                    // where the page read last begins
  std::optional<std::pair<std::string, ArchivedPage>> waits_for_;
};

}  // namespace

std::unique_ptr<SourceRun> make_archive_run(std::size_t number, const SourceConfig& source, Shared& shared) {
  return std::make_unique<ArchiveRun>(number, source, shared);
}

}  // namespace entente::importers
