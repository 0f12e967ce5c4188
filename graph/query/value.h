// What answers are made of: rows of named values. Values, not text: a table, CSV and JSON are written from them alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace entente::graph::query {

struct Value;

// A template, so that a value can hold fields while it is not yet complete itself.
template <class V>
struct Named {
  std::string name;
  V value;
  friend bool operator==(const Named&, const Named&) = default;
};
using Field = Named<Value>;

struct Value {
  using List = std::vector<Value>;
  using Fields = std::vector<Field>;

  Value() = default;                                                    // nothing: null in JSON, empty elsewhere
  Value(bool value) : held(value) {}                                    // NOLINT(google-explicit-constructor)
  Value(std::int64_t value) : held(value) {}                            // NOLINT(google-explicit-constructor)
  Value(int value) : held(std::int64_t{value}) {}                       // NOLINT(google-explicit-constructor)
  Value(std::uint32_t value) : held(std::int64_t{value}) {}             // NOLINT(google-explicit-constructor)
  Value(std::size_t value) : held(static_cast<std::int64_t>(value)) {}  // NOLINT(google-explicit-constructor)
  Value(double value) : held(value) {}                                  // NOLINT(google-explicit-constructor)
  Value(std::string value) : held(std::move(value)) {}                  // NOLINT(google-explicit-constructor)
  Value(std::string_view value) : held(std::string(value)) {}           // NOLINT(google-explicit-constructor)
  Value(const char* value) : held(std::string(value)) {}                // NOLINT(google-explicit-constructor)
  Value(List value) : held(std::move(value)) {}                         // NOLINT(google-explicit-constructor)
  Value(Fields value) : held(std::move(value)) {}                       // NOLINT(google-explicit-constructor)

  bool is_null() const { return held.index() == 0; }
  friend bool operator==(const Value&, const Value&);

  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Fields> held;
};

using Row = std::vector<Field>;

// nullptr when the row has no such field.
const Value* find(const Row& row, std::string_view name);

void append_json(std::string& out, const Value& value);
void append_json(std::string& out, const Row& row);
void append_json_text(std::string& out, std::string_view text);
// For tables and CSV: lists joined by blanks, nothing for nothing.
std::string to_text(const Value& value);
// RFC 4180: a cell with a comma, a quotation mark or a line end stands in quotation marks, which are doubled.
std::string csv_cell(const std::string& text);

}  // namespace entente::graph::query
