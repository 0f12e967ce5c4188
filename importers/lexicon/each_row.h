// Runs a function over the rows of a table that may be absent from an added folder.
#pragma once

#include <string>
#include <vector>

#include "importers/lexicon/load.h"
#include "importers/lexicon/table_file.h"

namespace entente::importers {

// `take(table, row)` gives Result<void>; the first error ends it.
template <class Take>
Result<void> each_row(const LoadContext& context, const char* path, const std::vector<std::string>& columns, Take take) {
  const std::filesystem::path full = context.folder / path;
  if (!context.complete && !std::filesystem::exists(full)) return {};
  Result<TableFile> table = TableFile::read(full, columns);
  if (!table) return table.error();
  context.hashed->append(table->bytes());
  for (const TableFile::Row& row : table->rows())
    if (Result<void> taken = take(*table, row); !taken) return taken;
  return {};
}

}  // namespace entente::importers
