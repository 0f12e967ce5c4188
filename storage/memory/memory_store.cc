#include "storage/memory/memory_table.h"
#include "storage/record/table_store.h"
#include "storage/store.h"

namespace entente::storage {

std::unique_ptr<Store> Store::in_memory(Clock& clock) {
  return std::make_unique<TableStore>(make_memory_table(), nullptr, clock);
}

}  // namespace entente::storage
