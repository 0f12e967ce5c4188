// The program as a person runs it: real processes, files and sockets in a folder that goes away.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace entente::test {

struct Ran {
  int code = -1;  // of exit; -1 when a signal ended it
  std::string out;
  std::string err;
};

struct As {
  std::map<std::string, std::string> environment;
  bool nobody = false;  // as a user without rights; only root can
  const char* out = nullptr;  // a file for standard output, which is then not read
};

// Runs the program to its end, standard input empty.
Ran run(const std::vector<std::string>& arguments, const As& as = {});

// Whether run(.., {.nobody = true}) works here: we are root, and the program can be reached by others.
bool can_run_as_nobody();

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string path(const std::string& name) const { return (path_ / name).string(); }
  // Makes the folders on the way; gives the path.
  std::string write(const std::string& name, const std::string& bytes) const;

 private:
  std::filesystem::path path_;
};

// Every file below the folder with its bytes.
std::map<std::string, std::string> bytes_of(const std::string& folder);

// A server that has said "ready"; killed when it goes.
class Server {
 public:
  Server(const std::string& db, const std::string& address);
  ~Server();
  // Sends the signal; the code that it exits with, -1 when a signal ended it.
  int end(int signal);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  pid_t pid_ = 0;
};

// A release as a record, of our own wording: two ministers meet.
std::string meeting_record(const std::string& id, const std::string& date = "2023-05-04");

}  // namespace entente::test
