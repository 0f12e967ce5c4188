#include "apps/entente/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/utf8.h"
#include "graph/query/value.h"

namespace entente::app {
namespace {

using json = nlohmann::ordered_json;

std::string cell_text(const json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_number_float()) return fmt::format("{:.6g}", value.get<double>());
  std::string out;
  if (value.is_array()) {
    const bool spaced = std::any_of(value.begin(), value.end(), [](const json& one) { return one.is_string() && one.get_ref<const std::string&>().find(' ') != std::string::npos; });
    for (const json& one : value) out += (out.empty() ? "" : spaced ? "; " : " ") + cell_text(one);
    return out;
  }
  if (value.is_object()) {
    for (const auto& [key, one] : value.items())
      if (!one.is_null()) out += (out.empty() ? "" : " ") + key + "=" + cell_text(one);
    return out;
  }
  return value.dump();
}

// Every field that some row has, in the order in which they come up.
std::vector<std::string> columns_of(const json& rows) {
  std::vector<std::string> out;
  for (const json& row : rows)
    for (const auto& [key, value] : row.items())
      if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
  return out;
}

std::string cell_of(const json& row, const std::string& column) {
  const auto at = row.find(column);
  return at == row.end() ? std::string() : cell_text(*at);
}

}  // namespace

void print_csv(const nlohmann::ordered_json& rows) {
  const auto columns = columns_of(rows);
  const auto print_line = [&](auto cell) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      fmt::print("{}{}", i == 0 ? "" : ",", graph::query::csv_cell(cell(columns[i])));
    fmt::print("\r\n");
  };
  if (columns.empty()) return;
  print_line([](const std::string& column) { return column; });
  for (const json& row : rows) print_line([&](const std::string& column) { return cell_of(row, column); });
}

namespace {

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// One row alone is printed a field a line; several as columns, those in which nothing stands left out.
void print_table(const json& rows) {
  const auto columns = columns_of(rows);
  if (rows.size() == 1) {
    for (const std::string& column : columns)
      if (const std::string text = cell_of(rows[0], column); !text.empty()) fmt::print("{:<14} {}\n", column, text);
    return;
  }
  constexpr std::size_t kWidest = 60;
  std::vector<std::pair<std::string, std::size_t>> shown;
  for (const std::string& column : columns) {
    std::size_t width = 0;
    for (const json& row : rows) width = std::max(width, std::min(kWidest, width_of(cell_of(row, column))));
    if (width != 0) shown.emplace_back(column, std::max(width, column.size()));
  }
  const auto print_line = [&](auto cell) {
    std::string line;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const std::string text = cell(shown[i].first);
      line += text;
      const std::size_t width = width_of(text);
      if (i + 1 < shown.size()) line.append(2 + (width < shown[i].second ? shown[i].second - width : 0), ' ');
    }
    fmt::print("{}\n", line);
  };
  if (shown.empty()) return;
  print_line([](const std::string& column) { return column; });
  for (const json& row : rows) print_line([&](const std::string& column) { return cell_of(row, column); });
}

int fail_with(const json& problem) {
  std::string text;
  const auto word = [&](const char* name) { return problem.contains(name) ? cell_text(problem[name]) : std::string(); };
  if (problem.contains("line"))
    text = fmt::format("line {}, column {}: ", word("line"), word("column"));
  else if (const std::string at = word("at"); !at.empty())
    text = at + ": ";
  text += word("message");
  if (const std::string remedy = word("remedy"); !remedy.empty()) text += "; " + remedy;
  if (problem.contains("candidates"))
    for (const json& one : problem["candidates"]) text += "\n  " + cell_text(one);
  const std::string kind = word("kind");
  Error error{ErrorCode::invalid_argument, text, {}};
  if (kind == "unknown_id") error.code = ErrorCode::not_found;
  if (kind == "ambiguous_name") error.code = ErrorCode::ambiguous;
  if (kind == "failed" || kind == "past_limit" || kind == "past_deadline" || kind == "cancelled")
    error.code = ErrorCode::io;
  return fail(error);
}

}  // namespace

Result<std::unique_ptr<Asker>> Asker::open(const Place& place) {
  auto out = std::make_unique<Asker>();
  const auto base = as_of(place);
  if (!base) return base.error();
  if (!server_of(place).empty()) {
    auto client = connect(place);
    if (!client) return client.error();
    out->client_ = std::move(*client);
    auto asker = out->client_->asker(*base);
    if (!asker) return asker.error();
    out->asker_ = std::move(*asker);
    return out;
  }
  storage::StoreOptions options;
  options.create = false;
  options.holder = "entente ask";
  auto store = storage::Store::open(store_folder(place), options, out->clock_);
  if (!store) return store.error();
  out->store_ = std::move(*store);
  storage::Store& held = *out->store_;
  out->engine_ = std::make_unique<graph::query::Engine>(
      [&held, at = *base](std::optional<RecordedTime> time) { return held.snapshot(time ? time : at); },
      std::make_shared<graph::query::FrozenGraphs>(graph::FrozenLimits{}));
  return out;
}

Result<graph::query::LineAnswer> Asker::answer(const std::string& question, std::uint64_t line) {
  if (!asker_) return graph::query::answer_line(*engine_, question, line);
  auto answer = asker_->ask(question, line);
  if (!answer) return answer.error();
  return graph::query::LineAnswer{std::move(answer->text), answer->answered};
}

Result<graph::query::LineAnswer> Asker::stream(const std::string& question,
                                               const std::function<void(std::string_view)>& row) {
  if (asker_) {
    auto answer = asker_->stream(question, row);
    if (!answer) return answer.error();
    return graph::query::LineAnswer{std::move(answer->text), answer->answered};
  }
  constexpr std::size_t kRows = 1000;
  constexpr std::size_t kBytes = std::size_t{1} << 20U;
  graph::query::LineStream parts(*engine_, question, 0);
  graph::query::LineAnswer out;
  while (true) {
    const auto part = parts.next(kRows, kBytes, nullptr);
    if (!part.problem.empty()) return graph::query::LineAnswer{part.problem, false};
    out.text += part.head;
    for (const std::string& one : part.rows) row(one);
    out.text += part.tail;
    if (part.done) break;
  }
  out.answered = true;
  return out;
}

int fail_with(const std::string& answer) {
  const json parsed = json::parse(answer, nullptr, false);
  return fail_with(parsed.is_object() && parsed.contains("error") ? parsed["error"] : json::object());
}

int print_answer(Asker& asker, const std::string& question, Form form) {
  const auto answer = asker.answer(question, 0);
  if (!answer) return fail(answer.error());
  const json parsed = json::parse(answer->text, nullptr, false);
  if (!answer->answered) return fail_with(answer->text);
  if (form == Form::json) {
    fmt::print("{}\n", answer->text);
    return kOk;
  }
  const json& rows = parsed["rows"];
  if (form == Form::csv)
    print_csv(rows);
  else
    print_table(rows);
  std::fflush(stdout);
  if (form == Form::table && parsed.contains("parameters"))
    fmt::print(stderr, "-- {}\n", cell_text(parsed["parameters"]));
  if (parsed.contains("explain")) fmt::print(stderr, "-- {}\n", cell_text(parsed["explain"]));
  if (rows.empty()) fmt::print(stderr, "-- nothing found\n");
  if (!parsed["whole"].get<bool>())
    fmt::print(stderr, "-- there are more rows; go on with --cursor '{}', or ask for more with --limit\n",
               cell_text(parsed["next"]));
  return kOk;
}

}  // namespace entente::app
