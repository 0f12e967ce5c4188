// Loaded before a writer (LD_PRELOAD): notes how long each file was when it was last synced, in the file that
// ENTENTE_SYNCED_SIZES names, as pairs of numbers: inode, bytes. After the writer's death the test cuts every file back to
// that, as if the power had gone with the process.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

using Sync = int (*)(int);

int log_descriptor() {
  static const int descriptor = [] {
    const char* const path = std::getenv("ENTENTE_SYNCED_SIZES");
    return path == nullptr ? -1 : ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  }();
  return descriptor;
}

int synced(const char* name, int descriptor) {
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto real = reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, name));  // NOLINT: what dlsym gives
  const int result = real(descriptor);
  if (known && result == 0 && log_descriptor() >= 0) {
    const std::array<std::uint64_t, 2> pair{status.st_ino, static_cast<std::uint64_t>(status.st_size)};
    if (::write(log_descriptor(), pair.data(), sizeof pair) < 0) std::_Exit(5);
  }
  return result;
}

}  // namespace

extern "C" {
int fsync(int descriptor) { return synced("fsync", descriptor); }
int fdatasync(int descriptor) { return synced("fdatasync", descriptor); }
}
