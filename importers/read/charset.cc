#include "importers/read/charset.h"

#include <uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/ascii.h"
#include "base/ascii_run.h"
#include "base/utf8.h"
#include "importers/read/decode.h"

namespace entente::importers {
namespace {

constexpr std::size_t kHeadBytes = 8192;
constexpr std::size_t kSampleBytes = 1U << 20U;

using Pair = std::pair<std::string_view, std::string_view>;

// Labels that browsers read as a superset of what they name.
constexpr std::array kBrowserReading{Pair{"ascii", "windows-1252"},
                                     Pair{"us-ascii", "windows-1252"},
                                     Pair{"iso-8859-1", "windows-1252"},
                                     Pair{"iso8859-1", "windows-1252"},
                                     Pair{"iso_8859-1", "windows-1252"},
                                     Pair{"latin1", "windows-1252"},
                                     Pair{"latin-1", "windows-1252"},
                                     Pair{"iso-8859-9", "windows-1254"},
                                     Pair{"iso8859-9", "windows-1254"},
                                     Pair{"iso_8859-9", "windows-1254"},
                                     Pair{"latin5", "windows-1254"},
                                     Pair{"iso-8859-11", "windows-874"},
                                     Pair{"tis-620", "windows-874"},
                                     Pair{"euc-kr", "windows-949"},
                                     Pair{"euckr", "windows-949"},
                                     Pair{"ks_c_5601-1987", "windows-949"},
                                     Pair{"ksc5601", "windows-949"},
                                     Pair{"uhc", "windows-949"},
                                     Pair{"cp949", "windows-949"},
                                     Pair{"gb2312", "gb18030"},
                                     Pair{"gb_2312-80", "gb18030"},
                                     Pair{"gbk", "gb18030"},
                                     Pair{"x-gbk", "gb18030"},
                                     Pair{"cp936", "gb18030"},
                                     Pair{"shift_jis", "ibm-943_P15A-2003"},
                                     Pair{"shift-jis", "ibm-943_P15A-2003"},
                                     Pair{"sjis", "ibm-943_P15A-2003"},
                                     Pair{"x-sjis", "ibm-943_P15A-2003"},
                                     Pair{"windows-31j", "ibm-943_P15A-2003"},
                                     Pair{"big5", "Big5-HKSCS"},
                                     Pair{"x-x-big5", "Big5-HKSCS"},
                                     Pair{"utf8", "UTF-8"},
                                     Pair{"unicode", "UTF-8"},
                                     Pair{"x-mac-cyrillic", "x-mac-cyrillic"}};

// What pages of a language were written in before UTF-8, as browsers guess it.
constexpr std::array kLegacyOfLanguage{Pair{"ar", "windows-1256"},      Pair{"az", "windows-1254"},
                                       Pair{"be", "windows-1251"},      Pair{"bg", "windows-1251"},
                                       Pair{"cs", "windows-1250"},      Pair{"el", "windows-1253"},
                                       Pair{"et", "windows-1257"},      Pair{"fa", "windows-1256"},
                                       Pair{"he", "windows-1255"},      Pair{"hr", "windows-1250"},
                                       Pair{"hu", "windows-1250"},      Pair{"hy", "windows-1252"},
                                       Pair{"ja", "ibm-943_P15A-2003"}, Pair{"kk", "windows-1251"},
                                       Pair{"ko", "windows-949"},       Pair{"ky", "windows-1251"},
                                       Pair{"lt", "windows-1257"},      Pair{"lv", "windows-1257"},
                                       Pair{"mk", "windows-1251"},      Pair{"mn", "windows-1251"},
                                       Pair{"pl", "windows-1250"},      Pair{"ro", "windows-1250"},
                                       Pair{"ru", "windows-1251"},      Pair{"sk", "windows-1250"},
                                       Pair{"sl", "windows-1250"},      Pair{"sr", "windows-1251"},
                                       Pair{"tg", "windows-1251"},      Pair{"th", "windows-874"},
                                       Pair{"tr", "windows-1254"},      Pair{"uk", "windows-1251"},
                                       Pair{"vi", "windows-1258"},      Pair{"zh-tw", "Big5-HKSCS"},
                                       Pair{"zh-hk", "Big5-HKSCS"},     Pair{"zh", "gb18030"}};

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The value after `name` `=`, quoted or not, in text that is already lower case; from `at` on, within one tag.
std::string_view value_after(std::string_view text, std::string_view name, std::size_t at) {
  for (at = text.find(name, at); at != std::string_view::npos; at = text.find(name, at + 1)) {
    std::size_t i = at + name.size();
    while (i < text.size() && is_blank(text[i])) ++i;
    if (i >= text.size() || text[i] != '=') continue;
    ++i;
    while (i < text.size() && (is_blank(text[i]) || text[i] == '"' || text[i] == '\'')) ++i;
    const std::size_t begin = i;
    while (i < text.size() && !is_blank(text[i]) && std::string_view("\"'>;/?").find(text[i]) == std::string_view::npos)
      ++i;
    return text.substr(begin, i - begin);
  }
  return {};
}

bool converts(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(name.c_str(), &status);
  if (converter != nullptr) ucnv_close(converter);
  return U_SUCCESS(status) != 0;
}

struct Utf8Look {
  std::size_t whole = 0;   // characters of several bytes
  std::size_t broken = 0;  // bytes that belong to none
};

Utf8Look look_as_utf8(std::string_view bytes) {
  Utf8Look look;
  for (std::size_t at = past_ascii(bytes, 0); at < bytes.size(); at = past_ascii(bytes, at)) {
    const CodePoint point = decode_utf8(bytes, at);
    ++(point.valid ? look.whole : look.broken);
    at += point.bytes;
  }
  return look;
}

// The words between the tags: markup is ASCII and would drown what tells encodings apart.
std::string words_of(std::string_view bytes) {
  std::string out;
  bool in_tag = false;
  for (const char c : bytes.substr(0, kSampleBytes)) {
    if (c == '<') in_tag = true;
    if (!in_tag) out.push_back(c);
    if (c == '>') in_tag = false;
  }
  return out;
}

std::string detected_charset(std::string_view bytes) {
  const std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                                                &uchardet_delete);
  std::string words = words_of(bytes);
  if (words.size() < 64) words = std::string(bytes.substr(0, kSampleBytes));
  if (uchardet_handle_data(detector.get(), words.data(), words.size()) != 0) return {};
  uchardet_data_end(detector.get());
  const std::string found = uchardet_get_charset(detector.get());
  // It tells Vietnamese from Western letters badly; where both can be meant, what it takes for the first is the second.
  return found == "WINDOWS-1258" && declared_language(bytes).substr(0, 2) != "vi" ? "windows-1252" : found;
}

// Words of Western languages mix accented letters with plain ones. Where most of the words that have letters beyond ASCII
// have no others, the text is in another script, and a page that declares a Western encoding only kept what its editor
// wrote by itself.
bool is_western(std::string_view bytes) {
  std::size_t mixed = 0;
  std::size_t wholly = 0;
  std::size_t plain = 0;
  std::size_t high = 0;
  const auto end_word = [&] {
    if (high >= 3) ++(plain == 0 ? wholly : mixed);
    if (high > 0 && high < 3 && plain > 0) ++mixed;
    plain = high = 0;
  };
  for (const char c : words_of(bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xC0)
      ++high;
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      ++plain;
    else
      end_word();
  }
  end_word();
  return wholly < 5 || wholly < mixed * 2;
}

std::string legacy_of(std::string_view language) {
  for (const auto& [code, charset] : kLegacyOfLanguage)
    if (language == code || (language.size() > code.size() && language.substr(0, code.size()) == code &&
                             (language[code.size()] == '-' || language[code.size()] == '_')))
      return std::string(charset);
  return {};
}

Charset by_order_mark(std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") return {"UTF-8", "by its byte order mark", 3};
  if (bytes.substr(0, 4) == std::string_view("\xFF\xFE\0\0", 4)) return {"UTF-32LE", "by its byte order mark", 4};
  if (bytes.substr(0, 4) == std::string_view("\0\0\xFE\xFF", 4)) return {"UTF-32BE", "by its byte order mark", 4};
  if (bytes.substr(0, 2) == "\xFF\xFE") return {"UTF-16LE", "by its byte order mark", 2};
  if (bytes.substr(0, 2) == "\xFE\xFF") return {"UTF-16BE", "by its byte order mark", 2};
  return {};
}

// Text of Latin letters in UTF-16 without a mark has a NUL at every other byte.
Charset by_nul_bytes(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  if (head.find('\0') == std::string_view::npos) return {};
  std::array<std::size_t, 2> nuls{};
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++nuls[i % 2];
  if (nuls[0] == 0 && nuls[1] * 5 > head.size()) return {"UTF-16LE", "by its bytes", 0};
  if (nuls[1] == 0 && nuls[0] * 5 > head.size()) return {"UTF-16BE", "by its bytes", 0};
  return {};
}

// The candidate that leaves the fewest bytes unread, the earlier one among equals.
Charset best_of(std::string_view bytes, std::vector<Charset> candidates) {
  const std::string_view sample = bytes.substr(0, kSampleBytes);
  std::size_t fewest = std::string_view::npos;
  Charset best;
  for (Charset& candidate : candidates) {
    if (candidate.name.empty() || !converts(candidate.name)) continue;
    const std::size_t bad = decode(sample, candidate.name, 0).replaced;
    // A declaration is believed unless another reading is far better.
    if (fewest != std::string_view::npos && bad * 4 + 2 >= fewest) continue;
    fewest = bad;
    best = std::move(candidate);
  }
  return best;
}

}  // namespace

