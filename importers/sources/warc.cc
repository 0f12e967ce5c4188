#include "importers/sources/warc.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <map>

#include "base/ascii.h"
#include "importers/sources/gunzip.h"

namespace entente::importers {
namespace {

constexpr std::size_t kHeadBytesMax = 256U << 10U;
constexpr std::size_t kPiece = 64U << 10U;
constexpr std::uint64_t kRecordBytesMax = 1ULL << 40U;

using Head = std::map<std::string, std::string>;  // names in lower case

Head head_of(std::string_view text) {
  Head head;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (const auto colon = line.find(':'); colon != std::string_view::npos)
      head.emplace(ascii_lowered(ascii_trimmed(line.substr(0, colon))), ascii_trimmed(line.substr(colon + 1)));
  }
  return head;
}

std::string value_of(const Head& head, const std::string& name) {
  const auto found = head.find(name);
  return found == head.end() ? std::string() : found->second;
}

std::optional<std::uint64_t> number_of(const std::string& text, int base = 10) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc{} && end != text.data() ? std::optional(value) : std::nullopt;
}

// "4\r\nWiki\r\n0\r\n\r\n" -> "Wiki"; what is broken counts as far as it goes.
std::string without_chunks(std::string_view bytes) {
  std::string out;
  while (true) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) return out;
    const auto length = number_of(std::string(ascii_trimmed(bytes.substr(0, std::min<std::size_t>(end, 32)))), 16);
    bytes.remove_prefix(end + 1);
    if (!length || *length == 0) return out;
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(*length, bytes.size()));
    out += bytes.substr(0, take);
    bytes.remove_prefix(take);
    if (bytes.starts_with("\r")) bytes.remove_prefix(1);
    if (bytes.starts_with("\n")) bytes.remove_prefix(1);
  }
}

}  // namespace

std::optional<ArchivedPage> read_http_answer(std::string bytes, std::size_t bytes_max) {
  if (!bytes.starts_with("HTTP/")) return std::nullopt;
  auto end = bytes.find("\r\n\r\n");
  std::size_t skip = 4;
  if (const auto bare = bytes.find("\n\n"); bare < end) {
    end = bare;
    skip = 2;
  }
  if (end == std::string::npos || end > kHeadBytesMax) return std::nullopt;
  const std::string top = bytes.substr(0, end);
  const Head head = head_of(std::string_view(top).substr(std::min(top.size(), top.find('\n') + 1)));
  ArchivedPage page;
  const auto blank = top.find(' ');
  page.status = static_cast<int>(number_of(blank == std::string::npos ? "" : top.substr(blank + 1, 3)).value_or(0));
  page.content_type = value_of(head, "content-type");
  bytes.erase(0, end + skip);
  page.body = std::move(bytes);
  // Some archivers keep what the head says and undo it all the same: only what looks so is undone.
  if (ascii_lowered(value_of(head, "transfer-encoding")).find("chunked") != std::string::npos)
    if (std::string whole = without_chunks(page.body); !whole.empty()) page.body = std::move(whole);
  const std::string coding = ascii_lowered(value_of(head, "content-encoding"));
  if ((coding == "gzip" || coding == "x-gzip" || coding == "deflate") && (coding == "deflate" || is_gzip(page.body))) {
    auto undone = inflate(page.body, bytes_max);
    if (!undone && undone.error().code == ErrorCode::too_large) return std::nullopt;
    if (undone) page.body = std::move(*undone);
  }
  if (page.body.size() > bytes_max) return std::nullopt;
  return page;
}

// The bytes of the file, decompressed as they are asked for.
class WarcReader::Bytes {
 public:
  Bytes(std::FILE* file, std::string name, std::uint64_t offset)
      : file_(file), name_(std::move(name)), read_(offset), member_at_(offset), go_on_at_(offset) {
    fill();
    compressed_ = buffered() >= 2 && raw_[at_] == '\x1F' && raw_[at_ + 1] == '\x8B';
    if (compressed_) good_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
  }
  ~Bytes() {
    if (compressed_) inflateEnd(&stream_);
    std::fclose(file_);
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  const std::string& name() const { return name_; }
  std::uint64_t offset() const { return compressed_ ? go_on_at_ : read_ - buffered() - out_left(); }

  // The next byte; absent at the end, or where decompression stops.
  std::optional<char> get() {
    if (out_at_ == out_.size() && !more()) return std::nullopt;
    return out_[out_at_++];
  }
  std::optional<char> peek() {
    if (out_at_ == out_.size() && !more()) return std::nullopt;
    return out_[out_at_];
  }
  // Up to `count` bytes onto `into` (or nowhere, when null). False when fewer were left.
  bool take(std::uint64_t count, std::string* into) {
    while (count > 0) {
      if (out_at_ == out_.size() && !more()) return false;
      const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(count, out_.size() - out_at_));
      if (into != nullptr) into->append(out_, out_at_, part);
      out_at_ += part;
      count -= part;
    }
    return true;
  }
  bool broken() const { return !good_; }
  // The record that comes next begins here. In a compressed file one can only go on where a member begins.
  void mark() {
    if (!compressed_) return;
    if (out_at_ == out_.size())
      go_on_at_ = read_ - buffered();
    else if (out_at_ == 0 && out_begins_member_)
      go_on_at_ = member_at_;
  }

 private:
  std::size_t buffered() const { return raw_.size() - at_; }
  std::size_t out_left() const { return out_.size() - out_at_; }

