#include "tests/crash/victim.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace entente::test {
namespace {

namespace fs = std::filesystem;

using Sizes = std::map<std::uint64_t, std::uint64_t>;  // inode to bytes

template <class Visit>
void each_file(const fs::path& store, Visit visit) {
  for (const fs::path& folder : {store, fs::path(store.string() + ".copies")}) {
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      struct stat status {};
      if (!entry.is_regular_file() || ::stat(entry.path().c_str(), &status) != 0) continue;
      visit(entry.path(), status);
    }
  }
}

Sizes sizes_of(const fs::path& store) {
  Sizes out;
  each_file(store, [&](const fs::path&, const struct stat& status) { out[status.st_ino] = static_cast<std::uint64_t>(status.st_size); });
  return out;
}

// Cuts every file back to what was on disk before, or synced since.
void cut(const fs::path& store, Sizes durable, const fs::path& log) {
  std::ifstream in(log, std::ios::binary);
  for (std::array<std::uint64_t, 2> pair{}; in.read(reinterpret_cast<char*>(pair.data()), sizeof pair);)  // NOLINT
    durable[pair[0]] = pair[1];
  each_file(store, [&](const fs::path& file, const struct stat& status) {
    const auto known = durable.find(status.st_ino);
    const std::uint64_t bytes = known == durable.end() ? 0 : known->second;
    if (bytes < static_cast<std::uint64_t>(status.st_size)) fs::resize_file(file, bytes);
  });
}

std::string read_to_end(int descriptor) {
  std::string out;
  std::array<char, 4096> some{};
  for (ssize_t n = 0; (n = ::read(descriptor, some.data(), some.size())) > 0;) out.append(some.data(), static_cast<std::size_t>(n));
  ::close(descriptor);
  return out;
}

}  // namespace

bool power_can_go() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#else
  return true;
#endif
}

Death run_writer(const fs::path& store, std::uint32_t seed, std::uint64_t first, std::uint64_t last, const HowToDie& how) {
  const fs::path log = store.string() + ".synced";
  const bool power_goes = how.power_goes && power_can_go();
  Sizes durable;
  if (power_goes) durable = sizes_of(store);
  std::array<int, 2> out{};
  REQUIRE(::pipe2(out.data(), O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    if (!how.point.empty()) ::setenv("ENTENTE_KILL_POINT", how.point.c_str(), 1);
    if (power_goes) {
      ::setenv("LD_PRELOAD", ENTENTE_SYNCED_SIZES_LIBRARY, 1);
      ::setenv("ENTENTE_SYNCED_SIZES", log.c_str(), 1);
    }
    const std::array<std::string, 8> words{"writer", how.mode, store.string(), std::to_string(seed), std::to_string(first),
                                           std::to_string(last), how.relaxed ? "relaxed" : "synced", std::to_string(how.micros)};
    std::array<char*, 9> arguments{};
    std::transform(words.begin(), words.end(), arguments.begin(), [](const std::string& word) { return const_cast<char*>(word.c_str()); });
    ::execv(ENTENTE_CRASH_WRITER, arguments.data());
    ::_exit(127);
  }
  ::close(out[1]);
  std::istringstream said(read_to_end(out[0]));
  int status = 0;
  ::waitpid(child, &status, 0);
  Death death;
  death.killed = WIFSIGNALED(status);
  INFO("the writer left with " << status << " " << how.mode << " " << how.point);
  REQUIRE((death.killed ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0));
  std::string what;
  for (std::uint64_t step = 0; said >> what >> step;) {
    death.begun.reset();
    if (what == "begin") death.begun = step;
    else (what == "done" ? death.done : death.copied).push_back(step);
  }
  if (power_goes) {
    cut(store, std::move(durable), log);
    fs::remove(log);
  }
  return death;
}

}  // namespace entente::test
