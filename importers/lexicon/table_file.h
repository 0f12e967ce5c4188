// One table of the lexicon as its file has it: '#' comments, a header row, cells between tabs, values between '|'.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::importers {

// A value with the period in which it was in use: "Zaire@1971..1997". Either year may be absent.
struct PeriodValue {
  std::string text;
  std::optional<int> from_year;
  std::optional<int> until_year;
};

class TableFile {
 public:
  struct Row {
    int line = 0;
    std::vector<std::string> cells;
  };

  // Reads a file whose header must name each of `columns`, in any order, but for those that end in '?': they may be
  // absent, and their cells are empty then. Others are allowed and ignored.
  // Fails with not_found, io, or invalid_argument for what is no table at all: no UTF-8, no such column.
  static Result<TableFile> read(const std::filesystem::path& path, const std::vector<std::string>& columns);

  const std::vector<Row>& rows() const { return rows_; }
  // Rows with too few or too many cells: not among rows().
  const std::vector<Error>& bad_rows() const { return bad_rows_; }
  const std::string& bytes() const { return bytes_; }
  // The cell of one of the columns asked for, by its place in that list.
  const std::string& cell(const Row& row, std::size_t column) const {
    static const std::string kEmpty;
    return places_[column] == kAbsent ? kEmpty : row.cells[places_[column]];
  }
  // The cell's values, split at '|' and trimmed; none of an empty cell.
  std::vector<std::string> values(const Row& row, std::size_t column) const;
  // Fails with invalid_argument when a period is not two years.
  Result<std::vector<PeriodValue>> period_values(const Row& row, std::size_t column) const;

  // "data/lexicon/en/verbs.tsv:12: <message>"
  Error error_at(const Row& row, std::string_view message) const;

 private:
  std::filesystem::path path_;
  std::string bytes_;
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
  std::vector<std::size_t> places_;
  std::vector<Row> rows_;
  std::vector<Error> bad_rows_;
};

std::vector<std::string> split_values(std::string_view text, char separator);

}  // namespace entente::importers
