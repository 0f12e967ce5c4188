// A Table kept in memory: for tests and small graphs. Rows keep their old values as long as a view needs them.
#pragma once

#include <memory>

#include "storage/layout/table.h"

namespace entente::storage {

std::unique_ptr<Table> make_memory_table();

}  // namespace entente::storage
