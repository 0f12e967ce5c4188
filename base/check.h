// For mistakes of ours: a check that fails throws CheckFailure with the place and the values. It is caught at two doors
// only, rpc's and main's. Never for bad input: that is a Result.
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace entente {

class CheckFailure : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void check_failed(std::string_view condition, std::string_view file, int line, std::string_view message);

}  // namespace entente

// ENTENTE_CHECK(a < b, "a {} b {}", a, b): the message is a fmt format with its values.
#define ENTENTE_CHECK(condition, ...)                                                      \
  do {                                                                                     \
    if (!(condition)) [[unlikely]]                                                         \
      ::entente::check_failed(#condition, __FILE__, __LINE__, ::fmt::format(__VA_ARGS__)); \
  } while (false)
