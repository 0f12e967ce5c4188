#include "graph/query/value.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "base/utf8.h"

namespace entente::graph::query {

bool operator==(const Value& a, const Value& b) { return a.held == b.held; }

const Value* find(const Row& row, std::string_view name) {
  for (const Field& field : row)
    if (field.name == name) return &field.value;
  return nullptr;
}

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20U)
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        else
          out += c;
    }
  }
  out += '"';
}

namespace {

struct Write {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { fmt::format_to(std::back_inserter(out), "{}", value); }
  void operator()(double value) const {
    if (!std::isfinite(value))
      out += "null";
    else if (value == std::floor(value) && std::abs(value) < 1e15)
      fmt::format_to(std::back_inserter(out), "{:.1f}", value);
    else
      fmt::format_to(std::back_inserter(out), "{}", value);
  }
  void operator()(const std::string& value) const {
    // What came from outside may hold bytes that no JSON may.
    if (find_invalid_utf8(value))
      append_json_text(out, repair_utf8(value));
    else
      append_json_text(out, value);
  }
  void operator()(const Value::List& list) const {
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i != 0) out += ',';
      append_json(out, list[i]);
    }
    out += ']';
  }
  void operator()(const Value::Fields& fields) const { append_json(out, fields); }
};

struct Say {
  std::string& out;
  void operator()(std::monostate) const {}
  void operator()(bool value) const { out += value ? "yes" : "no"; }
  void operator()(std::int64_t value) const { fmt::format_to(std::back_inserter(out), "{}", value); }
  void operator()(double value) const { fmt::format_to(std::back_inserter(out), "{:.6g}", value); }
  void operator()(const std::string& value) const { out += value; }
  void operator()(const Value::List& list) const {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i != 0) out += ' ';
      std::visit(*this, list[i].held);
    }
  }
  void operator()(const Value::Fields& fields) const {
    bool first = true;
    for (const Field& field : fields) {
      if (field.value.is_null()) continue;
      if (!first) out += ' ';
      first = false;
      out += field.name + '=';
      std::visit(*this, field.value.held);
    }
  }
};

}  // namespace

void append_json(std::string& out, const Value& value) { std::visit(Write{out}, value.held); }

void append_json(std::string& out, const Row& row) {
  out += '{';
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i != 0) out += ',';
    append_json_text(out, row[i].name);
    out += ':';
    append_json(out, row[i].value);
  }
  out += '}';
}

std::string to_text(const Value& value) {
  std::string out;
  std::visit(Say{out}, value.held);
  return out;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace entente::graph::query
