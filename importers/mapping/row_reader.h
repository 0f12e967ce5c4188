// Rows of a table in any of the formats that tables come in, read in pieces: memory is bounded by the longest row, not
// by their number.
//   csv        RFC 4180; the columns are named by the first row, or by the mapping where the file has no such row
//   tsv        likewise between tabs; quotation marks are letters as others
//   jsonl      an object a line; "a/b" is what stands in b of the object in a
//   xml        each element of one name is a row; "a/b" is the text of b in a, "a@b" the attribute b of a
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "importers/mapping/row.h"

namespace entente::importers {

enum class TableFormat : std::uint8_t { csv, tsv, jsonl, xml };

std::optional<TableFormat> parse_table_format(std::string_view name);

struct TableLayout {
  TableFormat format = TableFormat::csv;
  std::vector<std::string> columns;  // of a file without a row of names; else empty
  std::string row;                   // xml: the element that is a row
};

class RowReader {
 public:
  virtual ~RowReader() = default;
  // False at the end. Fails with invalid_argument for a row that is off, after which the next can be read, or with io or
  // corrupt, after which nothing can.
  virtual Result<bool> next(TableRow& row) = 0;
  // How far the file is read, 0 to 1.
  virtual double part() const = 0;
};

// Fails with not_found, permission, io, or invalid_argument.
Result<std::unique_ptr<RowReader>> open_rows(const std::filesystem::path& path, const TableLayout& layout);

}  // namespace entente::importers
