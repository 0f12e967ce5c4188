// The way back from a text to what it was made from, byte by byte: decoding, unescaping and cleaning each leave one.
// A value; reading it from several threads is fine. Costs 16 bytes a segment; a plain copy of any length is one
// segment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente::importers {

class OffsetMap {
 public:
  // The next `made` bytes of the new text stand for the `from_bytes` bytes at `from` of the old one, as a whole.
  // Text that was put in (a blank line between paragraphs) has from_bytes 0. Both lengths at most 65535.
  // REQUIRES: from is never smaller than in the call before.
  void append(std::size_t made, std::size_t from, std::size_t from_bytes);
  // The next `bytes` bytes are a copy of those at `from`.
  void append_copy(std::size_t bytes, std::size_t from);

  // Appends to `out` what this map says of its bytes [begin, end): for a text that is put together from pieces.
  void copy_range(std::size_t begin, std::size_t end, OffsetMap& out) const;

  // How long the new text is.
  std::size_t size() const { return size_; }
  std::size_t segments() const { return segments_.size(); }

  // Where the byte at `at` came from. For at == size(): the end of what the last one came from.
  std::size_t from(std::size_t at) const;
  // The end of what the bytes before `end` came from, so that [from(begin), from_end(end)) covers [begin, end).
  std::size_t from_end(std::size_t end) const;

 private:
  // `units` of made bytes each came from as many units of `from_bytes` each.
  struct Segment {
    std::uint32_t at = 0;
    std::uint32_t from = 0;
    std::uint16_t made = 1;
    std::uint16_t from_bytes = 1;
  };

  const Segment* segment_of(std::size_t at) const;

  std::vector<Segment> segments_;
  std::size_t size_ = 0;
};

}  // namespace entente::importers