  void fill() {
    raw_.resize(kPiece);
    const std::size_t got = std::fread(raw_.data(), 1, raw_.size(), file_);
    raw_.resize(got);
    at_ = 0;
    read_ += got;
  }

  bool more() {
    out_.clear();
    out_at_ = 0;
    if (!good_) return false;
    if (!compressed_) {
      if (buffered() == 0) fill();
      out_.assign(raw_, at_, buffered());
      at_ = raw_.size();
      return !out_.empty();
    }
    while (out_.empty()) {
      if (buffered() == 0) fill();
      if (buffered() == 0) return false;
      if (ended_) {
        // Between members: zeros are padding.
        if (raw_[at_] == '\0') {
          ++at_;
          continue;
        }
        ended_ = false;
        begins_ = true;
        member_at_ = read_ - buffered();
        if (inflateReset(&stream_) != Z_OK) return good_ = false;
      }
      inflate_some();
      out_begins_member_ = begins_;
      if (!out_.empty()) begins_ = false;
      if (!good_) return false;
    }
    return true;
  }

  void inflate_some() {
    std::array<char, kPiece> buffer{};
    stream_.next_in = reinterpret_cast<Bytef*>(raw_.data() + at_);
    stream_.avail_in = static_cast<uInt>(buffered());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(buffer.size());
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    at_ = raw_.size() - stream_.avail_in;
    out_.append(buffer.data(), buffer.size() - stream_.avail_out);
    if (code == Z_STREAM_END) {
      ended_ = true;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      good_ = false;
    }
  }

  std::FILE* file_;
  std::string name_;
  std::uint64_t read_;  // of the file, to the end of the buffer
  std::string raw_;
  std::size_t at_ = 0;
  std::string out_;
  std::size_t out_at_ = 0;
  bool compressed_ = false;
  bool good_ = true;
  bool ended_ = false;
  bool begins_ = true;              // nothing of the member was given yet
  bool out_begins_member_ = false;  // out_ starts with its first byte
  std::uint64_t member_at_;         // where in the file the member begins
  std::uint64_t go_on_at_;
  z_stream stream_{};
};

WarcReader::WarcReader(std::unique_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {}
WarcReader::~WarcReader() = default;
std::uint64_t WarcReader::offset() const { return bytes_->offset(); }

Result<std::unique_ptr<WarcReader>> WarcReader::open(const std::filesystem::path& path, std::uint64_t offset) {
  std::FILE* const file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr)
    return Error{errno == EACCES ? ErrorCode::permission : ErrorCode::not_found,
                 fmt::format("{} cannot be opened: {}", path.string(), std::strerror(errno)),
                 {}};
  if (fseeko(file, static_cast<off_t>(offset), SEEK_SET) != 0) {
    std::fclose(file);
    return Error{ErrorCode::io, fmt::format("{} has no byte {}", path.string(), offset), {}};
  }
  return std::unique_ptr<WarcReader>(new WarcReader(std::make_unique<Bytes>(file, path.string(), offset)));
}

Result<std::optional<ArchivedPage>> WarcReader::next(std::size_t bytes_max) {
  const auto wrong = [&](std::string_view what) {
    return Error{
        ErrorCode::invalid_argument, fmt::format("{}: from byte {} on {}", bytes_->name(), bytes_->offset(), what), {}};
  };
  while (true) {
    std::string head;
    bool blank = true;
    while (head.find("\r\n\r\n") == std::string::npos && head.find("\n\n") == std::string::npos) {
      const auto c = bytes_->get();
      if (!c) {
        if (bytes_->broken()) return wrong("what is compressed is broken");
        if (blank) return std::optional<ArchivedPage>();
        return wrong("the head of a record is cut off");
      }
      if (blank && (*c == '\r' || *c == '\n')) continue;
      blank = false;
      head += *c;
      if (head.size() == 5 && head != "WARC/") return wrong("this is no WARC: a record begins with \"WARC/1.0\"");
      if (head.size() > kHeadBytesMax) return wrong("the head of a record does not end");
    }
    const Head fields = head_of(head);
    const auto length = number_of(value_of(fields, "content-length"));
    if (!length || *length > kRecordBytesMax) return wrong("a record has no length");
    const std::string type = ascii_lowered(value_of(fields, "warc-type"));
    const bool wanted = (type == "response" || type == "resource") && *length <= bytes_max + kHeadBytesMax;
    std::string block;
    if (!bytes_->take(*length, wanted ? &block : nullptr)) return wrong("a record is cut off");
    // The line ends behind it, so that what follows begins with the next one.
    while (const auto c = bytes_->peek()) {
      if (*c != '\r' && *c != '\n') break;
      bytes_->get();
    }
    bytes_->mark();
    if (!wanted) continue;
    std::string url = value_of(fields, "warc-target-uri");
    if (url.size() > 2 && url.front() == '<' && url.back() == '>') url = url.substr(1, url.size() - 2);
    std::optional<ArchivedPage> page;
    if (type == "resource") {
      page = ArchivedPage{{}, {}, 200, value_of(fields, "content-type"), std::move(block)};
      if (page->body.size() > bytes_max) continue;
    } else {
      page = read_http_answer(std::move(block), bytes_max);
    }
    if (!page) continue;
    page->url = std::move(url);
    page->date = value_of(fields, "warc-date");
    return page;
  }
}

}  // namespace entente::importers
