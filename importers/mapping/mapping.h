// What the columns of somebody's table mean: a file of data/mappings or a user's own. docs/mappings.md describes it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "graph/ontology/event_types.h"
#include "importers/mapping/row_reader.h"
#include "importers/mapping/template.h"
#include "importers/tables/type_codes.h"

namespace entente::importers {

// One of those who take part: the text that names the state or organisation, and its role.
struct MappedParty {
  RowTemplate name;
  std::optional<graph::Role> role;                   // for every type
  std::map<graph::EventType, graph::Role> role_of;   // or by type
  bool officials = false;                            // persons whom the sentence names for it take part
};

struct TableMapping {
  std::string name;   // of the file, without its ending: goes into ids and rules
  std::string about;  // what the table is, for a person
  TableLayout layout;

  std::map<std::string, std::map<std::string, std::string>> values;  // by column: what a cell's value is read as

  RowTemplate id;         // what a row is called: its release's address is "<name>:<id>"
  std::string publisher;  // "US-STATE"; empty: nobody
  std::string language = "en";
  RowTemplate title;
  RowTemplate published;
  RowTemplate sentence;  // the row as a sentence: what proves its event
  RowTemplate prose;     // sentences of its own, read by the text line behind that sentence

  std::optional<graph::EventType> type;  // of every row, or
  RowTemplate code;                      // by a code that `codes` says more of
  std::optional<TypeCodes> codes;
  std::optional<graph::Status> status;
  std::optional<graph::Level> level;
  std::vector<MappedParty> parties;
  RowTemplate first;  // day or EDTF
  RowTemplate last;
  RowTemplate city;
  RowTemplate country;  // of the place
  double confidence = 0.9;
  bool unknown_parties = false;  // a name that nobody knows leaves the row out, and is no fault of it

  std::vector<std::pair<std::string, std::vector<std::string>>> only;  // rows with one of these values alone
};

// Reads `path`; tables of codes that it names lie beside it. Fails with not_found, io, or invalid_argument naming
// file, line and key.
Result<TableMapping> load_mapping(const std::filesystem::path& path);

}  // namespace entente::importers
