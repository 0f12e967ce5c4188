// The whole program as a person runs it: import, serve, ask, kill, start again, ask again. Real files, sockets, processes.
#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

namespace fs = std::filesystem;

struct Ran {
  int code = -1;
  std::string out;
};

// Standard error goes with standard output.
Ran run(const std::string& arguments) {
  const std::string line = std::string(ENTENTE_BINARY) + " " + arguments + " 2>&1";
  FILE* const pipe = ::popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ran ran;
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) ran.out.append(buffer.data(), n);
  const int status = ::pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("entente-e2e-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

class Server {
 public:
  Server(const std::string& db, const std::string& address) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::execl(ENTENTE_BINARY, "entente", "serve", "--db", db.c_str(), "--listen", address.c_str(), "--log", "off", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    std::array<char, 6> said{};
    std::size_t got = 0;
    while (got < said.size()) {
      const ssize_t n = ::read(ends[0], said.data() + got, said.size() - got);
      if (n <= 0) break;
      got += static_cast<std::size_t>(n);
    }
    ::close(ends[0]);
    REQUIRE(std::string(said.data(), got) == "ready\n");
  }
  ~Server() {
    if (pid_ > 0) end(SIGKILL);
  }
  int end(int signal) {
    ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = 0;
};

}  // namespace

TEST_CASE("what was imported is answered over RPC, also after the server was killed") {
  const Folder folder;
  const std::string db = folder.file("db");
  const std::string address = "unix:" + folder.file("s");
  const Ran imported = run("import " ENTENTE_SAMPLES " --db " + db);
  INFO(imported.out);
  REQUIRE(imported.code == 0);
  CHECK(run("import " ENTENTE_SAMPLES " --db " + db).out.find("nothing changed") != std::string::npos);

  std::string before;
  {
    Server server(db, address);
    before = run("timeline KR Kazakhstan --json --server " + address).out;
    CHECK(before.find("\"id\":\"event:") != std::string::npos);
    const Ran second = run("serve --log off --db " + db + " --listen unix:" + folder.file("t"));
    CHECK(second.code == 4);
    CHECK(second.out.find("held by entente serve") != std::string::npos);
    server.end(SIGKILL);
  }
  {
    Server server(db, address);
    CHECK(run("timeline KR Kazakhstan --json --server " + address).out == before);
    const std::string event = before.substr(before.find("event:"), 22);
    const Ran why = run("why " + event + " --server " + address);
    INFO(why.out);
    CHECK(why.code == 0);
    CHECK(why.out.find(">>") != std::string::npos);
    CHECK(server.end(SIGTERM) == 0);
  }
  CHECK(run("timeline KR Kazakhstan --json --db " + db).out == before);
}

TEST_CASE("bad input is refused with a sentence and the others are read") {
  const Folder folder;
  const std::string db = folder.file("db");
  std::ofstream(folder.file("empty.txt")).flush();
  std::ofstream(folder.file("bytes.txt")) << "Minister A met \xff\xfe Minister B";
  std::ofstream(folder.file("huge.txt")).flush();
  fs::resize_file(folder.file("huge.txt"), 200U << 20U);
  const Ran ran = run("import " + folder.file("empty.txt") + " " + folder.file("huge.txt") + " " + folder.file("bytes.txt") + " " + folder.file("none.txt") + " --db " + db);
  INFO(ran.out);
  CHECK(ran.code == 3);
  CHECK(ran.out.find("3 failed") != std::string::npos);
  CHECK(run("import " ENTENTE_SAMPLES " --date 2020-13-40 --db " + db).code == 2);
  CHECK(run("event event:0000000000000000 --db " + db).code == 5);
  CHECK(run("timeline Nowhereland --db " + db).code == 5);
  CHECK(run("stats --db " + folder.file("no-store")).code == 5);
  CHECK(run("timeline KR --server unix:" + folder.file("nobody")).code == 4);
}

TEST_CASE("an extraction is one JSON object a release") {
  const Ran ran = run("extract " ENTENTE_SAMPLES " --json");
  CHECK(ran.code == 0);
  CHECK(ran.out.front() == '{');
  CHECK(ran.out.find("\"evidence\"") != std::string::npos);
}
