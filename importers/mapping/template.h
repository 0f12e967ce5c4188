// Text made from a row: "{visitor} of {from} visited the United States[ from {start-date} to {end-date}]."
//   {column}        the cell; {a|b} the first of them that is not empty
//   {column:first}  the part before the first comma; {column:last} behind the last one
//   [ ... ]         left out as a whole where a column in it is empty
//   {{ }} [[ ]]     the marks themselves
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "importers/mapping/row.h"

namespace entente::importers {

class RowTemplate {
 public:
  // Fails with invalid_argument, saying which mark is not closed.
  static Result<RowTemplate> parse(std::string_view text);

  std::string render(const TableRow& row) const;
  bool empty() const { return parts_.empty(); }

 private:
  enum class Cut : std::uint8_t { none, first, last };
  struct Part {
    std::string text;                  // as it is, where no columns are named
    std::vector<std::string> columns;  // the first that is not empty
    Cut cut = Cut::none;
    int group = 0;  // 0: outside of brackets
  };
  std::string cell(const Part& part, const TableRow& row) const;

  std::vector<Part> parts_;
};

}  // namespace entente::importers
