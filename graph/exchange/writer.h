// What a subgraph is written as for other programs: nodes and edges come one at a time, as rows of the question
// `subgraph` with `full` (docs/queries.md), and text goes out as it is made. Nothing is kept but what a format cannot
// do without.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace entente::graph::exchange {

enum class Format : std::uint8_t { graphml, gexf, dot, nodes_csv, edges_csv, turtle, ntriples, jsonl, icalendar };

std::span<const Format> all_formats();
std::string_view to_string(Format format);  // "graphml", "nodes-csv" ...
std::optional<Format> parse_format(std::string_view name);

// An event of six parties is fifteen edges between entities, or a node of its own with six edges.
enum class Shape : std::uint8_t { pairs, events };

struct Terms {
  Format format = Format::graphml;
  Shape shape = Shape::pairs;            // of GraphML, GEXF, DOT and CSV
  std::string base = "urn:entente:id:";  // RDF: what stands before an id
  std::string as_of;                     // the recorded time that is written, "2026-11-24T05:00:00Z"
};

class Writer {
 public:
  using Row = nlohmann::ordered_json;

  virtual ~Writer() = default;
  // All nodes, then all edges, then end().
  virtual void node(const Row& row) = 0;
  virtual void edge(const Row& row) = 0;
  virtual void end() = 0;
  // Rows that the format has no way to say, as a calendar an event without a day.
  std::size_t left_out() const { return left_out_; }

 protected:
  void leave_out() { ++left_out_; }

 private:
  std::size_t left_out_ = 0;
};

// Takes text as it is made.
using Put = std::function<void(std::string_view)>;

std::unique_ptr<Writer> make_writer(const Terms& terms, Put put);

}  // namespace entente::graph::exchange
