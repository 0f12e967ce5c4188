#include "importers/lexicon/table_file.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "base/utf8.h"

namespace entente::importers {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const std::size_t tab = line.find('\t');
    cells.emplace_back(trimmed(line.substr(0, tab)));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

// Leaves `year` alone for an empty text; false for anything that is no number.
bool read_year(std::string_view text, std::optional<int>& year) {
  if (text.empty()) return true;
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size()) return false;
  year = value;
  return true;
}

}  // namespace

std::vector<std::string> split_values(std::string_view text, char separator) {
  std::vector<std::string> values;
  while (!text.empty()) {
    const std::size_t bar = text.find(separator);
    if (const std::string_view value = trimmed(text.substr(0, bar)); !value.empty()) values.emplace_back(value);
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 1);
  }
  return values;
}

Result<TableFile> TableFile::read(const std::filesystem::path& path, const std::vector<std::string>& columns) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return Error{ErrorCode::not_found, "cannot open " + path.string() + "; --data names the folder that holds gazetteer/ and lexicon/", {}};
  TableFile table;
  table.path_ = path;
  table.bytes_.assign(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return Error{ErrorCode::io, "reading " + path.string() + " failed", {}};
  if (const auto bad = find_invalid_utf8(table.bytes_))
    return Error{ErrorCode::invalid_argument, path.string() + ": byte " + std::to_string(*bad) + " is no UTF-8", {}};

  std::vector<std::string> header;
  int number = 0;
  std::string_view rest = table.bytes_;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++number;
    if (trimmed(line).empty() || line.front() == '#') continue;
    Row row{number, cells_of(line)};
    if (header.empty()) {
      header = row.cells;
      continue;
    }
    if (row.cells.size() != header.size()) {
      table.bad_rows_.push_back(table.error_at(row, std::to_string(row.cells.size()) + " cells where the header has " + std::to_string(header.size())));
      continue;
    }
    table.rows_.push_back(std::move(row));
  }
  for (const std::string& column : columns) {
    const bool optional = column.ends_with('?');
    const auto found = std::find(header.begin(), header.end(), optional ? column.substr(0, column.size() - 1) : column);
    if (found == header.end() && optional) {
      table.places_.push_back(kAbsent);
      continue;
    }
    if (found == header.end())
      return Error{ErrorCode::invalid_argument, path.string() + ": the header row has no column '" + column + "'", {}};
    table.places_.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  return table;
}

std::vector<std::string> TableFile::values(const Row& row, std::size_t column) const {
  return split_values(cell(row, column), '|');
}

Result<std::vector<PeriodValue>> TableFile::period_values(const Row& row, std::size_t column) const {
  std::vector<PeriodValue> values;
  for (std::string& text : split_values(cell(row, column), '|')) {
    const std::size_t at = text.rfind('@');
    PeriodValue value{text.substr(0, at), {}, {}};
    if (at != std::string::npos) {
      const std::string_view period = std::string_view(text).substr(at + 1);
      const std::size_t dots = period.find("..");
      if (dots == std::string_view::npos || !read_year(period.substr(0, dots), value.from_year) ||
          !read_year(period.substr(dots + 2), value.until_year))
        return error_at(row, "'" + text + "': a period is written @1960..1989, either year may be left out");
    }
    values.push_back(std::move(value));
  }
  return values;
}

Error TableFile::error_at(const Row& row, std::string_view message) const {
  return Error{ErrorCode::invalid_argument, path_.string() + ":" + std::to_string(row.line) + ": " + std::string(message), {}};
}

}  // namespace entente::importers
