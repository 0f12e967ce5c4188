#include "apps/entente/read_files.h"

#include <algorithm>
#include <utility>

#include "apps/entente/inputs.h"

namespace entente::app {
namespace {

// How far reading runs ahead of giving: files for each thread, and bytes of all of them together. One file is always
// read, however long.
constexpr std::size_t kFilesAheadOfEachThread = 8;
constexpr std::uintmax_t kBytesAheadMax = 16U << 20U;

std::uintmax_t size_of(const std::filesystem::path& file) {
  std::error_code code;
  const auto bytes = std::filesystem::file_size(file, code);
  // What has no size (a pipe) or is refused for its size anyway holds nothing up.
  return code || bytes > importers::kDocumentBytesMax ? 0 : bytes;
}

}  // namespace

int default_jobs() { return static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

ReadFiles::ReadFiles(const importers::TextLine& line, const std::vector<std::filesystem::path>& files,
                     ReadOptions options)
    : line_(line), files_(files), options_(std::move(options)) {
  const auto threads = std::min(static_cast<std::size_t>(options_.jobs), files.size());
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

ReadFiles::~ReadFiles() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  begun_or_given_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::optional<Result<importers::LineResult>> ReadFiles::next() {
  std::unique_lock lock(mutex_);
  if (given_ == files_.size()) return std::nullopt;
  read_.wait(lock, [&] { return slots_.contains(given_); });
  Slot slot = std::move(slots_.extract(given_).mapped());
  ++given_;
  bytes_held_ -= slot.bytes;
  lock.unlock();
  begun_or_given_.notify_all();
  if (slot.thrown) std::rethrow_exception(slot.thrown);
  return std::move(slot.result);
}

bool ReadFiles::may_begin(std::uintmax_t bytes) const {
  if (begun_ == given_) return true;
  const std::size_t ahead = threads_.size() * kFilesAheadOfEachThread;
  return begun_ - given_ < ahead && bytes_held_ + bytes <= kBytesAheadMax;
}

void ReadFiles::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    std::size_t measured = files_.size();
    std::uintmax_t bytes = 0;
    begun_or_given_.wait(lock, [&] {
      if (stop_ || begun_ == files_.size()) return true;
      if (measured != begun_) bytes = size_of(files_[measured = begun_]);
      return may_begin(bytes);
    });
    if (stop_ || begun_ == files_.size()) return;
    const std::size_t mine = begun_++;
    bytes_held_ += bytes;
    lock.unlock();
    Slot slot = read(files_[mine]);
    slot.bytes = bytes;
    lock.lock();
    slots_.emplace(mine, std::move(slot));
    read_.notify_one();
    // The others may be waiting for the last file to be begun.
    if (begun_ == files_.size()) begun_or_given_.notify_all();
  }
}

ReadFiles::Slot ReadFiles::read(const std::filesystem::path& file) const {
  Slot slot;
  try {
    const auto document = load_document(file, options_.publisher, options_.date);
    if (document)
      slot.result = line_.read(*document, options_.explain);
    else
      slot.result = Result<importers::LineResult>(document.error());
  } catch (...) {
    slot.thrown = std::current_exception();
  }
  return slot;
}

}  // namespace entente::app
