#include "importers/mapping/line_reader.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace entente::importers {

Result<std::unique_ptr<LineReader>> LineReader::open(const std::filesystem::path& path) {
  std::error_code code;
  if (!std::filesystem::exists(path, code)) return Error{ErrorCode::not_found, fmt::format("{}: there is no such file", path.string()), {}};
  auto reader = std::make_unique<LineReader>();
  reader->path_ = path;
  reader->file_.open(path, std::ios::binary);
  if (!reader->file_)
    return Error{errno == EACCES ? ErrorCode::permission : ErrorCode::io, fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)), {}};
  reader->bytes_ = std::filesystem::is_regular_file(path, code) ? std::filesystem::file_size(path, code) : 0;
  return reader;
}

Result<bool> LineReader::next(std::string_view& line) {
  buffer_.clear();
  for (int c = file_.get(); c != std::ifstream::traits_type::eof(); c = file_.get()) {
    ++read_;
    if (c == '\n') {
      ++line_;
      line = buffer_;
      return true;
    }
    if (buffer_.size() == kLineBytesMax)
      return Error{ErrorCode::too_large, fmt::format("{}:{}: a line of more than {} bytes", path_.string(), line_ + 1, kLineBytesMax), {}};
    buffer_.push_back(static_cast<char>(c));
  }
  if (file_.bad()) return Error{ErrorCode::io, fmt::format("cannot read {}: {}", path_.string(), std::strerror(errno)), {}};
  if (buffer_.empty()) return false;
  ++line_;
  line = buffer_;
  return true;
}

}  // namespace entente::importers
