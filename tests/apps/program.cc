#include "tests/apps/program.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace entente::test {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kNobody = 65534;

std::string read_all(int descriptor) {
  std::string bytes;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t n = ::read(descriptor, buffer.data(), buffer.size());
    if (n <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(n));
  }
  ::close(descriptor);
  return bytes;
}

// In the child; does not come back.
[[noreturn]] void become(std::vector<std::string> arguments, const As& as) {
  arguments.insert(arguments.begin(), "entente");
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  for (const auto& [name, value] : as.environment) ::setenv(name.c_str(), value.c_str(), 1);
  if (as.nobody && (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(126);
  ::execv(ENTENTE_BINARY, pointers.data());
  ::_exit(127);
}

}  // namespace

Ran run(const std::vector<std::string>& arguments, const As& as) {
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  REQUIRE(::pipe2(out.data(), O_CLOEXEC) == 0);
  REQUIRE(::pipe2(err.data(), O_CLOEXEC) == 0);
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    ::dup2(as.out != nullptr ? ::open(as.out, O_WRONLY) : out[1], STDOUT_FILENO);
    ::dup2(err[1], STDERR_FILENO);
    become(arguments, as);
  }
  ::close(out[1]);
  ::close(err[1]);
  Ran ran;
  // Both at once: a program that fills one pipe waits for its reader.
  std::thread errors([&] { ran.err = read_all(err[0]); });
  ran.out = read_all(out[0]);
  errors.join();
  int status = 0;
  ::waitpid(pid, &status, 0);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

bool can_run_as_nobody() { return ::geteuid() == 0 && run({"version"}, {{}, true}).code == 0; }

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "entente-test-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
  fs::permissions(path_, fs::perms(0755));
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& bytes) const {
  const fs::path file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  REQUIRE(out.flush().good());
  return file.string();
}

std::map<std::string, std::string> bytes_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[entry.path().string()].assign(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

Server::Server(const std::string& db, const std::string& address) {
  std::array<int, 2> out{};
  REQUIRE(::pipe2(out.data(), O_CLOEXEC) == 0);
  pid_ = ::fork();
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    become({"serve", "--db", db, "--listen", address, "--log", "off"}, {});
  }
  ::close(out[1]);
  std::string said;
  char c = 0;
  while (said.find('\n') == std::string::npos && ::read(out[0], &c, 1) == 1) said += c;
  ::close(out[0]);
  REQUIRE(said == "ready\n");
}

int Server::end(int signal) {
  ::kill(pid_, signal);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Server::~Server() {
  if (pid_ > 0) end(SIGTERM);
}

std::string meeting_record(const std::string& id, const std::string& date) {
  return R"({"id": ")" + id + R"(", "publisher": "KR-MOFA", "published": ")" + date +
         R"(", "title": "Talks with Japan", "url": "https://tests.invalid/)" + id +
         R"(", "text": "Foreign Minister Baek Do-yun met with Minister of Foreign Affairs of Japan Ono Haruka in Seoul on )" +
         date + R"(."})";
}

}  // namespace entente::test
