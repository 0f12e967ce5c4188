#include "importers/sources/mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "importers/clean/dates.h"
#include "importers/sources/xml.h"

namespace entente::importers {
namespace {

struct Part {
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, values unfolded
  std::string_view body;

  std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return {};
  }
};

Part split_part(std::string_view bytes) {
  Part part;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && !part.headers.empty()) {
      (part.headers.back().second += ' ') += ascii_trimmed(line);
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    part.headers.emplace_back(ascii_lowered(ascii_trimmed(line.substr(0, colon))), std::string(ascii_trimmed(line.substr(colon + 1))));
  }
  part.body = bytes;
  return part;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string from_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (c >= '0' && c <= '9') value = c - '0' + 52;
    if (c == '+' || c == '-') value = 62;
    if (c == '/' || c == '_') value = 63;
    if (value < 0) continue;
    bits = (bits << 6U) | static_cast<unsigned>(value);
    if ((count += 6) < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  return out;
}

std::string from_quoted(std::string_view text, bool in_header) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_header && text[i] == '_') {
      out += ' ';
      continue;
    }
    if (text[i] != '=') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else if (const auto end = text.find('\n', i);
               end != std::string_view::npos && ascii_trimmed(text.substr(i + 1, end - i)).empty()) {
      i = end;  // a soft line end
    } else {
      out += '=';
    }
  }
  return out;
}

std::string in_utf8(std::string_view bytes, std::string_view charset) {
  return as_utf8(bytes, fmt::format("text/plain; charset={}", charset));
}

// "=?UTF-8?B?...?= =?UTF-8?Q?...?=" (RFC 2047)
std::string header_text(const std::string& value) {
  std::string out;
  std::size_t at = 0;
  bool after_word = false;
  while (at < value.size()) {
    const auto begin = value.find("=?", at);
    const auto kind = begin == std::string::npos ? begin : value.find('?', begin + 2);
    const auto data =
        kind == std::string::npos || kind + 2 >= value.size() || value[kind + 2] != '?' ? std::string::npos : kind + 3;
    const auto end = data == std::string::npos ? data : value.find("?=", data);
    if (end == std::string::npos) break;
    const std::string_view between = std::string_view(value).substr(at, begin - at);
    // Blanks between two encoded words are not there.
    if (!after_word || !ascii_trimmed(between).empty()) out += between;
    const std::string_view text = std::string_view(value).substr(data, end - data);
    const char way = value[kind + 1];
    const std::string bytes = way == 'B' || way == 'b' ? from_base64(text) : from_quoted(text, true);
    std::string charset = value.substr(begin + 2, kind - begin - 2);
    charset.resize(std::min(charset.size(), charset.find('*')));
    out += in_utf8(bytes, charset);
    after_word = true;
    at = end + 2;
  }
  return out + value.substr(std::min(at, value.size()));
}

// "multipart/mixed; boundary=\"x\"" -> "x"
std::string parameter(const std::string& header, const std::string& name) {
  const std::string low = ascii_lowered(header);
  for (auto at = low.find(name + "="); at != std::string::npos; at = low.find(name + "=", at + 1)) {
    if (at > 0 && low[at - 1] != ' ' && low[at - 1] != ';' && low[at - 1] != '\t') continue;
    at += name.size() + 1;
    if (at < header.size() && header[at] == '"') return header.substr(at + 1, header.find('"', at + 1) - at - 1);
    return header.substr(at, header.find_first_of("; \t", at) - at);
  }
  return {};
}

class Finder {
 public:
  void look(std::string_view bytes, int depth) {
    if (depth > kMailDepthMax || ++parts_ > kMailPartsMax) return;
    const Part part = split_part(bytes);
    take(part, depth);
  }
  void take(const Part& part, int depth) {
    const std::string type = part.header("content-type");
    const std::string kind = ascii_lowered(type.substr(0, type.find(';')));
    if (ascii_lowered(part.header("content-disposition")).starts_with("attachment")) return;
    if (kind.starts_with("multipart/")) return split(part.body, parameter(type, "boundary"), depth);
    const bool is_html = kind.starts_with("text/html");
    if (!is_html && !kind.empty() && !kind.starts_with("text/plain")) return;
    std::string& into = is_html ? html : plain;
    if (!into.empty()) return;
    const std::string way = ascii_lowered(ascii_trimmed(part.header("content-transfer-encoding")));
    const std::string decoded = way == "base64"             ? from_base64(part.body)
                                : way == "quoted-printable" ? from_quoted(part.body, false)
                                                            : std::string(part.body);
    into = in_utf8(decoded, parameter(type, "charset"));
  }

  std::string html;
  std::string plain;

 private:
  void split(std::string_view body, const std::string& boundary, int depth) {
    if (boundary.empty()) return;
    const std::string mark = "--" + boundary;
    auto at = body.find(mark);
    while (at != std::string_view::npos) {
      const auto begin = at + mark.size();
      if (body.substr(begin, 2) == "--") return;
      const auto next = body.find(mark, begin);
      const auto line_end = body.find('\n', begin);
      if (line_end == std::string_view::npos) return;
      if (line_end + 1 <= next)
        look(body.substr(line_end + 1, next == std::string_view::npos ? next : next - line_end - 1), depth + 1);
      if (parts_ > kMailPartsMax) return;
      at = next;
    }
  }

  int parts_ = 0;
};

}  // namespace

Result<Mail> read_mail(std::string_view bytes) {
  const Part whole = split_part(bytes);
  Mail mail;
  mail.subject = header_text(whole.header("subject"));
  std::string id = whole.header("message-id");
  std::erase_if(id, [](char c) { return c == '<' || c == '>' || c == ' '; });
  mail.id = id;
  if (const auto found = find_date(whole.header("date"), "en")) mail.date = found->date;
  Finder finder;
  finder.take(whole, 0);
  mail.is_html = !finder.html.empty();
  mail.body = mail.is_html ? std::move(finder.html) : std::move(finder.plain);
  if (ascii_trimmed(mail.body).empty())
    return Error{ErrorCode::invalid_argument, "no part of the message is text; attachments are not read", {}};
  return mail;
}

}  // namespace entente::importers
