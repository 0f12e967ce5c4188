// Rows of a file of cells between commas or tabs, as RFC 4180 has them, read in pieces: any size of file takes the same
// memory. A cell may stand in quotation marks, which are doubled inside, where they are not letters like others.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::importers {

// Longer rows are no rows.
inline constexpr std::size_t kRowBytesMax = 16U << 20U;

class CsvReader {
 public:
  // Fails with not_found, permission or io.
  static Result<CsvReader> open(const std::filesystem::path& path, char separator = ',', bool quotes = true);

  // The next row's cells, which live until the next call; false at the end. Fails with io, or with invalid_argument for
  // a row that is too long or a quotation mark that is not closed; then the row behind that line is next.
  Result<bool> next(std::vector<std::string_view>& cells);

  // The line on which the row given last begins, counted from 1.
  std::uint64_t line() const { return line_; }
  std::uint64_t bytes_read() const { return bytes_read_; }
  std::uint64_t bytes() const { return bytes_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  CsvReader(std::filesystem::path path, std::FILE* file, std::uint64_t bytes, char separator, bool quotes)
      : path_(std::move(path)), file_(file), bytes_(bytes), separator_(separator), quotes_(quotes) {}

  Result<void> read_more();
  void skip_line();
  Result<bool> next_quoted(std::vector<std::string_view>& cells);

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t bytes_ = 0;
  char separator_;
  bool quotes_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::uint64_t line_ = 0;
  std::uint64_t next_line_ = 1;
  std::uint64_t bytes_read_ = 0;
  std::vector<std::string> unquoted_;
};

}  // namespace entente::importers
