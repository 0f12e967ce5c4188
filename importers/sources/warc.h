// Web archives (WARC 1.0 and 1.1, ISO 28500), plain or compressed record by record: the pages that they hold, one at a
// time, however large the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"

namespace entente::importers {

struct ArchivedPage {
  std::string url;
  std::string date;  // when it was archived, as written: "2021-03-04T05:06:07Z"
  int status = 0;    // of the answer; 200 for what was archived without one
  std::string content_type;
  std::string body;  // as the server meant it: neither chunked nor compressed
};

class WarcReader {
 public:
  // Goes on from `offset`, a number that offset() gave. Fails with not_found, permission, io, or invalid_argument.
  static Result<std::unique_ptr<WarcReader>> open(const std::filesystem::path& file, std::uint64_t offset);
  ~WarcReader();
  WarcReader(const WarcReader&) = delete;
  WarcReader& operator=(const WarcReader&) = delete;

  // The next page; other records are passed over, and so are pages longer than `bytes_max`. Absent at the end. Fails
  // with invalid_argument, saying at which byte, when what is there is no WARC; what came before it counts.
  Result<std::optional<ArchivedPage>> next(std::size_t bytes_max);
  // How much of the file what was given so far takes: the start of the record that comes next.
  std::uint64_t offset() const;

 private:
  class Bytes;
  explicit WarcReader(std::unique_ptr<Bytes> bytes);
  std::unique_ptr<Bytes> bytes_;
};

// The body of an HTTP answer and what its head says. Absent for what is none.
std::optional<ArchivedPage> read_http_answer(std::string bytes, std::size_t bytes_max);

}  // namespace entente::importers
