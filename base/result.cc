#include "base/result.h"

#include <fmt/format.h>

namespace entente {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument: return "invalid_argument";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::ambiguous: return "ambiguous";
    case ErrorCode::too_large: return "too_large";
    case ErrorCode::locked: return "locked";
    case ErrorCode::permission: return "permission";
    case ErrorCode::io: return "io";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::unsupported_format: return "unsupported_format";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::unavailable: return "unavailable";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

Error Error::during(std::string_view step) const {
  Error outer = *this;
  outer.while_doing = while_doing.empty() ? std::string(step) : fmt::format("{}: {}", step, while_doing);
  return outer;
}

std::string Error::to_text() const {
  return while_doing.empty() ? message : fmt::format("{}: {}", while_doing, message);
}

}  // namespace entente
