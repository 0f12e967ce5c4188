// Three tables that make a graph of events, into a store: who there is (id, kind, name, country, date), what happened
// (id, type, date, release, place) and who took part (event, entity, role). Columns are found by the names in the first
// row. An entity of kind "release" is a release that events name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "graph/view/table_load.h"
#include "importers/tables/type_codes.h"

namespace entente::importers {

struct EventTables {
  std::filesystem::path events;
  std::filesystem::path participations;
  std::filesystem::path entities;
  std::filesystem::path types;  // code and label of each type; may be empty
};

struct TableProgress {
  std::string step;        // "reading events.csv"
  double part = 0;         // 0 to 1, of this step
  std::uint64_t rows = 0;  // of this step, so far
};

struct LoadTables {
  std::uint64_t errors_max = 0;                                // more bad rows than this end the load
  std::function<void(const std::string&)> bad_row;             // "events.csv:17: 'x' is no date"
  std::function<void(const TableProgress&)> progress;
};

struct LoadedTables {
  graph::TableReport report;
  std::uint64_t bad_rows = 0;
};

// Reads all into the load and commits it. Fails with invalid_argument when there are too many bad rows or a column is
// missing, with io, not_found or permission for the files, and as the load does.
Result<LoadedTables> load_tables(const EventTables& files, const TypeCodes& codes, const LoadTables& options,
                                 graph::TableLoad& load);

}  // namespace entente::importers
