#include "graph/query/line.h"

#include <fmt/format.h>

#include <iterator>

#include "graph/query/json.h"

namespace entente::graph::query {
namespace {

LineAnswer failed(std::string_view ask, const std::string& id, const Problem& problem, std::uint64_t line) {
  LineAnswer out;
  out.text = "{";
  if (!ask.empty()) out.text += "\"ask\":\"" + std::string(ask) + "\",";
  if (!id.empty()) out.text += "\"id\":" + id + ",";
  if (line != 0) fmt::format_to(std::back_inserter(out.text), "\"line\":{},", line);
  out.text += "\"error\":" + to_json(problem) + "}";
  return out;
}

}  // namespace

LineAnswer answer_line(Engine& engine, std::string_view question, std::uint64_t line) {
  auto query = parse_query(question);
  if (!query) return failed({}, {}, query.problem(), line);
  const std::string_view ask = to_string(query->ask);
  auto answer = engine.ask(*query);
  if (!answer) return failed(ask, query->id, answer.problem(), line);
  std::string rows;
  while (true) {
    const auto row = (*answer)->next();
    if (!row) return failed(ask, query->id, row.problem(), line);
    if (*row == nullptr) break;
    if (!rows.empty()) rows += ',';
    append_json(rows, **row);
  }
  const Summary& summary = (*answer)->summary();
  LineAnswer out;
  out.answered = true;
  out.text = "{\"ask\":\"" + std::string(ask) + "\",";
  if (!query->id.empty()) out.text += "\"id\":" + query->id + ",";
  out.text += "\"as_of\":\"" + summary.as_of + "\",\"rows\":[" + rows + "],\"whole\":";
  out.text += summary.whole ? "true,\"next\":null" : "false,\"next\":";
  if (!summary.whole) append_json_text(out.text, summary.next);
  if (!summary.parameters.empty()) {
    out.text += ",\"parameters\":";
    append_json(out.text, summary.parameters);
  }
  if (!summary.explain.empty()) {
    out.text += ",\"explain\":";
    append_json(out.text, summary.explain);
  }
  out.text += '}';
  return out;
}

}  // namespace entente::graph::query
