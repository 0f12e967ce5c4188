#include "importers/sources/gunzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>

namespace entente::importers {
namespace {

constexpr int kGzip = 15 + 16;
constexpr int kGzipOrZlib = 15 + 32;
constexpr int kRaw = -15;

struct Inflating {
  z_stream stream{};
  explicit Inflating(int window) { good = inflateInit2(&stream, window) == Z_OK; }
  ~Inflating() { inflateEnd(&stream); }
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;
  bool good = false;
};

Error broken() {
  return {ErrorCode::invalid_argument, "it is compressed, and what is compressed is broken or cut off", {}};
}

Result<std::string> undone(std::string_view bytes, std::size_t bytes_max, int window) {
  Inflating inflating(window);
  if (!inflating.good) return Error{ErrorCode::io, "zlib has no memory", {}};
  z_stream& stream = inflating.stream;
  std::string out;
  std::array<char, 65536> buffer{};
  // zlib takes what it does not change as if it would.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int code = ::inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = buffer.size() - stream.avail_out;
    if (out.size() + got > bytes_max)
      return Error{ErrorCode::too_large, fmt::format("decompressed it has more than {} bytes", bytes_max), {}};
    out.append(buffer.data(), got);
    if (code == Z_STREAM_END) {
      // What follows is the next member, or padding.
      if (window != kGzip || stream.avail_in < 2 || stream.next_in[0] != 0x1F) return out;
      if (inflateReset(&stream) != Z_OK) return broken();
      continue;
    }
    if (code != Z_OK || (got == 0 && stream.avail_in == 0)) return broken();
  }
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

Result<std::string> gunzip(std::string_view bytes, std::size_t bytes_max) { return undone(bytes, bytes_max, kGzip); }

Result<std::string> inflate(std::string_view bytes, std::size_t bytes_max) {
  auto out = undone(bytes, bytes_max, kGzipOrZlib);
  if (out || out.error().code == ErrorCode::too_large) return out;
  return undone(bytes, bytes_max, kRaw);
}

}  // namespace entente::importers
