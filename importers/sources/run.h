// One source in a pull: what it does when its turn comes and when something arrives. Not for use outside pull.cc.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "importers/sources/pull.h"
#include "importers/sources/readers.h"
#include "importers/sources/state.h"

namespace entente::importers {

// What the runs of a pull share.
struct Shared {
  Pull::Parts parts;
  PullOptions options;
  std::unique_ptr<Readers> readers;

  CivilDate today();
  // Starts the readers when there are none yet. Fails as the text line does.
  Result<void> need_readers();
};

class SourceRun {
 public:
  SourceRun(std::size_t number, const SourceConfig& source, Shared& shared);
  virtual ~SourceRun() = default;
  SourceRun(const SourceRun&) = delete;
  SourceRun& operator=(const SourceRun&) = delete;

  // Takes hold of the source and of what is remembered of it. Fails when the store does.
  Result<void> start();
  // Goes on with what there is room for. Fails when the store does.
  virtual Result<void> feed() = 0;
  // A page of it came back from the readers.
  Result<void> take(const std::string& key, const Result<PageReading>& reading);
  // Nothing is left to do or to wait for.
  bool is_done() const { return stopped_ || (listed_ && queue_.empty() && out_.empty() && more_is_done()); }
  // Writes down how it went. Fails when the store does.
  Result<void> finish();

  PullReport report;
  std::uint64_t done = 0;  // pages dealt with

 protected:
  virtual Result<void> begin() = 0;  // after start(): the states are there
  virtual bool more_is_done() const { return true; }
  // What else is written with a page that was read.
  virtual void add_rows(const std::string& /*key*/, std::vector<graph::StateRow>& /*rows*/) {}
  // What the release of a page is called; may set its id and address.
  virtual void name_release(const std::string& /*key*/, const PageState& /*page*/, graph::Release& /*release*/) {}

  bool stores() const { return !shared_.options.dry_run && shared_.parts.states != nullptr; }
  RecordedTime now() { return shared_.parts.clock->now(); }
  PageState& page(const std::string& key) { return pages_[key]; }
  graph::StateRow row(const std::string& key) const { return {source_.id, key, encode(pages_.at(key))}; }
  // Writes the row of one page, soon.
  Result<void> keep(const std::string& key);
  Result<void> flush();
  // Whether a file was read to its end in an earlier run and has this stamp since.
  bool was_read(const std::string& key, const std::string& stamp) const;
  // Hands a page to the readers.
  Result<void> read(const std::string& key, Page page, std::string file = {});
  void fail(const std::string& error, PullStatus status);
  // A page of which nothing more comes in this run.
  Result<void> settle(const std::string& key, PageStatus status, const std::string& trouble);

  const std::size_t number_;
  const SourceConfig& source_;
  Shared& shared_;
  SourceState state_;
  std::map<std::string, PageState> pages_;
  std::deque<std::string> queue_;  // pages to be fetched or read
  std::set<std::string> out_;      // pages on their way
  bool listed_ = false;            // the list is dealt with
  bool stopped_ = false;

 private:
  Result<void> record(const std::string& key, PageState& page, const PageReading& reading);

  std::vector<graph::StateRow> kept_;
  std::unique_ptr<graph::SourceHold> hold_;
  RecordedTime began_;
};

// A file's size and time, by which a change of it is told; `failed` is set where they cannot be had.
std::string stamp_of(const std::filesystem::path& file, std::error_code& failed);

// For the kinds on the network, and for those of files.
std::unique_ptr<SourceRun> make_network_run(std::size_t number, const SourceConfig& source, Shared& shared);
std::unique_ptr<SourceRun> make_file_run(std::size_t number, const SourceConfig& source, Shared& shared);
std::unique_ptr<SourceRun> make_archive_run(std::size_t number, const SourceConfig& source, Shared& shared);
std::unique_ptr<SourceRun> make_table_run(std::size_t number, const SourceConfig& source, Shared& shared);

}  // namespace entente::importers
