// The lines of a file, read in pieces.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::importers {

// Longer lines are no rows.
inline constexpr std::size_t kLineBytesMax = 16U << 20U;

class LineReader {
 public:
  // Fails with not_found, permission or io.
  static Result<std::unique_ptr<LineReader>> open(const std::filesystem::path& path);

  // The line lives until the next call; false at the end. Fails with io or too_large.
  Result<bool> next(std::string_view& line);
  std::uint64_t line() const { return line_; }
  // How far the file is read, 0 to 1.
  double part() const { return bytes_ == 0 ? 0 : static_cast<double>(read_) / static_cast<double>(bytes_); }

 private:
  std::filesystem::path path_;
  std::ifstream file_;
  std::string buffer_;
  std::uint64_t bytes_ = 0;
  std::uint64_t read_ = 0;
  std::uint64_t line_ = 0;
};

}  // namespace entente::importers
