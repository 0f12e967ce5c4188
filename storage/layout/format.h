// The number of the format on disk, in a file of its own, so that it can be read before anything is touched.
//   FORMAT   "entente store\nformat 4\n"
// The same number: the store opens. A newer one: it is refused with a sentence, nothing touched. An older one: it is
// brought up a step at a time as it is opened; what each step does is said in storage/rocks/open.cc.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::storage {

inline constexpr std::string_view kFormatFile = "FORMAT";

std::string format_text(std::uint32_t number);

// Whether this program can read a store whose FORMAT file says this. Fails with unsupported_format for a newer number,
// corrupt for anything that is not a format file.
// Gives the number, which is ours or an older one.
Result<std::uint32_t> check_format(std::string_view text, const std::filesystem::path& folder);

}  // namespace entente::storage
