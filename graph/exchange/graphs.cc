// GraphML, GEXF, DOT and CSV: nodes, and edges between them.
#include <fmt/format.h>

#include "base/utf8.h"
#include "graph/exchange/rows.h"
#include "graph/query/value.h"

namespace entente::graph::exchange {
namespace {

// What a format says of a node and of an edge. Which edges an event gives is the same for all of them.
class GraphWriter : public Writer {
 public:
  // `apart`: the format has all nodes before the first edge.
  explicit GraphWriter(Shape shape, bool apart = false) : shape_(shape), apart_(apart) {}

  void node(const Row& row) final { put_node(text_of(row, "node"), row); }
  void edge(const Row& row) final {
    const std::string event = event_name(text_of(row, "edge"));
    if (shape_ == Shape::events) {
      Row as_node{{"node", event}, {"kind", "event"}, {"label", text_of(row, "type") + " " + text_of(row, "date")}};
      as_node.update(row);
      as_node.erase("of");
      put_node(event, as_node);
      if (apart_)
        pending_.push_back({event, row});
      else
        put_parts(event, row);
      return;
    }
    each_pair(row, [&](const std::string& a, const std::string& b) { put_edge(event + "|" + a + "|" + b, a, b, row); });
  }
  void end() final {
    for (const auto& [event, row] : pending_) put_parts(event, row);
    put_end();
  }

 protected:
  virtual void put_node(const std::string& id, const Row& row) = 0;
  virtual void put_edge(const std::string& id, const std::string& source, const std::string& target,
                        const Row& row) = 0;
  virtual void put_end() = 0;

 private:
  void put_parts(const std::string& event, const Row& row) {
    for (const std::string& one : list_of(row, "between")) put_edge(event + "|" + one, one, event, row);
  }

  Shape shape_;
  bool apart_;
  std::vector<std::pair<std::string, Row>> pending_;
};

class GraphMl final : public GraphWriter {
 public:
  GraphMl(Shape shape, Put put) : GraphWriter(shape), put_(std::move(put)) {
    put_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (const char* field : kNodeFields) key("node", field);
    for (const char* field : kEventFields) key("edge", field);
    for (const char* field : {"event", "source_role", "target_role"}) key("edge", field);
    if (shape == Shape::events)
      for (const char* field : kEventFields) key("node", field);
    put_("<graph edgedefault=\"undirected\">\n");
    events_ = shape == Shape::events;
  }

 private:
  void key(const char* of, const char* field) {
    put_(fmt::format("<key id=\"{0}.{1}\" for=\"{0}\" attr.name=\"{1}\" attr.type=\"string\"/>\n", of, field));
  }
  void data(const char* of, const char* field, const std::string& value) {
    if (!value.empty()) put_(fmt::format("<data key=\"{}.{}\">{}</data>", of, field, xml_text(value)));
  }
  void put_node(const std::string& id, const Row& row) override {
    put_(fmt::format("<node id=\"{}\">", xml_text(id)));
    for (const char* field : kNodeFields) data("node", field, text_of(row, field));
    if (events_)
      for (const char* field : kEventFields) data("node", field, event_field(row, field));
    put_("</node>\n");
  }
  void put_edge(const std::string& id, const std::string& source, const std::string& target, const Row& row) override {
    put_(fmt::format("<edge id=\"{}\" source=\"{}\" target=\"{}\">", xml_text(id), xml_text(source), xml_text(target)));
    data("edge", "event", event_name(text_of(row, "edge")));
    for (const char* field : kEventFields) data("edge", field, event_field(row, field));
    data("edge", "source_role", role_of(row, source));
    data("edge", "target_role", role_of(row, target));
    put_("</edge>\n");
  }
  void put_end() override { put_("</graph>\n</graphml>\n"); }

  Put put_;
  bool events_ = false;
};

// With time: an edge is there from the first to the last day that its event can mean.
class Gexf final : public GraphWriter {
 public:
  Gexf(Shape shape, Put put) : GraphWriter(shape, true), put_(std::move(put)) {
    put_(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
        "<graph mode=\"dynamic\" defaultedgetype=\"undirected\" timeformat=\"date\">\n");
    attributes("node", kNodeFields);
    attributes("edge", kEventFields);
    put_("<nodes>\n");
  }

