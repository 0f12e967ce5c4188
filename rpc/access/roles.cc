#include "rpc/access/roles.h"

#include <array>

namespace entente::rpc {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"none", "reader", "importer", "writer", "admin"};

}  // namespace

std::string_view to_string(Role role) { return kNames.at(static_cast<std::size_t>(role)); }

std::optional<Role> parse_role(std::string_view word) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == word) return static_cast<Role>(i);
  return std::nullopt;
}

}  // namespace entente::rpc
