// Reads files through the text line on several threads and gives what they say in the order of the files, so that what
// is printed and recorded is the same for any number of threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/civil.h"
#include "base/result.h"
#include "importers/line.h"

namespace entente::app {

struct ReadOptions {
  std::string publisher;
  std::optional<CivilDate> date;
  importers::Explain explain = importers::Explain::no;
  int jobs = 1;  // threads that read
};

// As many as the machine runs at once.
int default_jobs();

class ReadFiles {
 public:
  // Starts to read. The line and the files outlive it.
  ReadFiles(const importers::TextLine& line, const std::vector<std::filesystem::path>& files, ReadOptions options);
  // Stops: what is being read is read to its end, nothing more is begun.
  ~ReadFiles();
  ReadFiles(const ReadFiles&) = delete;
  ReadFiles& operator=(const ReadFiles&) = delete;

  // What the next file says, or why it cannot be read; waits for it. Absent after the last.
  std::optional<Result<importers::LineResult>> next();

 private:
  struct Slot {
    std::optional<Result<importers::LineResult>> result;
    std::exception_ptr thrown;  // a mistake of ours in the text line: thrown again where it is caught
    std::uintmax_t bytes = 0;
  };

  void work();
  Slot read(const std::filesystem::path& file) const;
  bool may_begin(std::uintmax_t bytes) const;

  const importers::TextLine& line_;
  const std::vector<std::filesystem::path>& files_;
  const ReadOptions options_;

  std::mutex mutex_;
  std::condition_variable begun_or_given_;
  std::condition_variable read_;
  std::map<std::size_t, Slot> slots_;  // read and not given yet
  std::size_t begun_ = 0;
  std::size_t given_ = 0;
  std::uintmax_t bytes_held_ = 0;  // of the files begun and not given yet
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace entente::app
