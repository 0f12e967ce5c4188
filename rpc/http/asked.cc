#include "rpc/http/asked.h"

#include "base/utf8.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kFieldsMax = 100;

Error bad(std::string what) { return Error{ErrorCode::invalid_argument, std::move(what), {}}; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0) return bad("the address has a '%' without two hexadecimal digits");
      c = static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20U || c == 0x7f) return bad("the address has a control character");
    out += c;
  }
  if (find_invalid_utf8(out)) return bad("the address is not UTF-8");
  return out;
}

// Values apart at commas that are not escaped.
Result<void> take_field(std::string_view pair, Asked& asked) {
  const std::size_t equal = pair.find('=');
  auto name = decode(pair.substr(0, equal), true);
  if (!name) return name.error();
  std::string_view values = equal == std::string_view::npos ? std::string_view() : pair.substr(equal + 1);
  while (true) {
    const std::size_t comma = values.find(',');
    auto value = decode(values.substr(0, comma), true);
    if (!value) return value.error();
    if (!value->empty()) asked.fields[*name].push_back(std::move(*value));
    if (comma == std::string_view::npos) return {};
    values.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string Asked::one(const std::string& field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? std::string() : found->second.front();
}

std::vector<std::string> Asked::many(const std::string& field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? std::vector<std::string>() : found->second;
}

Result<Asked> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return bad("the address is no path that begins with '/'");
  Asked asked;
  const std::size_t question = target.find('?');
  std::string_view path = target.substr(1, question == std::string_view::npos ? question : question - 1);
  // An id may have a '/' of its own, which is escaped here.
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    auto part = decode(path.substr(0, slash), false);
    if (!part) return part.error();
    if (*part == ".." || *part == ".") return bad("the address goes up");
    asked.path.push_back(std::move(*part));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  if (question == std::string_view::npos) return asked;
  std::string_view query = target.substr(question + 1);
  for (std::size_t fields = 0; !query.empty(); ++fields) {
    if (fields == kFieldsMax) return bad("the address has more than 100 fields");
    const std::size_t end = query.find('&');
    if (auto taken = take_field(query.substr(0, end), asked); !taken) return taken.error();
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return asked;
}

}  // namespace entente::rpc
