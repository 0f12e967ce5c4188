#include "importers/read/record.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/utf8.h"

namespace entente::importers {
namespace {

using nlohmann::json;

Error bad_record(std::string_view name, const std::string& what) {
  return {ErrorCode::invalid_argument, fmt::format("{}: {}", name, what), ""};
}

std::pair<std::size_t, std::size_t> line_and_column(std::string_view text, std::size_t at) {
  std::size_t line = 1;
  std::size_t line_begin = 0;
  for (std::size_t i = 0; i < at && i < text.size(); ++i) {
    if (text[i] != '\n') continue;
    ++line;
    line_begin = i + 1;
  }
  return {line, at - line_begin + 1};
}

// Checks the grammar and keeps nothing, so that a hostile record costs no memory.
class Checker final : public json::json_sax_t {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*elements*/) override { return deeper(); }
  bool key(string_t& /*value*/) override { return true; }
  bool end_object() override { return shallower(); }
  bool start_array(std::size_t /*elements*/) override { return deeper(); }
  bool end_array() override { return shallower(); }
  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& e) override {
    at_ = position == 0 ? 0 : position - 1;
    message_ = e.what();
    return false;
  }

  std::size_t at() const { return at_; }
  bool too_deep() const { return depth_ > kRecordDepthMax; }
  // What the library says after its own number and place: "syntax error while parsing value - ..."
  std::string message() const {
    const auto colon = message_.find(": ");
    return colon == std::string::npos ? message_ : message_.substr(colon + 2);
  }

 private:
  bool deeper() { return ++depth_ <= kRecordDepthMax; }
  bool shallower() {
    --depth_;
    return true;
  }

  int depth_ = 0;
  std::size_t at_ = 0;
  std::string message_;
};

// Walks the top level of an object whose grammar has been checked.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  // The next member: where its key and its value stand. False at the end of the object.
  bool next(std::string_view& key, std::string_view& value, std::size_t& value_at) {
    skip_to_string_or_end();
    if (at_ >= text_.size() || text_[at_] == '}') return false;
    key = take_string();
    at_ = text_.find(':', at_) + 1;
    at_ = text_.find_first_not_of(" \t\r\n", at_);
    value_at = at_;
    skip_value();
    value = text_.substr(value_at, at_ - value_at);
    return true;
  }

 private:
  void skip_to_string_or_end() {
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '}') ++at_;
  }
  std::string_view take_string() {
    const std::size_t begin = at_++;
    while (text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
    ++at_;
    return text_.substr(begin, at_ - begin);
  }
  void skip_value() {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        take_string();
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}')) return;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

unsigned hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a') + 10;
}

unsigned hex4(std::string_view text, std::size_t at) {
  unsigned value = 0;
  for (std::size_t i = at; i < at + 4; ++i) value = value * 16 + hex_value(text[i]);
  return value;
}

char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return c;
  }
}

// A checked JSON string, quotes included, as text; `map` (if any) gets the way back, `at` being where it stands.
std::string unquote(std::string_view quoted, OffsetMap* map, std::size_t at) {
  std::string out;
  const std::size_t end = quoted.size() - 1;
  for (std::size_t i = 1; i < end;) {
    const std::size_t plain = std::min(quoted.find('\\', i), end) - i;
    out.append(quoted.substr(i, plain));
    if (map != nullptr) map->append_copy(plain, at + i);
    i += plain;
    if (i >= end) break;
    const std::size_t begin = i;
    const std::size_t before = out.size();
    if (quoted[i + 1] == 'u') {
      char32_t value = hex4(quoted, i + 2);
      i += 6;
      if (value >= 0xD800 && value < 0xDC00) {
        value = 0x10000 + ((value - 0xD800) << 10U) + (hex4(quoted, i + 2) - 0xDC00);
        i += 6;
      }
      append_utf8(out, value);
    } else {
      out.push_back(unescaped(quoted[i + 1]));
      i += 2;
    }
    if (map != nullptr) map->append(out.size() - before, at + begin, i - begin);
  }
  return out;
}

std::string* field_of(Record& record, std::string_view key) {
  const std::array<std::pair<std::string_view, std::string*>, 6> fields{{{"id", &record.id},
                                                                         {"publisher", &record.publisher},
                                                                         {"title", &record.title},
                                                                         {"url", &record.url},
                                                                         {"language", &record.language},
                                                                         {"text", &record.text}}};
  for (const auto& [name, field] : fields)
    if (name == key) return field;
  return nullptr;
}

Result<void> check_grammar(std::string_view text, std::string_view name) {
  Checker checker;
  if (json::sax_parse(text.begin(), text.end(), &checker)) return {};
  if (checker.too_deep())
    return bad_record(
        name, fmt::format("the JSON is nested more than {} levels deep; a record is one flat object", kRecordDepthMax));
  const auto [line, column] = line_and_column(text, checker.at());
  return bad_record(name, fmt::format("line {}, column {}: this is no JSON: {}; mend the record and import it again",
                                      line, column, checker.message()));
}

Result<std::optional<CivilDate>> read_published(const std::string& text, std::string_view name) {
  if (text.empty()) return std::optional<CivilDate>();
  // A moment ("2020-11-19T09:00:00Z") is its day.
  const bool moment = text.size() > 10 && (text[10] == 'T' || text[10] == ' ');
  const auto date = parse_iso_date(moment ? std::string_view(text).substr(0, 10) : std::string_view(text));
  if (date) return date;
  return bad_record(name,
                    fmt::format("'published' is \"{}\", which is no date; write it as 2020-11-19, or null when it "
                                "is unknown",
                                text));
}

}  // namespace

Result<Record> read_record(std::string_view text, std::string_view name) {
  if (const auto checked = check_grammar(text, name); !checked) return checked.error();
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{')
    return bad_record(name, "the JSON is no object; a record is one object with a \"text\" in it");

  Record record;
  std::string published;
  std::string_view key;
  std::string_view value;
  std::size_t at = first + 1;
  Walker walker(text.substr(at));
  for (std::size_t value_at = 0; walker.next(key, value, value_at);) {
    const std::string field = unquote(key, nullptr, 0);
    std::string* const place = field == "published" ? &published : field_of(record, field);
    if (place == nullptr) continue;
    if (place == &published) record.says_published = true;
    if (value.empty() || value.front() != '"') {
      if (value.substr(0, 4) != "null")
        return bad_record(name, fmt::format("'{}' is no string; write it in quotes, or null", field));
      place->clear();
      continue;
    }
    if (place == &record.text) record.to_json = OffsetMap();
    *place = unquote(value.substr(0, value.find_last_of('"') + 1), place == &record.text ? &record.to_json : nullptr,
                     at + value_at);
  }
  auto date = read_published(published, name);
  if (!date) return date.error();
  record.published = *date;
  return record;
}

}  // namespace entente::importers
