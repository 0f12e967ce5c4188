#include "importers/clean/lines.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/enumerator.h"
#include "base/utf8.h"

namespace entente::importers {
namespace {

constexpr std::size_t kHeadingLettersMax = 160;
constexpr std::size_t kShortLettersMax = 100;

// Most text is ASCII, and ICU's tables are slow to ask.
bool is_lower(UChar32 c) { return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower(c) != 0; }
bool is_upper(UChar32 c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper(c) != 0; }
bool is_letter_or_digit(UChar32 c) {
  return c < 0x80 ? is_upper(c) || is_lower(c) || (c >= '0' && c <= '9') : u_isalnum(c) != 0;
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == U' ' || (c >= U'\t' && c <= U'\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || c == 0xFEFF || c == 0x200B;
}

bool is_bullet(char32_t c) {
  constexpr std::array kBullets{U'-', U'*', U'•', U'◦', U'°', U'○', U'●',      U'▪', U'■',  U'□', U'▶',
                                U'►', U'‣', U'·', U'–', U'—', U'∙', U'\uF0B7', U'※', U'ㅇ', U'➢', U'✓'};
  return std::find(kBullets.begin(), kBullets.end(), c) != kBullets.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What look_of() asks of a byte of ASCII.
constexpr std::uint8_t kLower = 1;
constexpr std::uint8_t kUpper = 2;
constexpr std::uint8_t kDigit = 4;
constexpr std::uint8_t kSpace = 8;
constexpr std::uint8_t kStop = 16;
constexpr std::uint8_t kClosing = 32;

constexpr std::array<std::uint8_t, 0x80> kAsciiKinds = [] {
  std::array<std::uint8_t, 0x80> kinds{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = kLower;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) kinds[c] = kUpper;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = kDigit;
  for (std::size_t c = '\t'; c <= '\r'; ++c) kinds[c] = kSpace;
  kinds[' '] = kSpace;
  for (const char c : {'.', '!', '?'}) kinds[static_cast<std::size_t>(c)] = kStop;
  for (const char c : {'"', '\'', ')', ']'}) kinds[static_cast<std::size_t>(c)] = kClosing;
  return kinds;
}();

}  // namespace

std::string_view trimmed(std::string_view line) {
  while (!line.empty()) {
    const CodePoint point = decode_utf8(line, 0);
    if (!is_space(point.value)) break;
    line.remove_prefix(point.bytes);
  }
  while (!line.empty()) {
    std::size_t last = line.size() - 1;
    while (last > 0 && line.size() - last < 4 && (static_cast<unsigned char>(line[last]) & 0xC0U) == 0x80U) --last;
    if (!is_space(decode_utf8(line, last).value)) break;
    line = line.substr(0, last);
  }
  return line;
}

LineForm form_of(std::string_view line) {
  line = trimmed(line);
  if (line.empty()) return LineForm::blank;
  const CodePoint first = decode_utf8(line, 0);
  const bool blank_after = first.bytes < line.size() && is_space(decode_utf8(line, first.bytes).value);
  if (blank_after && (is_bullet(first.value) || first.value == U'o')) return LineForm::bullet;
  std::size_t at = line.front() == '(' ? 1 : 0;
  const std::size_t begin = at;
  while (at < line.size() && is_digit(line[at]) && at - begin < 3) ++at;
  if (at == begin) at += enumerator_at_start(line.substr(begin));
  if (at == begin || at + 1 >= line.size()) return LineForm::plain;
  const bool closed = begin == 1 ? line[at] == ')' : line[at] == '.' || line[at] == ')';
  return closed && is_space(decode_utf8(line, at + 1).value) ? LineForm::numbered : LineForm::plain;
}

LineLook look_of(std::string_view line) {
  LineLook look;
  char32_t last = 0;
  std::size_t word = 0;     // small letters in a row
  bool after_stop = false;  // behind them a full stop
  const auto take_upper_or_digit = [&](bool upper) {
    ++look.letters;
    look.upper += upper ? 1U : 0U;
    look.cased += upper ? 1U : 0U;
    word = 0;
  };
  for (std::size_t at = 0; at < line.size();) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if (byte < 0x80U) {
      const std::uint8_t kind = kAsciiKinds[byte];
      // A word in small letters is what most of a line is made of.
      if ((kind & kLower) != 0) {
        std::size_t small = at + 1;
        while (small < line.size() && line[small] >= 'a' && line[small] <= 'z') ++small;
        if (look.letters == 0) look.starts_lower = true;
        look.letters += small - at;
        look.cased += small - at;
        word += small - at;
        after_stop = false;
        last = static_cast<char32_t>(line[small - 1]);
        at = small;
        continue;
      }
      ++at;
      if (after_stop && (kind & kSpace) != 0) look.holds_sentence |= !trimmed(line.substr(at)).empty();
      after_stop = word >= 3 && (kind & kStop) != 0;
      word = 0;
      if ((kind & (kUpper | kDigit)) != 0) take_upper_or_digit((kind & kUpper) != 0);
      if ((kind & (kSpace | kClosing)) == 0) last = byte;
      continue;
    }
    const CodePoint point = decode_utf8(line, at);
    at += point.bytes;
    const auto c = static_cast<UChar32>(point.value);
    const bool space = is_space(point.value);
    if (after_stop && space) look.holds_sentence |= !trimmed(line.substr(at)).empty();
    after_stop = false;
    if (is_lower(c)) {
      if (look.letters == 0) look.starts_lower = true;
      ++look.letters;
      ++look.cased;
      ++word;
    } else if (is_letter_or_digit(c)) {
      take_upper_or_digit(is_upper(c));
    } else {
      word = 0;
    }
    const bool closing = c == 0x201D || c == 0x2019 || c == 0xBB;
    if (!space && !closing) last = point.value;
  }
  constexpr std::array kEnds{U'.',  U'!',  U'?', U';', U':', U',',  U'…',  U'。',
                             U'！', U'？', U'؟', U'۔', U'।', U'，', U'、', U'։'};
  look.ends_sentence = std::find(kEnds.begin(), kEnds.end(), last) != kEnds.end();
  return look;
}

bool reads_like_heading(const LineLook& look) {
  if (look.letters == 0 || look.letters > kHeadingLettersMax || look.ends_sentence) return false;
  const bool capitals = look.cased >= 4 && look.upper * 10 >= look.cased * 9;
  return capitals || (look.letters <= kShortLettersMax && !look.starts_lower && !look.holds_sentence);
}

}  // namespace entente::importers