std::string declared_charset(std::string_view bytes) {
  const std::string head = ascii_lowered(bytes.substr(0, kHeadBytes));
  if (head.find("<?xml") < 64) {
    const auto end = head.find("?>");
    if (const auto value = value_after(std::string_view(head).substr(0, end), "encoding", 0); !value.empty())
      return std::string(value);
  }
  for (std::size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 1)) {
    const auto tag = std::string_view(head).substr(at, head.find('>', at) - at);
    if (const auto value = value_after(tag, "charset", 0); !value.empty()) return std::string(value);
  }
  return {};
}

std::string declared_language(std::string_view bytes) {
  const std::string head = ascii_lowered(bytes.substr(0, kHeadBytes));
  for (const std::string_view name : {" lang", "xml:lang", "content-language\" content"})
    if (const auto value = value_after(head, name, 0); !value.empty()) return std::string(value);
  return {};
}

std::string converter_for(std::string_view label) {
  const std::string name = ascii_lowered(label);
  for (const auto& [from, to] : kBrowserReading)
    if (name == from) return std::string(to);
  return !name.empty() && converts(name) ? name : std::string();
}

Charset find_charset(std::string_view bytes) {
  if (Charset marked = by_order_mark(bytes); !marked.name.empty()) return marked;
  if (Charset wide = by_nul_bytes(bytes); !wide.name.empty()) return wide;
  const bool shifts = bytes.find("\x1B$") != std::string_view::npos;  // ISO-2022 hides in ASCII
  const Utf8Look look = look_as_utf8(bytes);
  const bool ascii = look.whole == 0 && look.broken == 0;
  if (!shifts && (ascii || look.whole > look.broken * 10)) return {"UTF-8", "by its bytes", 0};
  std::string declared = converter_for(declared_charset(bytes));
  if (declared == "windows-1252" && !is_western(bytes)) declared.clear();
  Charset best = best_of(bytes, {{declared, "declared", 0},
                                 {converter_for(detected_charset(bytes)), "by its bytes", 0},
                                 {legacy_of(declared_language(bytes)), "by its language", 0}});
  if (best.name.empty()) best = {ascii ? "UTF-8" : "windows-1252", "for want of a better", 0};
  return best;
}

}  // namespace entente::importers
