// Runs a function over the rows of a table that may be absent from an added folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importers/lexicon/load.h"
#include "importers/lexicon/table_file.h"

namespace entente::importers {

// "gazetteer/cities.tsv" below the folder; "words.tsv" below its language,
// "any/confidence.tsv" below those of every language.
inline std::filesystem::path table_path(const LoadContext& context, std::string_view path) {
  if (path.starts_with("gazetteer/")) return context.folder / path;
  if (path.starts_with("any/")) return context.folder / "lexicon" / path;
  return context.folder / "lexicon" / context.language / path;
}

// `take(table, row)` gives Result<void>; the first error ends it, unless the context takes problems.
template <class Take>
Result<void> each_row(const LoadContext& context, const char* path, const std::vector<std::string>& columns, Take take) {
  const std::filesystem::path full = table_path(context, path);
  if (!context.complete && !std::filesystem::exists(full)) return {};
  Result<TableFile> table = TableFile::read(full, columns);
  if (!table) return context.object(table.error());
  context.hashed->append(table->bytes());
  for (const Error& bad : table->bad_rows())
    if (Result<void> noted = context.object(bad); !noted) return noted;
  for (const TableFile::Row& row : table->rows())
    if (Result<void> taken = take(*table, row); !taken)
      if (Result<void> noted = context.object(taken.error()); !noted) return noted;
  return {};
}

}  // namespace entente::importers
