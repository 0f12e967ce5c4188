#include "graph/exchange/writer.h"

#include <algorithm>

#include "base/utf8.h"
#include "graph/exchange/rows.h"

namespace entente::graph::exchange {
namespace {

struct Name {
  Format format;
  std::string_view name;
};
constexpr Name kNames[] = {
    {Format::graphml, "graphml"},     {Format::gexf, "gexf"},           {Format::dot, "dot"},
    {Format::nodes_csv, "nodes-csv"}, {Format::edges_csv, "edges-csv"}, {Format::turtle, "turtle"},
    {Format::ntriples, "ntriples"},   {Format::jsonl, "jsonl"},         {Format::icalendar, "icalendar"}};
constexpr Format kFormats[] = {Format::graphml, Format::gexf,     Format::dot,   Format::nodes_csv, Format::edges_csv,
                               Format::turtle,  Format::ntriples, Format::jsonl, Format::icalendar};

std::string text_of(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string out;
  for (const Json& one : value) out += (out.empty() ? "" : "; ") + text_of(one);
  return out;
}

// The rows as they are, one a line.
class JsonLines final : public Writer {
 public:
  explicit JsonLines(Put put) : put_(std::move(put)) {}
  void node(const Row& row) override { put_(row.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"); }
  void edge(const Row& row) override { node(row); }
  void end() override {}

 private:
  Put put_;
};

}  // namespace

std::span<const Format> all_formats() { return kFormats; }

std::string_view to_string(Format format) {
  for (const Name& one : kNames)
    if (one.format == format) return one.name;
  return "?";
}

std::optional<Format> parse_format(std::string_view name) {
  for (const Name& one : kNames)
    if (one.name == name) return one.format;
  return std::nullopt;
}

std::string text_of(const Json& row, const char* field) {
  const auto at = row.find(field);
  return at == row.end() ? std::string() : text_of(*at);
}

std::vector<std::string> list_of(const Json& row, const char* field) {
  std::vector<std::string> out;
  const auto at = row.find(field);
  if (at == row.end() || !at->is_array()) return out;
  for (const Json& one : *at) out.push_back(text_of(one));
  return out;
}

std::string role_of(const Json& edge, const std::string& id) {
  const auto roles = edge.find("roles");
  if (roles == edge.end() || !roles->is_object()) return {};
  const auto role = roles->find(id);
  return role == roles->end() ? std::string() : text_of(*role);
}

std::string event_name(const std::string& id) { return id.starts_with("event:") ? id : "event:" + id; }
std::string release_name(const std::string& id) { return id.starts_with("release:") ? id : "release:" + id; }

std::string place_of(const Json& edge) {
  const auto at = edge.find("place");
  if (at == edge.end() || !at->is_object()) return text_of(edge, "located");
  const std::string city = text_of(*at, "city");
  const std::string country = text_of(*at, "country");
  return city + (city.empty() || country.empty() ? "" : ", ") + country;
}

std::string event_field(const Json& edge, const char* field) {
  return std::string_view(field) == "place" ? place_of(edge) : text_of(edge, field);
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : repair_utf8(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\t':
        out += "&#9;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out += "\xEF\xBF\xBD";
        else
          out += c;
    }
  }
  return out;
}

std::unique_ptr<Writer> make_writer(const Terms& terms, Put put) {
  switch (terms.format) {
    case Format::graphml:
      return make_graphml(terms.shape, std::move(put));
    case Format::gexf:
      return make_gexf(terms.shape, std::move(put));
    case Format::dot:
      return make_dot(terms.shape, std::move(put));
    case Format::nodes_csv:
      return make_csv(true, terms.shape, std::move(put));
    case Format::edges_csv:
      return make_csv(false, terms.shape, std::move(put));
    case Format::turtle:
      return make_rdf(true, terms.base, std::move(put));
    case Format::ntriples:
      return make_rdf(false, terms.base, std::move(put));
    case Format::jsonl:
      return std::make_unique<JsonLines>(std::move(put));
    case Format::icalendar:
      return make_icalendar(terms.as_of, std::move(put));
  }
  return nullptr;
}

}  // namespace entente::graph::exchange
