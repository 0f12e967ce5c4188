#include "storage/layout/many_rows.h"

namespace entente::storage {

Result<void> get_rows(const TableView& view, Family family, std::span<const std::string> keys, const VisitRow& visit) {
  if (const auto* const many = dynamic_cast<const ManyRows*>(&view)) return many->get_sorted(family, keys, visit);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto value = view.get(family, keys[i]);
    if (!value) return value.error();
    if (!value->has_value()) continue;
    if (auto visited = visit(i, **value); !visited) return visited;
  }
  return {};
}

}  // namespace entente::storage
