#include "base/utf8.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "base/ascii.h"
#include "base/ascii_run.h"

namespace entente {
namespace {

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xC0U) == 0x80U;
}

bool is_ascii(std::string_view text) { return past_ascii(text, 0) == text.size(); }

// Letters that Unicode does not decompose, yet that everybody writes with plain ones.
std::string_view plain_spelling(char32_t c) {
  switch (c) {
    case U'ø': return "o";
    case U'ł': return "l";
    case U'đ': return "d";
    case U'ð': return "d";
    case U'þ': return "th";
    case U'ß': return "ss";
    case U'æ': return "ae";
    case U'œ': return "oe";
    case U'ı': return "i";
    case U'ħ': return "h";
    case U'ə': return "e";
    case U'‘':
    case U'’':
    case U'ʻ':
    case U'ʼ':
    case U'ʿ':
    case U'ʾ':
    case U'`':
    case U'´': return "'";
    case U'“':
    case U'”':
    case U'„':
    case U'«':
    case U'»': return "\"";
    case U'‐':
    case U'‑':
    case U'‒':
    case U'–':
    case U'—':
    case U'−': return "-";
    default: return {};
  }
}

bool is_latin(char32_t c) { return c < 0x250 || (c >= 0x1E00 && c <= 0x1EFF); }

bool is_combining_mark(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_MN;
}

bool is_blank(char32_t c) {
  if (c > ' ' && c < 0x80) return false;
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 ||
         utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_ZS;
}

bool is_ignorable(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF; }

// Decomposes Latin letters and drops their marks; leaves other scripts composed.
void append_folded(std::string& out, char32_t c) {
  if (is_ignorable(c)) return;
  if (is_blank(c)) {
    out.push_back(' ');
    return;
  }
  const auto lower = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
  if (const auto plain = plain_spelling(lower); !plain.empty()) {
    out += plain;
    return;
  }
  if (!is_latin(lower)) {
    if (!is_combining_mark(lower) || lower > 0x36F) append_utf8(out, lower);
    return;
  }
  utf8proc_int32_t parts[8];
  int last_boundary = 0;
  const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(lower), parts, 8,
                                             static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT),
                                             &last_boundary);
  for (utf8proc_ssize_t i = 0; i < count && i < 8; ++i) {
    const auto part = static_cast<char32_t>(parts[i]);
    if (is_combining_mark(part)) continue;
    if (const auto plain = plain_spelling(part); !plain.empty()) {
      out += plain;
    } else {
      append_utf8(out, part < 0x80 ? static_cast<char32_t>(ascii_lower(static_cast<char>(part))) : part);
    }
  }
}

void append_folded_ascii(std::string& out, std::string_view run) {
  const std::size_t before = out.size();
  out.append(run);
  for (std::size_t i = before; i < out.size(); ++i) {
    const char c = out[i];
    out[i] = c == '`' ? '\'' : c >= '\t' && c <= '\r' ? ' ' : ascii_lower(c);
  }
}

// Hangul and others written as separate pieces are put together first (NFKC of Unicode Standard Annex 15).
std::string composed(std::string_view text) {
  utf8proc_uint8_t* bytes = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &bytes,
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  if (size < 0) return std::string(text);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(bytes, &std::free);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

// Dashes, quotation marks, daggers and the bullets of lists stand for themselves, and most texts have them; so do syllables of
// Hangul, letters of Vietnamese and ideographs: they cost no composing. A mark or piece behind one of them does, and is no such.
bool stands_for_itself(char32_t c) {
  return (c >= 0x2010 && c <= 0x2016) || (c >= 0x2018 && c <= 0x2023) || (c >= 0x2500 && c <= 0x25FF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0x1EA0 && c <= 0x1EFF) || (c >= 0x4E00 && c <= 0x9FFF);
}

bool may_need_composing(std::string_view text) {
  for (std::size_t at = past_ascii(text, 0); at < text.size(); at = past_ascii(text, at)) {
    const CodePoint point = decode_utf8(text, at);
    if (point.value >= 0x300 && (point.value < 0x370 || point.value >= 0x1100) && !stands_for_itself(point.value)) return true;
    at += point.bytes;
  }
  return false;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t at) {
  const auto lead = static_cast<std::uint8_t>(text[at]);
  if (lead < 0x80) return {lead, 1, true};
  const CodePoint bad{0xFFFD, 1, false};
  std::size_t length = 0;
  char32_t value = 0;
  char32_t smallest = 0;
  if ((lead & 0xE0U) == 0xC0U) {
    length = 2, value = lead & 0x1FU, smallest = 0x80;
  } else if ((lead & 0xF0U) == 0xE0U) {
    length = 3, value = lead & 0x0FU, smallest = 0x800;
  } else if ((lead & 0xF8U) == 0xF0U) {
    length = 4, value = lead & 0x07U, smallest = 0x10000;
  } else {
    return bad;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text, at + i)) return bad;
    value = (value << 6U) | (static_cast<std::uint8_t>(text[at + i]) & 0x3FU);
  }
  if (value < smallest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return bad;
  return {value, length, true};
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (c >> 6U)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (c >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  } else {
    out.push_back(static_cast<char>(0xF0U | (c >> 18U)));
    out.push_back(static_cast<char>(0x80U | ((c >> 12U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
  }
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = past_ascii(text, 0); at < text.size(); at = past_ascii(text, at)) {
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) return at;
    at += point.bytes;
  }
  return std::nullopt;
}

std::string repair_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    append_utf8(out, point.value);
    at += point.bytes;
  }
  return out;
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (is_ascii(text)) {
    append_folded_ascii(out, text);
    return out;
  }
  std::string normal;
  std::string_view source = text;
  if (may_need_composing(text)) source = normal = composed(text);
  for (std::size_t at = 0; at < source.size();) {
    if (const std::size_t past = past_ascii(source, at); past > at) {
      append_folded_ascii(out, source.substr(at, past - at));
      at = past;
      continue;
    }
    const CodePoint point = decode_utf8(source, at);
    append_folded(out, point.value);
    at += point.bytes;
  }
  return out;
}

std::string slug(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char c : fold(text)) {
    if (c == '\'') continue;
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<std::uint8_t>(c) >= 0x80U;
    if (!word) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back('-');
    gap = false;
    out.push_back(c);
  }
  return out;
}

std::string collapse_blanks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t words = at;  // plain letters and marks are taken as they stand, and so is a blank alone between them
    while (words < text.size() && text[words] > ' ') {
      ++words;
      if (words + 1 < text.size() && text[words] == ' ' && text[words + 1] > ' ') ++words;
    }
    if (words > at) {
      if (gap) out.push_back(' ');
      gap = false;
      out.append(text, at, words - at);
      at = words;
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    const std::size_t next = at + point.bytes;
    if (is_blank(point.value)) {
      gap = !out.empty();
    } else {
      if (gap) out.push_back(' ');
      gap = false;
      out.append(text, at, point.bytes);
    }
    at = next;
  }
  return out;
}

}  // namespace entente
