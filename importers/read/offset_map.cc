#include "importers/read/offset_map.h"

#include <algorithm>

#include "base/check.h"

namespace entente::importers {

void OffsetMap::append(std::size_t made, std::size_t from, std::size_t from_bytes) {
  if (made == 0) return;
  ENTENTE_CHECK(made <= 0xFFFF && from_bytes <= 0xFFFF, "a unit of {} bytes made from {}", made, from_bytes);
  if (!segments_.empty()) {
    const Segment& last = segments_.back();
    if (made == 1 && from_bytes == 1 && last.made == 1 && last.from_bytes == 1) {  // a copy goes on: no need to divide
      if (last.from + (size_ - last.at) == from) {
        ++size_;
        return;
      }
    }
    const std::size_t units = (size_ - last.at) / last.made;
    if (last.made == made && last.from_bytes == from_bytes && last.from + units * from_bytes == from) {
      size_ += made;
      return;
    }
  }
  segments_.push_back({static_cast<std::uint32_t>(size_), static_cast<std::uint32_t>(from),
                       static_cast<std::uint16_t>(made), static_cast<std::uint16_t>(from_bytes)});
  size_ += made;
}

void OffsetMap::append_copy(std::size_t bytes, std::size_t from) {
  if (bytes == 0) return;
  append(1, from, 1);
  size_ += bytes - 1;
}

const OffsetMap::Segment* OffsetMap::segment_of(std::size_t at) const {
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), at,
                                      [](std::size_t offset, const Segment& segment) { return offset < segment.at; });
  return after == segments_.begin() ? nullptr : &*(after - 1);
}

std::size_t OffsetMap::from(std::size_t at) const {
  if (at >= size_) return from_end(size_);
  const Segment* segment = segment_of(at);
  if (segment == nullptr) return 0;
  return segment->from + (at - segment->at) / segment->made * segment->from_bytes;
}

std::size_t OffsetMap::from_end(std::size_t end) const {
  if (end == 0 || segments_.empty()) return segments_.empty() ? 0 : segments_.front().from;
  const Segment* segment = segment_of(std::min(end, size_) - 1);
  const std::size_t unit = (std::min(end, size_) - 1 - segment->at) / segment->made;
  if (segment->made == 1 && segment->from_bytes == 1) return segment->from + unit + 1;
  return segment->from + (unit + 1) * segment->from_bytes;
}

void OffsetMap::copy_range(std::size_t begin, std::size_t end, OffsetMap& out) const {
  end = std::min(end, size_);
  const Segment* segment = segment_of(begin);
  for (std::size_t at = begin; at < end && segment != nullptr; ++segment) {
    const bool last = segment == &segments_.back();
    const std::size_t stop = std::min(end, last ? size_ : static_cast<std::size_t>((segment + 1)->at));
    if (segment->made == 1 && segment->from_bytes == 1) {
      out.append_copy(stop - at, segment->from + (at - segment->at));
    } else {
      for (std::size_t unit = (at - segment->at) / segment->made; at < stop; ++unit) {
        const std::size_t unit_end = std::min<std::size_t>(stop, segment->at + (unit + 1) * segment->made);
        out.append(unit_end - at, segment->from + unit * segment->from_bytes, segment->from_bytes);
        at = unit_end;
      }
    }
    at = stop;
  }
}

}  // namespace entente::importers
