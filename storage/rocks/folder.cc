#include "storage/rocks/folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/kill_point.h"
#include "storage/layout/format.h"
#include "storage/store.h"

namespace entente::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHolderFile = "HOLDER";
constexpr std::string_view kRecordsFolder = "records";
constexpr std::string_view kUnfinishedFormatFile = "FORMAT.new";
constexpr std::size_t kSmallFileBytesMax = 4096;

Result<std::string> read_small(int descriptor, const fs::path& path) {
  std::string out(kSmallFileBytesMax, '\0');
  const ssize_t got = ::pread(descriptor, out.data(), out.size(), 0);
  if (got < 0) return system_error(errno, "cannot read", path);
  out.resize(static_cast<std::size_t>(got));
  return out;
}

Result<std::string> read_small(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_error(errno, "cannot read", path);
  auto text = read_small(descriptor, path);
  ::close(descriptor);
  return text;
}

// Writes all of it and waits until it is on disk.
Result<void> write_and_sync(int descriptor, std::string_view text, const fs::path& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) return system_error(errno, "cannot write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return system_error(errno, "cannot write", path);
  return {};
}

Result<void> sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return system_error(errno, "cannot open", folder);
  const int failed = ::fsync(descriptor) != 0 ? errno : 0;
  ::close(descriptor);
  if (failed != 0) return system_error(failed, "cannot write", folder);
  return {};
}

Error foreign(const fs::path& folder, const std::string& name) {
  return {ErrorCode::invalid_argument,
          fmt::format("{} is not a store and holds '{}': name an empty folder, or one that does not exist yet",
                      folder.string(), name),
          {}};
}

bool is_ours(const std::string& name) {
  return name == kFormatFile || name == kHolderFile || name == kRecordsFolder || name == kUnfinishedFormatFile ||
         name == kLoadingFolder;
}

}  // namespace

Error system_error(int number, const std::string& what, const fs::path& path) {
  const bool refused = number == EACCES || number == EPERM || number == EROFS;
  const char* const advice = number == ENOSPC || number == EDQUOT
                                 ? ": make room on the disk and try again; what was acknowledged is kept"
                             : refused ? ": change the rights of the folder, or run as the user who owns it"
                                       : "";
  return {refused ? ErrorCode::permission : ErrorCode::io,
          fmt::format("{} {}: {}{}", what, path.string(), std::generic_category().message(number), advice),
          {}};
}

std::filesystem::path records_folder(const fs::path& folder) { return folder / kRecordsFolder; }

Result<FolderState> look_at(const fs::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) {
    if (errno == ENOENT) return FolderState::absent;
    return system_error(errno, "cannot look at", folder);
  }
  if (!S_ISDIR(status.st_mode))
    return Error{ErrorCode::invalid_argument,
                 fmt::format("{} is a file, and a store is a folder: name a folder", folder.string()),
                 {}};
  std::error_code failed;
  fs::directory_iterator entries(folder, failed);
  if (failed) return system_error(failed.value(), "cannot look into", folder);
  bool sealed = false;
  bool begun = false;
  std::string other;
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename();
    sealed = sealed || name == kFormatFile;
    begun = begun || is_ours(name);
    if (!is_ours(name)) other = name;
  }
  if (sealed) {
    const auto text = read_small(folder / kFormatFile);
    if (!text) return text.error();
    const auto number = check_format(*text, folder);
    if (!number) return number.error();
    return *number < kFormatNumber ? FolderState::older : FolderState::sealed;
  }
  if (!other.empty()) return foreign(folder, other);
  return begun ? FolderState::unsealed : FolderState::absent;
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return system_error(failed.value(), "cannot make", folder);
  return {};
}

Result<void> seal(const fs::path& folder, std::uint32_t number) {
  const fs::path unfinished = folder / kUnfinishedFormatFile;
  const int descriptor = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return system_error(errno, "cannot write", unfinished);
  auto written = write_and_sync(descriptor, format_text(number), unfinished);
  ::close(descriptor);
  if (!written) return written;
  kill_point("seal.written");
  if (::rename(unfinished.c_str(), (folder / kFormatFile).c_str()) != 0)
    return system_error(errno, "cannot rename", unfinished);
  kill_point("seal.renamed");
  return sync_folder(folder);
}

Result<void> seal(const fs::path& folder) { return seal(folder, kFormatNumber); }

Result<std::optional<std::uint32_t>> read_format(const fs::path& folder) {
  std::error_code failed;
  if (!fs::exists(folder / kFormatFile, failed)) return std::optional<std::uint32_t>();
  const auto text = read_small(folder / kFormatFile);
  if (!text) return text.error();
  const auto number = check_format(*text, folder);
  if (!number) return number.error();
  return std::optional(*number);
}

Result<std::unique_ptr<Holding>> Holding::take(const fs::path& folder, const std::string& holder, RecordedTime since) {
  const fs::path path = folder / kHolderFile;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return system_error(errno, "cannot open", path);
  std::unique_ptr<Holding> holding(new Holding(descriptor));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int number = errno;
    const auto text = read_small(descriptor, path);
    ::close(holding->descriptor_);
    holding->descriptor_ = -1;
    if (number != EWOULDBLOCK) return system_error(number, "cannot lock", path);
    const std::string who = text && !text->empty() ? *text : "a process that has not said its name yet";
    return Error{ErrorCode::locked,
                 fmt::format("the store {} is held by {}; stop that process, or ask it instead of opening the store",
                             folder.string(), who),
                 {}};
  }
  // What stands there is of a holder that is gone.
  auto left_by = read_small(descriptor, path);
  if (!left_by) return left_by.error();
  holding->left_by_ = std::move(*left_by);
  if (::ftruncate(descriptor, 0) != 0) return system_error(errno, "cannot write", path);
  const auto said =
      write_and_sync(descriptor, fmt::format("{} (process {}, since {})", holder, ::getpid(), since.to_text()), path);
  if (!said) return said.error();
  return holding;
}

Holding::~Holding() {
  if (descriptor_ < 0) return;
  // Emptied before it is let go of; were this to fail, the next holder overwrites it.
  if (::ftruncate(descriptor_, 0) != 0) errno = 0;
  ::close(descriptor_);
}

}  // namespace entente::storage
