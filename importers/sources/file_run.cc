// The kinds that are files: a folder of releases, a maildir.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "importers/sources/run.h"

namespace entente::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilesMax = 5'000'000;

bool is_release_file(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".html" || ending == ".htm" || ending == ".txt" || ending == ".json" || ending == ".eml";
}

class FileRun final : public SourceRun {
 public:
  using SourceRun::SourceRun;

  Result<void> feed() override {
    while (!queue_.empty() && (!shared_.readers || shared_.readers->has_room())) {
      const std::string key = queue_.front();
      queue_.pop_front();
      out_.insert(key);
      if (auto begun = read(key, {}, files_.at(key).string()); !begun) return begun;
    }
    return {};
  }

 protected:
  Result<void> begin() override {
    listed_ = true;
    std::error_code code;
    if (!fs::is_directory(source_.path, code)) {
      fail(fmt::format("{} is no folder that can be read{}", source_.path.string(), code ? ": " + code.message() : ""),
           PullStatus::failed);
      return {};
    }
    if (source_.kind == SourceKind::maildir) {
      // tmp/ holds what is still being delivered.
      for (const char* const part : {"new", "cur"}) look_into(source_.path / part);
    } else {
      look_into(source_.path);
    }
    report.listed = files_.size();
    state_.listed = report.listed;
    for (const auto& [key, path] : files_)
      if (auto queued = queue(key, path); !queued) return queued;
    report.found = queue_.size();
    if (shared_.options.dry_run) {
      for (const std::string& key : queue_) report.would_fetch.push_back(files_.at(key).string());
      queue_.clear();
      return {};
    }
    return note_vanished();
  }

  void name_release(const std::string& key, const PageState& /*state*/, graph::Release& release) override {
    const fs::path& file = files_.at(key);
    // A message has no address; its name without flags stays when it is moved from new to cur.
    if (source_.kind == SourceKind::maildir)
      release.url = (source_.path / key).string();
    else if (file.extension() == ".eml")
      release.url = file.string();
  }

 private:
  // Links to folders are not followed: they may lead round in a circle.
  void look_into(const fs::path& folder) {
    std::vector<fs::path> folders{folder};
    while (!folders.empty()) {
      const fs::path at = std::move(folders.back());
      folders.pop_back();
      std::error_code code;
      for (fs::directory_iterator it(at, code); !code && it != fs::directory_iterator(); it.increment(code)) {
        std::error_code ignored;
        const fs::path& path = it->path();
        if (it->is_directory(ignored) && !it->is_symlink(ignored)) {
          if (source_.kind == SourceKind::folder) folders.push_back(path);
        } else if (it->is_regular_file(ignored) && files_.size() < kFilesMax && is_one(path)) {
          files_.emplace(key_of(path), path);
        }
      }
      if (code) fail(fmt::format("{}: {}", at.string(), code.message()), PullStatus::partly);
    }
  }

  bool is_one(const fs::path& path) const {
    if (source_.kind == SourceKind::maildir) return !path.filename().string().starts_with('.');
    return is_release_file(path) && takes_path(source_, "/" + path.lexically_relative(source_.path).generic_string());
  }

  std::string key_of(const fs::path& path) const {
    if (source_.kind == SourceKind::folder) return path.lexically_relative(source_.path).generic_string();
    const std::string name = path.filename().string();
    return name.substr(0, name.find(':'));
  }

  Result<void> queue(const std::string& key, const fs::path& path) {
    std::error_code code;
    const std::string changed = stamp_of(path, code);
    if (code) return {};
    const auto [at, fresh] = pages_.try_emplace(key);
    PageState& state = at->second;
    if (fresh) state.first_seen = now();
    const bool old_again = state.status == PageStatus::old &&
                           !(shared_.options.since && state.published && *state.published < *shared_.options.since);
    const bool as_it_was = !fresh && state.changed == changed && state.status != PageStatus::pending &&
                           state.status != PageStatus::gone && !old_again;
    if (as_it_was && !shared_.options.recheck) return {};
    if (queue_.size() >= static_cast<std::size_t>(source_.items_max)) {
      ++report.left;
      // As if it had not been met, so that the next run does.
      state.status = PageStatus::pending;
      return {};
    }
    state.url = path.string();
    state.changed = changed;
    queue_.push_back(key);
    return {};
  }

  Result<void> note_vanished() {
    std::vector<std::string> vanished;
    for (const auto& [key, state] : pages_)
      if (state.status != PageStatus::gone && !files_.contains(key)) vanished.push_back(key);
    for (const std::string& key : vanished)
      if (auto settled = settle(key, PageStatus::gone, "the file is no more"); !settled) return settled;
    done = 0;
    return {};
  }

  std::map<std::string, fs::path> files_;
};

}  // namespace

std::unique_ptr<SourceRun> make_file_run(std::size_t number, const SourceConfig& source, Shared& shared) {
  return std::make_unique<FileRun>(number, source, shared);
}

}  // namespace entente::importers
