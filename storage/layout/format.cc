#include "storage/layout/format.h"

#include <fmt/format.h>

#include <charconv>

#include "storage/store.h"

namespace entente::storage {
namespace {

constexpr std::string_view kHeading = "entente store\nformat ";

std::optional<std::uint32_t> read_number(std::string_view text) {
  if (!text.starts_with(kHeading) || !text.ends_with('\n')) return std::nullopt;
  text.remove_prefix(kHeading.size());
  text.remove_suffix(1);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

}  // namespace

std::string format_text(std::uint32_t number) { return fmt::format("{}{}\n", kHeading, number); }

Result<std::uint32_t> check_format(std::string_view text, const std::filesystem::path& folder) {
  const auto number = read_number(text);
  if (!number)
    return Error{ErrorCode::corrupt,
                 fmt::format("{}/{} does not say which format the store has; restore it from a copy", folder.string(),
                             kFormatFile),
                 {}};
  if (*number > kFormatNumber)
    return Error{
        ErrorCode::unsupported_format,
        fmt::format("the store {} has format {}, and this program knows formats up to {}: open it with a newer "
                    "version of entente; nothing was changed",
                    folder.string(), *number, kFormatNumber),
        {}};
  return *number;
}

}  // namespace entente::storage
