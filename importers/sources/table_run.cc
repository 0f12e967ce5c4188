// Tables of events with a mapping: a file that is new or has changed is read row by row; each row is a release of its own.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "importers/mapping/mapped_rows.h"
#include "importers/sources/page.h"
#include "importers/sources/run.h"

namespace entente::importers {
namespace {

namespace fs = std::filesystem;

// Rows between two looks at what the other sources wait for.
constexpr int kRowsInTurn = 200;

class TableRun final : public SourceRun {
 public:
  using SourceRun::SourceRun;

  Result<void> feed() override {
    for (int n = 0; n < kRowsInTurn && !stopped_; ++n) {
      if (!reader_ && files_.empty()) return {};
      if (!reader_ && !open_next()) continue;
      TableRow row;
      const auto more = reader_->next(row);
      if (more && !*more) {
        if (auto ended = end_file(); !ended) return ended;
        continue;
      }
      if (!more && more.error().code != ErrorCode::invalid_argument) {
        fail(more.error().message, PullStatus::partly);
        broken_ = true;
        if (auto ended = end_file(); !ended) return ended;
        continue;
      }
      if (auto taken = more ? take_row(row) : refuse(row.line, more.error()); !taken) return taken;
    }
    if (!more_is_done()) shared_.parts.fetcher->wake();
    return {};
  }

 protected:
  Result<void> begin() override {
    listed_ = true;
    const bool named = source_.mapping.find('/') == std::string::npos && !source_.mapping.ends_with(".yaml");
    auto mapping = load_mapping(named ? shared_.parts.mappings / (source_.mapping + ".yaml") : fs::path(source_.mapping));
    if (!mapping) {
      fail(mapping.error().to_text(), PullStatus::failed);
      return {};
    }
    mapping_ = std::move(*mapping);
    if (!source_.publisher.empty()) mapping_.publisher = source_.publisher;
    if (!find_files()) return {};
    std::error_code code;
    report.listed = files_.size();
    state_.listed = report.listed;
    std::erase_if(files_, [&](const fs::path& file) { return was_read(key_of(file), stamp_of(file, code)); });
    report.found = files_.size();
    if (shared_.options.dry_run) {
      for (const fs::path& file : files_) report.would_fetch.push_back(file.string());
      files_.clear();
    }
    return {};
  }

  bool more_is_done() const override { return files_.empty() && !reader_; }

 private:
  bool find_files() {
    std::error_code code;
    if (fs::is_directory(source_.path, code)) {
      for (fs::directory_iterator it(source_.path, code); !code && it != fs::directory_iterator(); it.increment(code)) {
        std::error_code ignored;
        const std::string name = it->path().filename().string();
        if (it->is_regular_file(ignored) && !name.starts_with('.') && takes_path(source_, "/" + name)) files_.push_back(it->path());
      }
      std::sort(files_.begin(), files_.end());
    } else if (fs::is_regular_file(source_.path, code)) {
      files_.push_back(source_.path);
    }
    if (code || files_.empty()) fail(source_.path.string() + " is neither a table nor a folder of them", PullStatus::failed);
    return !files_.empty();
  }

  static std::string key_of(const fs::path& file) { return "file:" + file.filename().string(); }

  bool open_next() {
    file_ = files_.front();
    files_.erase(files_.begin());
    key_ = key_of(file_);
    PageState& state = page(key_);
    std::error_code ignored;
    state.changed = stamp_of(file_, ignored);
    state.url = file_.string();
    state.status = PageStatus::pending;
    state.events = state.rows = state.rows_with_events = 0;
    state.trouble.clear();
    if (state.first_seen.micros == 0) state.first_seen = now();
    broken_ = false;
    auto reader = open_rows(file_, mapping_.layout);
    if (!reader) {
      fail(reader.error().message, PullStatus::partly);
      return false;
    }
    reader_ = std::move(*reader);
    return true;
  }

  Result<void> take_row(const TableRow& row) {
    if (!rows_) {
      const auto line = shared_.parts.line();
      if (!line) return line.error();
      rows_ = std::make_unique<MappedRows>(mapping_, (*line)->lexicon(), **line);
    }
    auto reading = rows_->read(row);
    if (!reading) return refuse(row.line, reading.error());
    if (!*reading) return {};
    graph::Release& release = (*reading)->release;
    if (shared_.options.since && release.published && *release.published < *shared_.options.since) {
      ++report.old;
      return {};
    }
    release.fetched = now();
    const auto recorded = shared_.parts.states->record_with(**reading, {});
    if (!recorded && recorded.error().code != ErrorCode::invalid_argument && recorded.error().code != ErrorCode::too_large) return recorded.error();
    if (!recorded) return refuse(row.line, recorded.error());
    ++done;
    PageState& state = page(key_);
    const std::uint64_t events = events_in(**reading);
    state.events += events;
    ++state.rows;
    if (events > 0) ++state.rows_with_events;
    if (recorded->outcome == graph::Outcome::fresh) state.fresh_at = now();
    if (release.published && (!state.published || *state.published < *release.published)) state.published = release.published;
    report.claims += recorded->claims;
    report.events += recorded->events_new;
    ++(recorded->outcome == graph::Outcome::fresh ? report.fresh : recorded->outcome == graph::Outcome::revised ? report.revised : report.known);
    return {};
  }

  Result<void> refuse(std::uint64_t line, const Error& error) {
    ++report.refused;
    std::string& trouble = page(key_).trouble;
    if (trouble.empty()) trouble = fmt::format("line {}: {}", line, error.message);
    return {};
  }

  // A file that broke off is read again in the next run; its rows that are there already change nothing.
  Result<void> end_file() {
    PageState& state = page(key_);
    state.status = broken_ ? PageStatus::pending : PageStatus::read;
    state.checked = now();
    state.read_at = state.checked;
    state.has_title = true;
    state.has_date = true;
    reader_.reset();
    if (auto kept = keep(key_); !kept) return kept;
    return flush();
  }

  TableMapping mapping_;
  std::unique_ptr<MappedRows> rows_;
  std::vector<fs::path> files_;
  fs::path file_;
  std::string key_;
  std::unique_ptr<RowReader> reader_;
  bool broken_ = false;
};

}  // namespace

std::unique_ptr<SourceRun> make_table_run(std::size_t number, const SourceConfig& source, Shared& shared) {
  return std::make_unique<TableRun>(number, source, shared);
}

}  // namespace entente::importers
