// One row of somebody's table: named cells, and where it stands.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente::importers {

struct TableRow {
  std::vector<std::pair<std::string, std::string>> cells;  // column and value, blanks at the ends taken off
  std::uint64_t line = 0;                                  // of its file, counted from 1

  // Empty for a column that the row does not have.
  std::string_view find(std::string_view column) const {
    const auto at = std::find_if(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == column; });
    return at == cells.end() ? std::string_view() : std::string_view(at->second);
  }
};

}  // namespace entente::importers