 private:
  template <std::size_t N>
  void attributes(const char* of, const char* const (&fields)[N]) {
    put_(fmt::format("<attributes class=\"{}\" mode=\"static\">\n", of));
    for (std::size_t i = 0; i < N; ++i)
      put_(fmt::format("<attribute id=\"{}\" title=\"{}\" type=\"string\"/>\n", i, fields[i]));
    put_("</attributes>\n");
  }
  void value(std::size_t number, const std::string& text) {
    if (!text.empty()) put_(fmt::format("<attvalue for=\"{}\" value=\"{}\"/>", number, xml_text(text)));
  }
  static std::string span(const Row& row) {
    std::string out;
    if (const std::string first = text_of(row, "first"); !first.empty()) out += fmt::format(" start=\"{}\"", first);
    if (const std::string last = text_of(row, "last"); !last.empty()) out += fmt::format(" end=\"{}\"", last);
    return out;
  }
  void put_node(const std::string& id, const Row& row) override {
    put_(fmt::format("<node id=\"{}\" label=\"{}\"{}><attvalues>", xml_text(id), xml_text(text_of(row, "label")),
                     span(row)));
    for (std::size_t i = 0; i < std::size(kNodeFields); ++i) value(i, text_of(row, kNodeFields[i]));
    put_("</attvalues></node>\n");
  }
  void put_edge(const std::string& id, const std::string& source, const std::string& target, const Row& row) override {
    if (!std::exchange(edges_, true)) put_("</nodes>\n<edges>\n");
    put_(fmt::format("<edge id=\"{}\" source=\"{}\" target=\"{}\" label=\"{}\"{}><attvalues>", xml_text(id),
                     xml_text(source), xml_text(target), xml_text(text_of(row, "type")), span(row)));
    for (std::size_t i = 0; i < std::size(kEventFields); ++i) value(i, event_field(row, kEventFields[i]));
    put_("</attvalues></edge>\n");
  }
  void put_end() override {
    if (!edges_) put_("</nodes>\n<edges>\n");
    put_("</edges>\n</graph>\n</gexf>\n");
  }

  Put put_;
  bool edges_ = false;
};

class Dot final : public GraphWriter {
 public:
  Dot(Shape shape, Put put) : GraphWriter(shape), put_(std::move(put)) { put_("graph entente {\n"); }

 private:
  static std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : repair_utf8(text)) {
      if (c == '"' || c == '\\') out += '\\';
      if (static_cast<unsigned char>(c) < 0x20)
        out += ' ';
      else
        out += c;
    }
    return out + '"';
  }
  void put_node(const std::string& id, const Row& row) override {
    put_(fmt::format("  {} [label={}, kind={}];\n", quoted(id), quoted(text_of(row, "label")),
                     quoted(text_of(row, "kind"))));
  }
  void put_edge(const std::string& /*id*/, const std::string& source, const std::string& target,
                const Row& row) override {
    put_(fmt::format("  {} -- {} [event={}, type={}, date={}, status={}];\n", quoted(source), quoted(target),
                     quoted(event_name(text_of(row, "edge"))), quoted(text_of(row, "type")),
                     quoted(text_of(row, "date")), quoted(text_of(row, "status"))));
  }
  void put_end() override { put_("}\n"); }

  Put put_;
};

// RFC 4180. Nodes and edges are two tables, so each is a format of its own.
class Csv final : public GraphWriter {
 public:
  Csv(bool nodes, Shape shape, Put put) : GraphWriter(shape), put_(std::move(put)), nodes_(nodes) {
    std::vector<std::string> names;
    if (nodes) {
      names = {"node"};
      names.insert(names.end(), std::begin(kNodeFields), std::end(kNodeFields));
    } else {
      names = {"source", "target", "event", "source_role", "target_role"};
      names.insert(names.end(), std::begin(kEventFields), std::end(kEventFields));
    }
    line(names);
  }

 private:
  void line(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + query::csv_cell(cells[i]);
    put_(out + "\r\n");
  }
  void put_node(const std::string& id, const Row& row) override {
    if (!nodes_) return;
    std::vector<std::string> cells{id};
    for (const char* field : kNodeFields) cells.push_back(text_of(row, field));
    line(cells);
  }
  void put_edge(const std::string& /*id*/, const std::string& source, const std::string& target,
                const Row& row) override {
    if (nodes_) return;
    std::vector<std::string> cells{source, target, event_name(text_of(row, "edge")), role_of(row, source),
                                   role_of(row, target)};
    for (const char* field : kEventFields) cells.push_back(event_field(row, field));
    line(cells);
  }
  void put_end() override {}

  Put put_;
  bool nodes_;
};

}  // namespace

std::unique_ptr<Writer> make_graphml(Shape shape, Put put) { return std::make_unique<GraphMl>(shape, std::move(put)); }
std::unique_ptr<Writer> make_gexf(Shape shape, Put put) { return std::make_unique<Gexf>(shape, std::move(put)); }
std::unique_ptr<Writer> make_dot(Shape shape, Put put) { return std::make_unique<Dot>(shape, std::move(put)); }
std::unique_ptr<Writer> make_csv(bool nodes, Shape shape, Put put) {
  return std::make_unique<Csv>(nodes, shape, std::move(put));
}

}  // namespace entente::graph::exchange
