#include "importers/read/decode.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/utf8.h"

namespace entente::importers {
namespace {

constexpr std::size_t kChunk = 16384;

Decoded decode_utf8_bytes(std::string_view bytes, std::size_t skip) {
  Decoded out;
  for (std::size_t at = skip; at < bytes.size();) {
    const auto bad = find_invalid_utf8(bytes.substr(at));
    const std::size_t good = bad.value_or(bytes.size() - at);
    out.text.append(bytes.substr(at, good));
    out.to_bytes.append_copy(good, at);
    at += good;
    if (!bad) break;
    append_utf8(out.text, 0xFFFD);
    out.to_bytes.append(3, at, 1);
    ++out.replaced;
    ++at;
  }
  return out;
}

std::size_t utf8_length(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

// Takes UTF-16 units with the offset that each came from, and writes a character once its end in the source is known.
class Writer {
 public:
  explicit Writer(Decoded& out) : out_(out) {}

  void take(UChar unit, std::size_t from) {
    if (pending_ && from > from_) flush(from);
    if (U16_IS_TRAIL(unit) && high_ != 0) {
      value_ = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high_, unit));
      high_ = 0;
      return;
    }
    if (pending_) flush(from);
    pending_ = true;
    from_ = from;
    high_ = U16_IS_LEAD(unit) ? unit : UChar{0};
    value_ = U16_IS_SURROGATE(unit) ? 0xFFFD : static_cast<char32_t>(unit);
  }

  void flush(std::size_t end) {
    if (!pending_) return;
    if (value_ == 0xFFFD) ++out_.replaced;
    append_utf8(out_.text, value_);
    out_.to_bytes.append(utf8_length(value_), from_, std::min<std::size_t>(end - from_, 0xFFFF));
    pending_ = false;
    high_ = 0;
  }

 private:
  Decoded& out_;
  bool pending_ = false;
  UChar high_ = 0;
  char32_t value_ = 0;
  std::size_t from_ = 0;
};

}  // namespace

Decoded decode(std::string_view bytes, const std::string& charset, std::size_t skip) {
  if (charset == "UTF-8") return decode_utf8_bytes(bytes, skip);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status) != 0) return decode_utf8_bytes(bytes, skip);

  Decoded out;
  Writer writer(out);
  std::vector<UChar> units(kChunk);
  std::vector<std::int32_t> offsets(kChunk);
  const char* source = bytes.data() + std::min(skip, bytes.size());
  const char* const end = bytes.data() + bytes.size();
  std::size_t last_from = skip;
  std::size_t held_back = 0;  // bytes of a character that the chunk before ended in
  do {
    const auto chunk_begin = static_cast<std::size_t>(source - bytes.data());
    const char* const chunk_end = source + std::min<std::ptrdiff_t>(end - source, kChunk / 2);
    UChar* target = units.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, chunk_end, offsets.data(),
                   static_cast<UBool>(chunk_end == end), &status);
    const auto made = static_cast<std::size_t>(target - units.data());
    for (std::size_t i = 0; i < made; ++i) {
      // A character that began in the chunk before has the offset -1.
      const std::size_t from =
          offsets[i] >= 0 ? chunk_begin + static_cast<std::size_t>(offsets[i]) : chunk_begin - held_back;
      last_from = std::max(last_from, from);
      writer.take(units[i], last_from);
    }
    if (U_FAILURE(status) != 0 && status != U_BUFFER_OVERFLOW_ERROR) break;
    UErrorCode pending_status = U_ZERO_ERROR;
    held_back = static_cast<std::size_t>(std::max(0, ucnv_toUCountPending(converter.get(), &pending_status)));
  } while (source < end || status == U_BUFFER_OVERFLOW_ERROR);
  writer.flush(bytes.size());
  return out;
}

}  // namespace entente::importers
