#include "importers/mapping/row_reader.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "base/ascii.h"
#include "importers/mapping/line_reader.h"
#include "importers/mapping/xml_rows.h"
#include "importers/tables/csv.h"

namespace entente::importers {
namespace {

constexpr int kDepthMax = 8;

double part_of(const CsvReader& file) {
  return file.bytes() == 0 ? 0 : static_cast<double>(file.bytes_read()) / static_cast<double>(file.bytes());
}

class CellRows final : public RowReader {
 public:
  CellRows(CsvReader file, std::vector<std::string> columns)
      : file_(std::move(file)), columns_(std::move(columns)), named_(!columns_.empty()) {}

  Result<bool> next(TableRow& row) override {
    while (true) {
      auto more = file_.next(cells_);
      if (!more) return more.error();
      if (!*more) return false;
      if (cells_.size() == 1 && ascii_trimmed(cells_.front()).empty()) continue;
      if (!columns_.empty()) break;
      for (const std::string_view cell : cells_) columns_.emplace_back(ascii_trimmed(cell));
      if (columns_.front().starts_with("\xEF\xBB\xBF")) columns_.front().erase(0, 3);
    }
    row.line = file_.line();
    row.cells.clear();
    // Last cells that are empty may be left away under a row of names; a mapping that names the columns itself would
    // give a table of another kind to the wrong ones.
    if (cells_.size() > columns_.size() || (named_ && cells_.size() < columns_.size()))
      return Error{ErrorCode::invalid_argument, fmt::format("{} cells, {} columns", cells_.size(), columns_.size()), {}};
    for (std::size_t i = 0; i < cells_.size(); ++i) row.cells.emplace_back(columns_[i], ascii_trimmed(cells_[i]));
    return true;
  }
  double part() const override { return part_of(file_); }

 private:
  CsvReader file_;
  std::vector<std::string> columns_;
  bool named_;  // by the mapping
  std::vector<std::string_view> cells_;
};

void add_cells(const nlohmann::json& value, const std::string& name, int depth, TableRow& row) {
  if (value.is_object() && depth < kDepthMax) {
    for (const auto& [key, inner] : value.items()) add_cells(inner, name.empty() ? key : name + "/" + key, depth + 1, row);
  } else if (value.is_array()) {
    std::string all;
    for (const auto& inner : value) {
      const std::string text = inner.is_string() ? inner.get<std::string>() : inner.dump();
      all += all.empty() ? text : "; " + text;
    }
    row.cells.emplace_back(name, std::move(all));
  } else if (!value.is_null()) {
    row.cells.emplace_back(name, value.is_string() ? std::string(ascii_trimmed(value.get_ref<const std::string&>())) : value.dump());
  }
}

class JsonRows final : public RowReader {
 public:
  explicit JsonRows(std::unique_ptr<LineReader> lines) : lines_(std::move(lines)) {}

  Result<bool> next(TableRow& row) override {
    std::string_view line;
    do {
      auto more = lines_->next(line);
      if (!more) return more.error();
      if (!*more) return false;
    } while (ascii_trimmed(line).empty());
    row.line = lines_->line();
    row.cells.clear();
    const auto value = nlohmann::json::parse(line, nullptr, false);
    if (!value.is_object()) return Error{ErrorCode::invalid_argument, "the line is no JSON object", {}};
    add_cells(value, "", 0, row);
    return true;
  }
  double part() const override { return lines_->part(); }

 private:
  std::unique_ptr<LineReader> lines_;
};

}  // namespace

std::optional<TableFormat> parse_table_format(std::string_view name) {
  if (name == "csv") return TableFormat::csv;
  if (name == "tsv") return TableFormat::tsv;
  if (name == "jsonl") return TableFormat::jsonl;
  if (name == "xml") return TableFormat::xml;
  return std::nullopt;
}

Result<std::unique_ptr<RowReader>> open_rows(const std::filesystem::path& path, const TableLayout& layout) {
  switch (layout.format) {
    case TableFormat::csv:
    case TableFormat::tsv: {
      auto file = CsvReader::open(path, layout.format == TableFormat::csv ? ',' : '\t', layout.format == TableFormat::csv);
      if (!file) return file.error();
      return std::unique_ptr<RowReader>(std::make_unique<CellRows>(std::move(*file), layout.columns));
    }
    case TableFormat::jsonl: {
      auto lines = LineReader::open(path);
      if (!lines) return lines.error();
      return std::unique_ptr<RowReader>(std::make_unique<JsonRows>(std::move(*lines)));
    }
    case TableFormat::xml: return open_xml_rows(path, layout.row);
  }
  return Error{ErrorCode::internal, "no such format", {}};
}

}  // namespace entente::importers
