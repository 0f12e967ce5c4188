#include "storage/layout/table.h"

#include <fmt/format.h>

namespace entente::storage {

std::string after_all(std::string_view start) {
  std::string out(start);
  while (!out.empty() && static_cast<unsigned char>(out.back()) == 0xFF) out.pop_back();
  if (out.empty()) return std::string(64, '\xFF');
  out.back() = static_cast<char>(static_cast<unsigned char>(out.back()) + 1);
  return out;
}

Range starting_with(Family family, std::string_view start) { return {family, std::string(start), after_all(start)}; }

Range whole(Family family) { return {family, std::string(), after_all(std::string())}; }

Error corrupt_row(Family family, std::string_view key) {
  std::string hex;
  for (const char c : key) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return {ErrorCode::corrupt,
          fmt::format(
              "the row {} of {} holds bytes that were not written so; restore the store from a copy or import again "
              "into a new folder",
              hex, info(family).name),
          {}};
}

}  // namespace entente::storage
