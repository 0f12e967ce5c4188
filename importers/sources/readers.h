// Threads that read pages through the text line, a bounded number of bytes ahead of who takes the results.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "importers/sources/page.h"

namespace entente::importers {

struct ToRead {
  std::size_t run = 0;  // whose page it is
  std::string key;      // which page
  const SourceConfig* source = nullptr;
  Page page;
  std::string file;  // read from here first, when it is not empty
  CivilDate today;
};

struct WasRead {
  std::size_t run = 0;
  std::string key;
  Result<PageReading> reading;
};

class Readers {
 public:
  // `wake` is called from the threads whenever there is something to take. The line outlives the readers.
  Readers(const TextLine& line, int threads, std::function<void()> wake);
  // What is being read is read to its end; the rest is dropped.
  ~Readers();
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  // Whether more should be given now. What is given is taken all the same.
  bool has_room() const;
  void give(ToRead page);
  // What was read since; in no order. Throws what the text line threw, were it to.
  std::vector<WasRead> take();

 private:
  void work();

  const TextLine& line_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable given_;
  std::deque<ToRead> waiting_;
  std::vector<WasRead> read_;
  std::exception_ptr thrown_;
  std::size_t bytes_ = 0;  // of pages given and not taken
  std::size_t pages_ = 0;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

// One file as a page: a message (.eml, or in a maildir) becomes its text. Fails with not_found, permission, too_large,
// io, or invalid_argument.
Result<Page> page_of_file(const std::string& file, SourceKind kind);

}  // namespace entente::importers
