// What the codes of an event coding scheme are called in our ontology: data/mappings/<scheme>.tsv.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/view/table_load.h"

namespace entente::importers {

class TypeCodes {
 public:
  // Fails with not_found, io, or invalid_argument naming file and line.
  static Result<TypeCodes> load(const std::filesystem::path& path);

  // The row with the longest start of the code; a code of two digits counts as having a nought before it ("42" is 042).
  // Fails with invalid_argument for a code that no row fits.
  Result<graph::TableCode> find(std::string_view code) const;

 private:
  std::vector<graph::TableCode> rows_;  // the longest code first
  std::string file_;
};

}  // namespace entente::importers
