#include "base/check.h"

namespace entente {

void check_failed(std::string_view condition, std::string_view file, int line, std::string_view message) {
  throw CheckFailure(fmt::format("{}:{}: check failed: {}: {}", file, line, condition, message));
}

}  // namespace entente
