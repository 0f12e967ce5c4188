// gzip, undone: whole, or a piece at a time. What little becomes much is stopped at a bound.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::importers {

bool is_gzip(std::string_view bytes);
// All members after each other. Fails with too_large past `bytes_max`, invalid_argument for what is no gzip or is cut
// off.
Result<std::string> gunzip(std::string_view bytes, std::size_t bytes_max);
// zlib and raw deflate too, as HTTP has them in archives.
Result<std::string> inflate(std::string_view bytes, std::size_t bytes_max);

}  // namespace entente::importers
