// load --mapping: rows of any table into a store, each a release with its claims.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "apps/entente/common.h"

namespace entente::app {

struct MappedLoad {
  std::vector<std::string> tables;  // files, and folders of them
  std::string mapping;              // a file, or the name of one of data/mappings
  std::uint64_t errors_max = 0;
  Place place;
};

// Returns the program's exit code.
int load_mapped(const MappedLoad& options);

}  // namespace entente::app
