// What a client may do. Each role holds those below it. The numbers are on the wire and in token files.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::rpc {

enum class Role : std::uint8_t { none = 0, reader = 1, importer = 2, writer = 3, admin = 4 };

std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view word);

}  // namespace entente::rpc
