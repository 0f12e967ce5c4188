// Sorts more records than memory should hold: runs go to files of a scratch folder and are merged when read back.
// Records that come in order already cost no sorting; those that fit are never written.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <queue>
#include <string>
#include <type_traits>
#include <vector>

#include "base/result.h"

namespace entente::storage {

// Record: trivially copyable, ordered by <. Equal records keep no order of their own.
template <class Record>
class ExternalSort {
  static_assert(std::is_trivially_copyable_v<Record>);

 public:
  // Without a scratch folder everything stays in memory.
  ExternalSort(std::filesystem::path scratch, std::string name, std::size_t bytes_max)
      : scratch_(std::move(scratch)), name_(std::move(name)), most_(std::max<std::size_t>(bytes_max / sizeof(Record), 1)) {}

  Result<void> add(const Record& record) {
    sorted_ = sorted_ && (buffer_.empty() || !(record < buffer_.back()));
    // Growing on by doubling would copy it all each time, and have it twice meanwhile; what is not used costs nothing.
    if (buffer_.size() == kManyRecords && !scratch_.empty()) buffer_.reserve(most_);
    buffer_.push_back(record);
    if (buffer_.size() < most_ || scratch_.empty()) return {};
    return spill();
  }

  std::uint64_t size() const { return spilled_ + buffer_.size(); }

  // Calls visit(record) -> Result<void> for each in order, once; the records are let go of on the way.
  template <class Visit>
  Result<void> drain(Visit visit) {
    sort_buffer();
    if (runs_.empty()) {
      for (const Record& record : buffer_)
        if (auto done = visit(record); !done) return done;
      std::vector<Record>().swap(buffer_);
      return {};
    }
    if (!buffer_.empty())
      if (auto spilt = spill(); !spilt) return spilt;
    std::vector<Record>().swap(buffer_);
    return merge(visit);
  }

  // Reads on one at a time, for merging two sorts with each other. REQUIRES: begin() once, before.
  Result<void> begin() {
    sort_buffer();
    if (runs_.empty()) return {};
    if (!buffer_.empty())
      if (auto spilt = spill(); !spilt) return spilt;
    std::vector<Record>().swap(buffer_);
    return start_merge();
  }
  // Null at the end.
  Result<const Record*> next() {
    if (runs_.empty()) {
      if (at_ < buffer_.size()) return static_cast<const Record*>(&buffer_[at_++]);
      std::vector<Record>().swap(buffer_);
      return static_cast<const Record*>(nullptr);
    }
    if (heads_.empty()) return static_cast<const Record*>(nullptr);
    const std::size_t run = heads_.top().run;
    current_ = heads_.top().record;
    heads_.pop();
    if (auto moved = advance(run); !moved) return moved.error();
    return static_cast<const Record*>(&current_);
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct Run {
    std::unique_ptr<std::FILE, Close> file;
    std::vector<Record> read;
    std::size_t at = 0;
  };
  struct Head {
    Record record;
    std::size_t run;
    friend bool operator<(const Head& a, const Head& b) { return b.record < a.record; }  // the smallest on top
  };
  static constexpr std::size_t kReadBytes = 1U << 20U;
  static constexpr std::size_t kManyRecords = 1U << 16U;

  void sort_buffer() {
    if (!sorted_) std::sort(buffer_.begin(), buffer_.end());
    sorted_ = true;
  }

  Error failed(const char* what) const {
    return {ErrorCode::io,
            fmt::format("{} in {}: {}; make room there and load again, nothing was stored", what, scratch_.string(),
                        std::strerror(errno)),
            {}};
  }

  Result<void> spill() {
    sort_buffer();
    const std::string path = (scratch_ / fmt::format("{}-{}.run", name_, runs_.size())).string();
    std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "w+be"));
    if (!file) return failed("cannot write what is being sorted");
    // Read back through the open file only, so that nothing is left however this ends.
    std::filesystem::remove(path);
    if (std::fwrite(buffer_.data(), sizeof(Record), buffer_.size(), file.get()) != buffer_.size() ||
        std::fflush(file.get()) != 0)
      return failed("cannot write what is being sorted");
    std::rewind(file.get());
    spilled_ += buffer_.size();
    buffer_.clear();
    runs_.push_back({std::move(file), {}, 0});
    return {};
  }

  Result<void> advance(std::size_t index) {
    Run& run = runs_[index];
    if (run.at == run.read.size()) {
      run.read.resize(std::max<std::size_t>(kReadBytes / sizeof(Record), 1));
      const std::size_t got = std::fread(run.read.data(), sizeof(Record), run.read.size(), run.file.get());
      if (got == 0 && std::ferror(run.file.get()) != 0) return failed("cannot read what is being sorted");
      run.read.resize(got);
      run.at = 0;
      if (got == 0) return {};
    }
    heads_.push({run.read[run.at++], index});
    return {};
  }

  Result<void> start_merge() {
    for (std::size_t i = 0; i < runs_.size(); ++i)
      if (auto moved = advance(i); !moved) return moved;
    return {};
  }

  template <class Visit>
  Result<void> merge(Visit visit) {
    if (auto started = start_merge(); !started) return started;
    while (true) {
      const auto record = next();
      if (!record) return record.error();
      if (*record == nullptr) return {};
      if (auto done = visit(**record); !done) return done;
    }
  }

  std::filesystem::path scratch_;
  std::string name_;
  std::size_t most_;
  std::vector<Record> buffer_;
  bool sorted_ = true;
  std::uint64_t spilled_ = 0;
  std::vector<Run> runs_;
  std::priority_queue<Head> heads_;
  Record current_{};
  std::size_t at_ = 0;
};

}  // namespace entente::storage
