#include "importers/tables/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace entente::importers {
namespace {

constexpr std::size_t kPieceBytes = 1U << 20U;

}  // namespace

Result<CsvReader> CsvReader::open(const std::filesystem::path& path, char separator, bool quotes) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status)) return Error{ErrorCode::not_found, fmt::format("there is no file {}", path.string()), {}};
  if (std::filesystem::is_directory(status))
    return Error{ErrorCode::invalid_argument, fmt::format("{} is a folder: name a file", path.string()), {}};
  std::FILE* const file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr)
    return Error{errno == EACCES ? ErrorCode::permission : ErrorCode::io,
                 fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)),
                 {}};
  const std::uint64_t bytes = std::filesystem::is_regular_file(status) ? std::filesystem::file_size(path, failed) : 0;
  return CsvReader(path, file, failed ? 0 : bytes, separator, quotes);
}

// Keeps what is not used yet and reads on behind it.
Result<void> CsvReader::read_more() {
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + kPieceBytes);
  const std::size_t got = std::fread(buffer_.data() + kept, 1, kPieceBytes, file_.get());
  buffer_.resize(kept + got);
  bytes_read_ += got;
  ended_ = got < kPieceBytes;
  if (ended_ && std::ferror(file_.get()) != 0)
    return Error{ErrorCode::io, fmt::format("cannot read {}: {}", path_.string(), std::strerror(errno)), {}};
  return {};
}

Result<bool> CsvReader::next(std::vector<std::string_view>& cells) {
  while (true) {
    const void* const found = at_ < buffer_.size() ? std::memchr(buffer_.data() + at_, '\n', buffer_.size() - at_) : nullptr;
    if (found == nullptr && !ended_ && buffer_.size() - at_ <= kRowBytesMax) {
      if (auto read = read_more(); !read) return read.error();
      continue;
    }
    if (found == nullptr && buffer_.size() - at_ > kRowBytesMax) {
      skip_line();
      return Error{ErrorCode::invalid_argument,
                   fmt::format("{}:{}: a row of more than {} bytes", path_.string(), line_, kRowBytesMax),
                   {}};
    }
    if (found == nullptr && at_ == buffer_.size()) return false;
    const char* const begin = buffer_.data() + at_;
    const char* end = found == nullptr ? buffer_.data() + buffer_.size() : static_cast<const char*>(found);
    const std::size_t used = static_cast<std::size_t>(end - begin) + (found == nullptr ? 0 : 1);
    if (quotes_ && std::memchr(begin, '"', static_cast<std::size_t>(end - begin)) != nullptr) return next_quoted(cells);
    line_ = next_line_++;
    at_ += used;
    if (end != begin && end[-1] == '\r') --end;
    if (end == begin) continue;  // an empty line is no row
    cells.clear();
    const char* start = begin;
    for (const char* c = begin; c != end; ++c)
      if (*c == separator_) {
        cells.emplace_back(start, static_cast<std::size_t>(c - start));
        start = c + 1;
      }
    cells.emplace_back(start, static_cast<std::size_t>(end - start));
    return true;
  }
}

// Past a row that is off: to the end of its line, as far as it is read, so that the next can be.
void CsvReader::skip_line() {
  line_ = next_line_++;
  const std::size_t end = buffer_.find('\n', at_);
  at_ = end == std::string::npos ? buffer_.size() : end + 1;
}

// A row with quotation marks may go on over several lines.
Result<bool> CsvReader::next_quoted(std::vector<std::string_view>& cells) {
  line_ = next_line_;
  std::size_t c = at_;
  bool quoted = false;
  std::vector<std::string> out(1);
  std::uint64_t lines = 0;
  while (true) {
    if (c == buffer_.size() && !ended_) {
      if (buffer_.size() - at_ > kRowBytesMax) {
        skip_line();
        return Error{ErrorCode::invalid_argument,
                     fmt::format("{}:{}: a row of more than {} bytes, or a quotation mark that is not closed",
                                 path_.string(), line_, kRowBytesMax),
                     {}};
      }
      c -= at_;
      if (auto read = read_more(); !read) return read.error();
      continue;
    }
    if (c == buffer_.size()) {
      if (!quoted) break;
      skip_line();
      return Error{ErrorCode::invalid_argument,
                   fmt::format("{}:{}: a quotation mark that is not closed", path_.string(), line_),
                   {}};
    }
    const char byte = buffer_[c++];
    if (byte == '\n') ++lines;
    if (byte == '"') {
      // A doubled mark is one; its second half may still have to be read.
      if (quoted && c == buffer_.size() && !ended_) {
        c -= at_;
        if (auto read = read_more(); !read) return read.error();
      }
      if (quoted && c < buffer_.size() && buffer_[c] == '"') {
        out.back() += '"';
        ++c;
      } else {
        quoted = !quoted;
      }
    } else if (quoted) {
      out.back() += byte;
    } else if (byte == separator_) {
      out.emplace_back();
    } else if (byte == '\n') {
      break;
    } else {
      out.back() += byte;
    }
  }
  if (!out.back().empty() && out.back().back() == '\r') out.back().pop_back();
  next_line_ += std::max<std::uint64_t>(lines, 1);
  at_ = c;
  unquoted_ = std::move(out);
  cells.assign(unquoted_.begin(), unquoted_.end());
  return true;
}

}  // namespace entente::importers
